"""A shared database is joined from the first start: tried, refused in words, its password kept (V7, U1)."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.keyrings import Ring, own_ring
from tests.tls_door import PASSWORD_WANTED, answer_of, tls_door
from tests.views.programs import running_program
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.joining import Joining, Tls
from trainer_desk.services.store.address import read_address, shown
from trainer_desk.services.store.engine import Store, create_store
from trainer_desk.services.store.joining import joining_of, url_of
from trainer_desk.views.program import LAST, Program
from trainer_desk.views.start.page import JOIN, StartPage
from trainer_desk.views.start.recent import recent_places

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ring() -> Iterator[Ring]:
    with own_ring() as mine:
        yield mine


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Store]:
    """Give a fresh organisation on a server."""
    store = create_store(postgres_url)
    yield store
    store.close()


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("HOME", str(tmp_path))
    with running_program(qtbot, tmp_path, is_active=True) as running:
        yield running


def joining_page(program: Program, store: Store, database: str = "") -> StartPage:
    """Fill in where the database of the test is."""
    page = program.ask()
    page.choose(JOIN)
    card, url = page.join, store.url
    card.hosts.clear()
    card.port.clear()
    QTest.keyClicks(card.hosts, str(url.host))
    QTest.keyClicks(card.port, str(url.port))
    QTest.keyClicks(card.database, database or str(url.database))
    QTest.keyClicks(card.login, str(url.username))
    return page


@pytest.mark.usefixtures("ring")
def test_a_database_is_tried_and_then_joined(program: Program, qtbot: QtBot, postgres_store: Store) -> None:
    page = joining_page(program, postgres_store)
    QTest.mouseClick(page.join.trial, LEFT)
    qtbot.waitUntil(page.join.passed.isVisible, timeout=15_000)
    said = page.join.passed.sentence.text()
    assert said.startswith(f"{postgres_store.url.database} on 127.0.0.1:{postgres_store.url.port} can be joined: as ")
    assert "postgres, administrator. PostgreSQL 1" in said
    assert said.endswith("not encrypted.")
    QTest.keyClick(page.join.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert program.window.windowTitle().startswith(f"{postgres_store.url.database} on 127.0.0.1")
    address = shown(postgres_store.url)
    assert program.window.memory.get(LAST, "") == address
    assert [place.address for place in recent_places(program.window.memory)] == [address]


def test_what_is_refused_stays_as_it_was_typed(program: Program, qtbot: QtBot, postgres_store: Store) -> None:
    page = joining_page(program, postgres_store, "nowhere")
    QTest.keyClicks(page.join.password, "Tr0mbone")
    QTest.mouseClick(page.join.button, LEFT)
    qtbot.waitUntil(page.join.alert.isVisible, timeout=15_000)
    assert page.join.alert.sentence.text().startswith("The server has no database called nowhere.")
    assert (page.join.database.text(), page.join.password.text()) == ("nowhere", "Tr0mbone")
    page.join.database.clear()
    QTest.mouseClick(page.join.trial, LEFT)
    assert page.join.alert.sentence.text() == "Type the name of the database."


def test_a_login_without_an_account_is_turned_away_with_the_way_out(
    program: Program, qtbot: QtBot, postgres_store: Store
) -> None:
    page = joining_page(program, postgres_store)
    with psycopg.connect(postgres_store.url.set(drivername="postgresql").render_as_string(False)) as db:
        db.execute(
            "INSERT INTO accounts (login, role, created_at, updated_at) SELECT 'x', role, now(), now() FROM accounts"
        )
        db.execute("UPDATE accounts SET disabled_at = now(), version = version + 1 WHERE login = session_user")
    QTest.mouseClick(page.join.trial, LEFT)
    qtbot.waitUntil(page.join.alert.isVisible, timeout=15_000)
    assert "there is no account for that login" in page.join.alert.sentence.text()
    QTest.mouseClick(page.join.button, LEFT)
    qtbot.waitUntil(lambda: page.join.isEnabled() and page.join.alert.isVisible(), timeout=15_000)
    assert program.assembly is None


def test_the_next_start_asks_only_for_the_password(program: Program, qtbot: QtBot) -> None:
    with tls_door(None, PASSWORD_WANTED) as port:
        program.open(f"postgresql://ana@127.0.0.1:{port}/desk")
        qtbot.waitUntil(lambda: program.start_page is not None, timeout=15_000)
    page = program.start_page
    assert page is not None
    qtbot.waitUntil(page.join.isVisible)
    assert "asks for the password of ana" in page.join.alert.sentence.text()
    qtbot.waitUntil(page.join.password.hasFocus)
    assert (page.join.hosts.text(), page.join.database.text()) == ("127.0.0.1", "desk")


REFUSED = answer_of({"S": "FATAL", "C": "28P01", "M": 'password authentication failed for user "ana"'})


def test_a_password_is_kept_only_once_the_server_took_it(program: Program, qtbot: QtBot, ring: Ring) -> None:
    page = program.ask()
    page.choose(JOIN)
    with tls_door(None, PASSWORD_WANTED, REFUSED) as port:
        page.join.show_joining(Joining("127.0.0.1", str(port), "desk", "ana"))
        QTest.keyClicks(page.join.password, "wrong")
        QTest.keyClick(page.join.password, Qt.Key.Key_Return)
        qtbot.waitUntil(page.join.alert.isVisible, timeout=15_000)
    assert "The server refused the login: password authentication failed" in page.join.alert.sentence.text()
    assert page.join.password.hasSelectedText()
    assert ring.kept == {}


ROUND = {
    "postgresql://ana@db.example:5433/desk": Joining("db.example", "5433", "desk", "ana"),
    "postgresql://ana@one:5432,two:5432/desk": Joining("one, two", "5432", "desk", "ana"),
    "postgresql://db:5432/desk?sslmode=require": Joining("db", "5432", "desk", tls=Tls.UNCHECKED),
    "postgresql://db:5432/desk?sslmode=verify-full&sslrootcert=%2Fa.crt": Joining(
        "db", "5432", "desk", tls=Tls.AUTHORITY, authority="/a.crt"
    ),
    "postgresql://ana@/?service=desk": Joining(login="ana", address="postgresql:///?service=desk"),
}


@pytest.mark.parametrize("address", ROUND)
def test_an_address_and_its_fields_say_the_same(address: str) -> None:
    assert joining_of(address) == ROUND[address]
    assert url_of(ROUND[address]) == read_address(address)


@pytest.mark.parametrize(
    "joining",
    [Joining(), Joining("db"), Joining("db", "x", "desk"), Joining("db", "70000", "desk"), Joining(address="a.desk")],
)
def test_what_cannot_be_an_address_is_refused(joining: Joining) -> None:
    with pytest.raises(BadValue):
        url_of(joining)
