"""Runs the command line in this process, as a user would type it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from trainer_desk.cli.main import main


class Desk:
    """The command line on one database; `json` gives (exit code, document), `words` (exit code, stdout, stderr)."""

    def __init__(self, address: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.address = address
        self._capsys = capsys

    def json(self, *words: str) -> tuple[int, Any]:
        """Run a command with --json; stdout must be exactly one document."""
        code, out, _ = self.words("--json", *words)
        return code, json.loads(out)

    def ok(self, *words: str) -> Any:
        """Run a command with --json that must be done; return its document."""
        code, document = self.json(*words)
        assert code == 0, document
        return document

    def words(self, *words: str) -> tuple[int, str, str]:
        """Run a command and return its exit code and what it said."""
        self._capsys.readouterr()
        code = main(["--database", self.address, *words])
        said = self._capsys.readouterr()
        return code, said.out, said.err


MakeDesk = Callable[[], Desk]
