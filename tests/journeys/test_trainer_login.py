"""A trainer's window on a real server, with a login of their own that sees and may no more than is theirs (U2, A1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import make_person, prepared
from tests.journeys.conftest import Workplace, found
from tests.journeys.test_attendance import marks, the_sheet
from tests.journeys.test_door import the_door
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.people.certificates import session_certificates
from trainer_desk.services.seats.roster import load_seats

pytestmark = pytest.mark.postgres


@pytest.fixture
def john(
    qtbot: QtBot, run: Run, postgres_server: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Workplace]:
    """Give John's window; his Lockout–Tagout is on Tuesday, with two people."""
    with postgres_organisation(run, postgres_server) as url:
        owners = StoreFactory(url)
        store = owners()
        with prepared(store) as db:
            centre = found(db)
            me = make_person(db, "John Smith")
        logins = StoreFactory(login_url(url, make_login(store, Role.TRAINER, trainer_id=centre.john, person_id=me)))
        place = Workplace(qtbot, logins(), centre, tmp_path / "window.ini", page="")
        yield place
        place.close()
        assert "permission denied" not in caplog.text, "the window asks for nothing that is not a trainer's"
        logins.close()
        owners.close()


def told(place: Workplace) -> list[str]:
    """Give everything that the window said in passing."""
    return [toast.text for toast in place.window.toasts.history]


def test_every_page_that_a_trainer_has_opens(john: Workplace) -> None:
    john.until(lambda: john.window.page)
    assert john.window.page == "my_day"
    for page, item in john.window.sidebar.items.items():
        if not item.isHidden():
            john.press(item)
            john.settled()
            assert john.window.page == page
    assert told(john) == []
    john.assembly.open_session(john.centre.taught)
    john.until(lambda: john.assembly.panel.facts is not None)
    assert told(john) == []


def test_from_my_day_to_a_completed_session_and_back_through_the_door(john: Workplace) -> None:
    page, taught = john.assembly.my_day.page, john.centre.taught
    john.until(lambda: page.my_day is not None)
    john.press(page.next.attendance)
    view = the_sheet(john)
    john.press(view.parts.start)
    john.until(lambda: john.card(taught).status is SessionStatus.IN_PROGRESS)
    john.assembly.open_door(taught)
    door = the_door(john)
    door.toggle(door.model.people[0])
    john.until(lambda: door.parts.gauge.figure.words == "1")
    door.close()
    QTest.keyClick(view.parts.people, Qt.Key.Key_3)
    john.until(view.parts.undo.isEnabled)
    john.press(view.parts.undo)
    john.until(lambda: marks(john, taught)[0] is Attendance.REGISTERED)
    john.press(view.parts.all)
    john.press(view.parts.complete)
    john.until(lambda: john.card(taught).status is SessionStatus.COMPLETED)
    assert marks(john, taught) == [Attendance.ATTENDED, Attendance.ATTENDED]
    assert [row.person_name for row in john.store.read(session_certificates, [taught])] != []
    john.settled()
    assert told(john) == []


def test_pages_and_sheets_about_own_things_open(john: Workplace) -> None:
    john.until(lambda: john.window.page)
    centre, pages = john.centre, john.assembly.pages
    person = john.store.read(load_seats, centre.taught)[0].person_id
    for kind, thing in (("people", person), ("trainers", centre.john), ("courses", centre.loto)):
        pages.open(kind, thing)
        john.settled()
    for kind, thing in (
        ("people", person),
        ("trainers", centre.john),
        ("courses", centre.loto),
        ("venues", centre.room_a),
    ):
        john.assembly.catalogue.open(kind, thing)
        john.settled()
    john.assembly.history.open("session", centre.taught, "Lockout–Tagout")
    john.settled()
    john.assembly.open_session(centre.taught)
    john.until(lambda: john.assembly.panel.facts is not None)
    john.assembly.overview.export_roster([centre.taught])
    john.settled()
    john.assembly.open_session(centre.ready)
    john.settled()
    [said] = told(john)
    assert said.startswith("There is no session"), "a draft of somebody else is not there"
