"""Time zones with clock changes, spelled out here, so that the tests need no zone database on the machine."""

import io
import struct
from zoneinfo import ZoneInfo


def _zone(rule: str, *, standard_hours: int) -> ZoneInfo:
    """Build a zone from a POSIX rule: a TZif file (RFC 9636) of no transitions, whose footer is the rule."""
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 1)
    block = struct.pack(">lBB", standard_hours * 3600, 0, 0) + b"\0"
    return ZoneInfo.from_file(io.BytesIO(header + block + header + block + b"\n" + rule.encode() + b"\n"), key=rule)


MADRID = _zone("CET-1CEST,M3.5.0,M10.5.0/3", standard_hours=1)
"""Europe/Madrid: 2 a.m. becomes 3 a.m. on 2026-03-29, 3 a.m. becomes 2 a.m. on 2026-10-25."""

MEXICO_CITY = _zone("CST6CDT,M4.1.0,M10.5.0", standard_hours=-6)
"""America/Mexico_City as it was until 2022: 2 a.m. became 3 a.m. on 2022-04-03, and 1 a.m. on 2022-10-30."""
