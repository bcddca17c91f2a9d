"""Reads the log for what an operator asks: refused accesses, lost connections, how long things took (O6)."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from trainer_desk.services.store.figures import WORD, read_line

LINE = re.compile(r"^(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (?P<level>[A-Z]+) (?P<name>[\w.]+) (?P<said>.*)$")
REFUSED = re.compile(r"^refused: .* (?:to|by) .*: (?:not_allowed|not_signed_in)$")
DENIED = re.compile(r"^database: (?:permission denied|.*row-level security policy)")
LOST = re.compile(r"^connection lost:")


@dataclass(slots=True)
class LogFigures:
    """What the log of this computer says; `since` and `until` as it writes them, in the computer's own time."""

    since: str | None = None
    until: str | None = None
    refused: int = 0
    lost: int = 0
    unexpected: int = 0
    times: dict[str, Counter[int]] = field(default_factory=dict)
    size: int = 0


def read_log(folder: Path) -> LogFigures:
    """Read every file of the log in a folder, oldest first; what cannot be read is passed over."""
    found = LogFigures()
    for path in sorted(folder.glob("trainer-desk.log*"), key=_age, reverse=True):
        with suppress(OSError):
            found.size += path.stat().st_size
            for line in _lines(path):
                _count(found, line)
    return found


def _age(path: Path) -> int:
    number = path.suffix.removeprefix(".")
    return int(number) if number.isdigit() else 0


def _lines(path: Path) -> Iterator[re.Match[str]]:
    with path.open(encoding="utf-8", errors="replace") as stream:
        for text in stream:
            line = LINE.match(text.rstrip("\n"))
            if line:
                yield line


def _count(found: LogFigures, line: re.Match[str]) -> None:
    found.since = found.since or line["at"]
    found.until = line["at"]
    said = line["said"]
    if (line["name"] == "trainer_desk.services.store.engine" and REFUSED.match(said)) or DENIED.match(said):
        found.refused += 1
    elif LOST.match(said):
        found.lost += 1
    elif line["level"] == "ERROR" and said.startswith("unexpected"):
        found.unexpected += 1
    elif said.startswith(WORD):
        with suppress(ValueError):
            for kind, counted in read_line(said.removeprefix(WORD).strip()).items():
                found.times.setdefault(kind, Counter()).update(counted)
