"""Logins with their passwords: made and given anew by an administrator, changed by whoever it is (U1)."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import prepared
from tests.faults.proxy import bad_line
from tests.journeys.conftest import LEFT, Workplace, found
from tests.keyrings import Ring, own_ring
from tests.logins import PASSWORD, login_url, make_login
from tests.views.accessibility import audit
from tests.views.programs import running_program
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.own_password import LETTERS, suggest_password
from trainer_desk.services.accounts.server_logins import set_password
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.access import load_role
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.services.store.passwords import find_password, keep_password
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.program import Program
from trainer_desk.views.settings.accounts import Accounts
from trainer_desk.views.settings.handed_password import HandedPasswordSheet
from trainer_desk.views.settings.own_password import OwnPasswordSheet

pytestmark = pytest.mark.postgres
NEW = "another-for-these-tests"


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ring]:
    monkeypatch.setenv("HOME", str(tmp_path))
    with own_ring() as mine:
        yield mine


@pytest.fixture
def chief(postgres_url: str) -> Iterator[Store]:
    """Open a fresh organisation as whoever set it up."""
    store = create_store(postgres_url)
    yield store
    store.close()


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, tmp_path) as running:
        yield running


def open_as(program: Program, qtbot: QtBot, url: str) -> None:
    program.open(url)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=20_000)


def accounts_of(place: Workplace) -> Accounts:
    place.press(place.window.sidebar.items["settings"])
    place.until(lambda: place.assembly.settings.facts is not None)
    return place.assembly.settings.accounts


def test_somebody_new_gets_a_login_and_comes_in_with_it(
    chief: Store, postgres_url: str, qtbot: QtBot, tmp_path: Path
) -> None:
    with prepared(chief) as db:
        centre = found(db)
    place = Workplace(qtbot, chief, centre, tmp_path / "window.ini")
    accounts = accounts_of(place)
    login = make_name("guarded_new")
    QTest.keyClicks(accounts.login, login)
    accounts.role.set_value(Role.SUPERVISOR)
    QTest.mouseClick(accounts.add, LEFT)
    place.until(lambda: place.window.findChildren(HandedPasswordSheet))
    sheet = place.window.findChildren(HandedPasswordSheet)[-1]
    assert audit(sheet) == []
    proposed = sheet.password.text()
    sheet.password.setText("short")
    QTest.mouseClick(sheet.go, LEFT)
    place.until(sheet.alert.isVisible)
    assert "at least 10 characters" in sheet.alert.sentence.text()
    sheet.password.setText(proposed)
    QTest.mouseClick(sheet.copy, LEFT)
    assert QApplication.clipboard().text() == proposed
    QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    place.until(lambda: login in accounts.roles)
    assert place.toast == f"{login} is supervisor now."
    url = login_url(postgres_url, login)
    with pytest.raises(DatabaseTrouble):
        open_store(url)
    store = open_store(url.replace(PASSWORD, proposed))
    assert (store.actor, store.role) == (login, Role.SUPERVISOR)
    store.close()
    place.close()


def make_name(start: str) -> str:
    return f"{start}_{uuid4().hex[:8]}"


def test_a_forgotten_password_is_given_anew_and_a_disabled_login_stays_out(
    chief: Store, postgres_url: str, qtbot: QtBot, tmp_path: Path
) -> None:
    with prepared(chief) as db:
        centre = found(db)
    login = make_login(chief, Role.TRAINER, name="guarded_trainer")
    place = Workplace(qtbot, chief, centre, tmp_path / "window.ini")
    accounts = accounts_of(place)
    place.until(lambda: login in accounts.passwords)
    assert not accounts.passwords[chief.actor].isEnabled()
    QTest.mouseClick(accounts.passwords[login], LEFT)
    sheet = place.window.findChildren(HandedPasswordSheet)[-1]
    sheet.password.setText(NEW)
    QTest.mouseClick(sheet.go, LEFT)
    place.until(lambda: place.toast == f"{login} has another password now.")
    open_store(login_url(postgres_url, login).replace(PASSWORD, NEW)).close()
    QTest.mouseClick(accounts.switches[login], LEFT)
    place.until(lambda: login not in accounts.passwords or not accounts.passwords[login].isEnabled())
    with pytest.raises(DatabaseTrouble) as told:
        open_store(login_url(postgres_url, login).replace(PASSWORD, NEW))
    assert told.value.facts["why"] == "no_account_here"
    place.close()


def change(program: Program, qtbot: QtBot, present: str, new: str, again: str = "") -> OwnPasswordSheet:
    """Fill in the sheet for the own password and press the button."""
    program.window.password_wanted.emit()
    sheet = program.window.findChildren(OwnPasswordSheet)[-1]
    for field, text in ((sheet.present, present), (sheet.new, new), (sheet.again, again or new)):
        field.setText(text)
    QTest.mouseClick(sheet.go, LEFT)
    return sheet


def test_everybody_changes_the_own_password_and_works_on(
    chief: Store, postgres_url: str, program: Program, qtbot: QtBot
) -> None:
    login = make_login(chief, Role.SUPERVISOR, name="guarded_own")
    url = login_url(postgres_url, login)
    bare = read_address(url).set(password=None)
    keep_password(bare, PASSWORD)
    open_as(program, qtbot, url.replace(f":{PASSWORD}", ""))
    assert program.window.has_passwords
    sheet = change(program, qtbot, PASSWORD, NEW, "something else")
    assert "not typed twice alike" in sheet.alert.sentence.text()
    sheet.finish()
    sheet = change(program, qtbot, "wrong", NEW)
    qtbot.waitUntil(sheet.alert.isVisible, timeout=15_000)
    assert sheet.alert.sentence.text().startswith("That is not your present password.")
    assert audit(sheet) == []
    sheet.finish()
    change(program, qtbot, PASSWORD, NEW)
    qtbot.waitUntil(lambda: toasts(program.window)[-1:] == ["Your password is changed."], timeout=15_000)
    assert find_password(bare) == NEW
    store = program.store
    assert store is not None
    store._reader.dispose()
    assert store.read(load_role, login) is Role.SUPERVISOR, "further lines are opened with the new password"
    with pytest.raises(DatabaseTrouble):
        open_store(url)
    open_store(url.replace(PASSWORD, NEW)).close()
    assert NEW not in Path(program._settings).read_text()


def toasts(window: MainWindow) -> list[str]:
    return [note.text for note in window.toasts.history]


def test_passwords_that_are_proposed_are_all_different_and_easy_to_read_out() -> None:
    proposed = {suggest_password() for _turn in range(100)}
    assert len(proposed) == 100
    assert {len(one) for one in proposed} == {19}
    assert set("".join(proposed)) <= {*LETTERS, "-"}


def test_a_file_has_no_passwords(sqlite_store: Store, program: Program, qtbot: QtBot) -> None:
    open_as(program, qtbot, str(sqlite_store.url.database))
    assert not program.window.has_passwords


def test_a_password_that_was_changed_elsewhere_is_asked_for_and_the_server_left_alone(
    chief: Store, postgres_url: str, program: Program, qtbot: QtBot
) -> None:
    login = make_login(chief, Role.SUPERVISOR, name="guarded_late")
    with bad_line(login_url(postgres_url, login)) as line:
        open_as(program, qtbot, login_url(line.url, login))
        assert program.assembly is not None
        bar, tries = program.window.connection, program.assembly.connection
        chief.signal(set_password, login, NEW)
        line.cut()
        tries.try_now()
        qtbot.waitUntil(lambda: bar.isVisible() and bool(bar.buttons), timeout=15_000)
        qtbot.waitUntil(lambda: "refused the login" in bar.label.text(), timeout=15_000)
        desk, knocked = program.desk, line.taken
        assert desk is not None
        for _turn in range(5):
            tries.try_now()
            qtbot.waitUntil(lambda: not desk.is_busy, timeout=15_000)
        assert line.taken <= knocked + 1, "the writer's line has not been refused yet"
        QTest.mouseClick(bar.buttons[0], LEFT)
        page = program.start_page
        assert page is not None
        qtbot.waitUntil(page.join.isVisible, timeout=15_000)
        assert page.join.login.text() == login
        page.join.password.setText(NEW)
        QTest.keyClick(page.join.password, Qt.Key.Key_Return)
        old = program.window
        qtbot.waitUntil(lambda: program.window is not old and program.assembly is not None, timeout=20_000)
        assert program.store is not None
        assert program.store.role is Role.SUPERVISOR
        program.window.may_close = None
        program.window.close()
