"""The commands in the guides: what stands between fences, a file that a block writes, a line that it runs."""

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "guide").glob("*.md")))

FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"(\.venv/bin/)?(trainer-desk|python -m trainer_desk)\s")


def steps_of(page: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield ("file", [name, text]), ("database", [name]) and ("run", words) for what a page shows."""
    for block in FENCED.findall(page.read_text()):
        lines = iter(block.splitlines())
        for line in lines:
            if written := re.match(r"cat > (\S+) <<(\w+)$", line):
                yield "file", [written[1], "".join(f"{one}\n" for one in takewhile(written[2].__ne__, lines))]
            elif named := re.match(r"export TRAINER_DESK_DATABASE=(\S+)$", line):
                yield "database", [named[1]]
            elif program := PROGRAM.match(line):
                yield "run", shlex.split(line[program.end() :], comments=True)
