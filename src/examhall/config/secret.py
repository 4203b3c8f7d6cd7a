"""The development key: made once and kept, so that tokens outlive a restart."""

import os
import secrets
from pathlib import Path


def development_key(data_dir: Path) -> str:
    """Return the key kept in the data directory, made at the first call; only its owner can read the file."""
    path = data_dir / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, key: str) -> None:
    """Write the file whole or not at all, and let the first of several processes win."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            # Another process was faster: its key counts.
            return
    finally:
        draft.unlink()
