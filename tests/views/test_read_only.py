"""A file that one may only read is opened and says so; what is changed is refused in words (O4)."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.views.test_upgrade_offer import older, program
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.store import engine, engines
from trainer_desk.views.program import Program

__all__ = ["older", "program"]


def test_it_is_shown_and_changes_are_refused(
    program: Program, qtbot: QtBot, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = older.read_bytes()
    for module in (engine, engines):
        monkeypatch.setattr(module, "is_writable", lambda _path: False)
    program.open(str(older))
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert "(read-only)" in program.window.windowTitle()
    assert "only read this file" in program.window.notice.label.text()
    assert program.desk is not None
    assert program.assembly is not None
    assert program.assembly.backups is None
    refused: list[DeskError] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    program.desk.write(owner, "Name", set_setting, "organisation", "Quay", refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].facts["why"] == "read_only"
    assert older.read_bytes() == content
