"""What this workstation remembers of imports: how columns were mapped, and which files came in already."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from trainer_desk.views.memory import Memory

MOST_FILES = 50


def mapping_key(kind: str, headers: Sequence[str]) -> str:
    """Return where the mapping of a kind and a set of headings is remembered, in whatever order they stand."""
    names = "\n".join(sorted(headers))
    return f"import/columns/{kind}/{sha256(names.encode()).hexdigest()[:16]}"


def remember_file(memory: Memory, kind: str, digest: str, at: datetime) -> None:
    """Note that a file came in (UTC instant); the oldest ones are forgotten."""
    known = _files(memory, kind)
    known[digest[:32]] = at.isoformat()
    memory.put(f"import/files/{kind}", dict(list(known.items())[-MOST_FILES:]))


def came_in_at(memory: Memory, kind: str, digest: str) -> datetime | None:
    """Return when the same file came in from this workstation (UTC instant), if it did."""
    stamp = _files(memory, kind).get(digest[:32])
    try:
        return datetime.fromisoformat(stamp) if isinstance(stamp, str) else None
    except ValueError:
        return None


def _files(memory: Memory, kind: str) -> dict[str, object]:
    found: dict[str, object] = memory.get(f"import/files/{kind}", {})
    return found
