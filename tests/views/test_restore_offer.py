"""For a damaged file the start page offers the newest sound backup, which one button puts in its place (O4)."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.store.test_opening import rotten
from tests.views.accessibility import audit
from tests.views.test_start import ROOT_OF_AN_EMPTY_TABLE
from tests.views.test_upgrade_offer import LEFT, ask_for, older, program
from trainer_desk.services.store import opening
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.scheduled import Plan, keep
from trainer_desk.views.program import Program

__all__ = ["older", "program"]
NOW = dt.datetime(2026, 11, 27, 13, 5, tzinfo=dt.UTC)


@pytest.fixture
def damaged(older: Path) -> Path:
    """Give a file whose pages rot, with a sound backup."""
    assert keep(read_address(str(older)), Plan(24, 3), NOW) is not None
    rotten(older)
    return older


def test_a_damaged_file_is_replaced_by_its_backup_with_consent(program: Program, qtbot: QtBot, damaged: Path) -> None:
    bytes_before = damaged.read_bytes()
    page = ask_for(program, qtbot, str(damaged))
    offer = page.existing.rescue
    assert offer.isVisible()
    assert "damaged" in offer.why.sentence.text()
    assert "27" in offer.means.text()
    assert "kept beside it" in offer.means.text()
    assert page.existing.button.isVisible(), "another file can be opened all the same"
    assert audit(page) == []
    assert damaged.read_bytes() == bytes_before, "nothing is done before somebody agrees"
    QTest.mouseClick(offer.button, LEFT)
    qtbot.waitUntil(lambda: program.store is not None, timeout=15_000)
    (kept,) = damaged.parent.glob("*.before-restore-*")
    assert kept.read_bytes() == bytes_before
    qtbot.waitUntil(lambda: bool(program.window.toasts.history))
    assert program.window.toasts.history[-1].text == f"Restored. The damaged file is kept beside it as {kept.name}."


def test_without_a_sound_backup_the_damage_is_only_told(program: Program, qtbot: QtBot, damaged: Path) -> None:
    shutil.rmtree(damaged.with_name("organisation.backups"))
    page = ask_for(program, qtbot, str(damaged))
    assert not page.existing.rescue.isVisible()
    assert "damaged" in page.existing.alert.sentence.text()


def test_a_large_file_that_turns_out_damaged_while_it_is_open(
    program: Program, qtbot: QtBot, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keep(read_address(str(older)), Plan(24, 3), NOW) is not None
    with closing(sqlite3.connect(older)) as db:
        (root,) = db.execute(ROOT_OF_AN_EMPTY_TABLE).fetchone()
    with older.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xa5" * 4096)
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE", 0)
    program.open(str(older))
    qtbot.waitUntil(lambda: program.start_page is not None, timeout=15_000)
    page = program.start_page
    assert page is not None
    qtbot.waitUntil(lambda: page.existing.rescue.isVisible())
    assert program.store is None


def test_what_is_typed_anew_takes_the_offer_back(program: Program, qtbot: QtBot, damaged: Path) -> None:
    page = ask_for(program, qtbot, str(damaged))
    page.existing.address.setText(str(damaged) + "x")
    assert not page.existing.rescue.isVisible()
