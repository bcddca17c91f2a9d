# ruff: noqa: E501 - tables and sentences in one line can be read
"""Runs commands with --json and learns from their answers which keys there are, and what stands in them."""

import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.guide.organisation import commands, variables
from tests.guide.words import NAMES
from trainer_desk.cli.arguments import read_arguments
from trainer_desk.cli.main import main

THINGS = {
    "session": "session", "from": "session", "sessions": "session", "finding": "finding", "findings": "finding", "error": "error",
    "enrollments": "enrollment", "run": "run", "runs": "run", "hold": "hold", "holds": "hold", "request": "request",
    "requests": "request", "warnings": "warning", "change": "change", "changes": "change", "group": "group",
    "groups": "group", "user": "user", "users": "user",
}  # fmt: skip
"""Keys under which the same thing stands wherever they occur, and its name."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")


@dataclass
class Shape:
    """What was seen at one place: words for plain values, keys of objects, items of lists; `name` of a known thing."""

    words: set[str] = field(default_factory=set)
    keys: dict[str, "Shape"] = field(default_factory=dict)
    items: "Shape | None" = None
    name: str = ""

    def text(self) -> str:
        """Return it in words: `[session]`, `{"week": text, …}`, `time or null`."""
        said = sorted(self.words - {"null"})
        if self.name:
            said.append(self.name)
        elif self.keys:
            said.append("{" + ", ".join(f'"{key}": {shape.text()}' for key, shape in self.keys.items()) + "}")
        if self.items is not None:
            said.append(f"[{self.items.text()}]")
        if "null" in self.words:
            said.append("null")
        return " or ".join(said) or "…"


@dataclass
class Learned:
    """The answers of every command by its words, and the things that occur in many."""

    answers: dict[str, Shape] = field(default_factory=dict)
    things: dict[str, Shape] = field(default_factory=dict)

    def see(self, command: str, document: Any) -> None:
        """Take in one answer."""
        shape = self.answers.setdefault(command, Shape())
        for key, value in document.items():
            self._look(value, shape.keys.setdefault(key, Shape()), key)

    def _look(self, value: Any, shape: Shape, key: str) -> None:
        if isinstance(value, dict):
            thing = THINGS.get(key, "")
            shape.name = thing
            into = self.things.setdefault(thing, Shape()) if thing else shape
            for name, inner in value.items():
                self._look(inner, into.keys.setdefault(name, Shape()), name)
        elif isinstance(value, list):
            shape.items = shape.items or Shape(name=THINGS.get(key, ""))
            for item in value:
                self._look(item, shape.items, key)
        else:
            shape.words.add(_word(value))


def learn() -> Learned:
    """Make the organisation in a file and use every command in it."""
    learned, finding = Learned(), "none"
    with _organisation() as (folder, database):
        for words in commands(folder):
            said = [word.replace("{finding}", finding) for word in words]
            document = _answer(database, said)
            learned.see(command_of(said), document)
            if said[0] == "findings":
                finding = next((one["id"] for one in document["findings"] if one["severity"] == "orange"), finding)
    return learned


def command_of(words: Sequence[str]) -> str:
    """Return the command that words are a use of, as the parser names it: `sessions show`."""
    found = read_arguments(words)
    return NAMES[found.module, found.verb]


@contextmanager
def _organisation() -> Iterator[tuple[Path, Path]]:
    with (
        tempfile.TemporaryDirectory() as name,
        variables(TRAINER_DESK_NEW_PASSWORD="only-for-the-reference"),
    ):
        folder = Path(name)
        yield folder, folder / "organisation.desk"


def _answer(database: Path, words: Sequence[str]) -> Any:
    said = io.StringIO()
    with redirect_stdout(said):
        main(["--json", "--database", str(database), *words])
    return json.loads(said.getvalue())


def _word(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true/false"
    if isinstance(value, int | float):
        return "number"
    if MOMENT.match(value):
        return "time"
    return "day" if DAY.match(value) else "text"
