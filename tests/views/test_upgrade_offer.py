"""An older file can be backed up and upgraded from the start page; what cannot be is told in words (O1)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.store.test_upgrade import (
    ADD,
    FAILURES,
    PLANTED,
    TODAY,
    dump,
    fill,
    revision,
    update_program,
)
from tests.views.accessibility import audit
from tests.views.programs import running_program
from trainer_desk.services.store import opening
from trainer_desk.services.store.address import path_of, read_address
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.views.program import LAST, Program
from trainer_desk.views.start.page import OPEN, StartPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def older(sqlite_store: Store) -> Path:
    """Give a file with something in it, closed."""
    fill(sqlite_store)
    return path_of(sqlite_store.url)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, tmp_path, is_active=True) as running:
        yield running


def ask_for(program: Program, qtbot: QtBot, address: str) -> StartPage:
    """Type an address and wait until it is refused."""
    page = program.ask()
    page.choose(OPEN)
    page.existing.address.setText(address)
    QTest.mouseClick(page.existing.button, LEFT)
    qtbot.waitUntil(lambda: page.existing.isEnabled(), timeout=15_000)
    return page


def test_an_older_file_is_upgraded_with_consent_and_opened(
    program: Program, qtbot: QtBot, older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(older)
    update_program(monkeypatch, tmp_path, ADD)
    page = ask_for(program, qtbot, str(older))
    offer = page.existing.offer
    assert offer.why.sentence.text() == (
        f"{older} was written by an older version of Trainer Desk. Nothing was changed."
    )
    assert "first copied beside itself" in offer.means.text()
    assert not page.existing.button.isVisible()
    assert not list(older.parent.glob("*.before-*"))
    assert audit(page) == []
    said: list[str] = []
    program.opening.stepped.connect(lambda _step: said.append(offer.button.words()))
    assert QApplication.focusWidget() is offer.button
    QTest.keyClick(offer.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert said == [
        "Step 1 of 4: checking the file…", "Step 2 of 4: making the backup…", "Step 3 of 4: upgrading…",
        "Step 4 of 4: opening…",
    ]  # fmt: skip
    (backup,) = older.parent.glob("*.before-*")
    assert (revision(older), revision(backup)) == (PLANTED, TODAY)
    assert dump(backup) == before
    assert program.window.toasts.history[-1].text == (
        f"Upgraded. The database as it was is kept beside it as {backup.name}."
    )
    assert program.window.windowTitle().startswith("organisation.desk")


def test_the_database_of_last_time_is_offered_too(
    program: Program, qtbot: QtBot, older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_program(monkeypatch, tmp_path, ADD)
    program.window.memory.put(LAST, str(older))
    program.open()
    qtbot.waitUntil(lambda: program.start_page is not None and program.start_page.existing.offer.isVisible())
    assert program.start_page is not None
    assert program.start_page.existing.address.text() == str(older)
    QTest.mouseClick(program.start_page.existing.offer.button, LEFT)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)


def test_another_address_takes_the_offer_back(
    program: Program, qtbot: QtBot, older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_program(monkeypatch, tmp_path, ADD)
    page = ask_for(program, qtbot, str(older))
    page.existing.address.setFocus()
    QTest.keyClick(page.existing.address, Qt.Key.Key_Backspace)
    assert not page.existing.offer.isVisible()
    assert page.existing.button.isVisible()


def test_a_newer_file_is_refused_in_words_without_an_offer(program: Program, qtbot: QtBot, older: Path) -> None:
    with closing(sqlite3.connect(older)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    page = ask_for(program, qtbot, str(older))
    assert "was written by a newer version of Trainer Desk. Nothing was changed." in page.existing.alert.sentence.text()
    assert not page.existing.offer.isVisible()
    assert revision(older) == "9999"


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        ("a statement that fails", "could not be upgraded; all that was begun was taken back."),
        ("a bug", "Trainer Desk could not finish that. Nothing saved so far is lost"),
    ],
)
def test_a_failed_upgrade_says_so_and_leaves_the_file(
    program: Program,
    qtbot: QtBot,
    older: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: str,
    sentence: str,
) -> None:
    before = dump(older)
    with monkeypatch.context() as newer:
        update_program(newer, tmp_path, ADD + FAILURES[failure][0])
        page = ask_for(program, qtbot, str(older))
        QTest.mouseClick(page.existing.offer.button, LEFT)
        qtbot.waitUntil(page.existing.alert.isVisible, timeout=15_000)
    assert sentence in page.existing.alert.sentence.text()
    assert page.existing.isEnabled()
    assert not page.existing.offer.isVisible()
    assert page.existing.address.text() == str(older)
    assert dump(older) == before
    open_store(str(older), check=True).close()


def test_a_server_is_upgraded_by_an_administrator(
    program: Program, qtbot: QtBot, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_store(postgres_url, zone="Europe/Berlin").close()
    update_program(monkeypatch, tmp_path, ADD)
    page = ask_for(program, qtbot, postgres_url)
    said = page.join.alert.sentence.text()
    assert "An administrator upgrades it with “trainer-desk db upgrade”, after a backup." in said
    assert not page.existing.offer.isVisible()
    assert opening.look(read_address(postgres_url)) == TODAY
