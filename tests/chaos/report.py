"""The totals of a run, as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.checks import Finding, Flaw

_COLUMNS = (
    "fault",
    "database",
    "acknowledged",
    "unknown",
    "lost",
    "double results",
    "beyond limit",
    "other",
    "recovery",
)
_NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one fault on one database came to; ``recoveries`` in seconds, ``skipped`` says why it was not played.

    ``silences`` counts why the fate of calls is unknown.
    """

    fault: str
    database: str
    acknowledged: int = 0
    unknown: int = 0
    findings: Sequence[Finding] = ()
    recoveries: Sequence[float] = ()
    notes: Sequence[str] = ()
    silences: Mapping[str, int] = field(default_factory=dict)
    skipped: str = ""

    def count(self, *flaws: Flaw) -> int:
        """Return how many findings are of these kinds."""
        return sum(finding.flaw in flaws for finding in self.findings)

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        if self.skipped:
            return (self.fault, self.database, *(_NONE for _ in _COLUMNS[2:-1]), f"not played: {self.skipped}")
        recovery = f"{max(self.recoveries):.1f} s" if self.recoveries else _NONE
        counts = (self.count(Flaw.LOST), self.count(Flaw.DOUBLE_RESULT), self.count(Flaw.BEYOND_LIMIT))
        other = len(self.findings) - sum(counts)
        shown = (f"{self.acknowledged:,}", f"{self.unknown:,}", *(str(count) for count in counts), str(other), recovery)
        return (self.fault, self.database, *shown)


def total(rows: Iterable[Row]) -> Row:
    """Return the sum of rows; its recovery is the longest."""
    played = [row for row in rows if not row.skipped]
    return Row(
        fault="total",
        database="",
        acknowledged=sum(row.acknowledged for row in played),
        unknown=sum(row.unknown for row in played),
        findings=[finding for row in played for finding in row.findings],
        recoveries=[seconds for row in played for seconds in row.recoveries],
    )


def table(rows: Sequence[Row]) -> str:
    """Return rows and their sum as a Markdown table."""
    lines = [_COLUMNS, *(row.cells() for row in rows), total(rows).cells()]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    text.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(text)
