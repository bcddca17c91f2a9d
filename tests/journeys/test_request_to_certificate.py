"""The whole way through the windows of three people: asked for, accepted, taught, marked, completed, certified.

The line manager Mia asks, the supervisor Sue decides, the trainer Aisha marks and completes, and all of them see what
came of it. They share the login of whoever runs the tests, which gets the role of each in turn: a server writes down
its own user, whatever a program says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import at, make_account, make_person, make_requirement, prepared
from tests.journeys.conftest import CTRL, LEFT, NOW, Centre, Workplace
from tests.logins import turn_clock
from trainer_desk.models import BookingRequest, Certificate, Course, Session
from trainer_desk.models.enums import RequestStatus, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.engine import Store
from trainer_desk.views.pages.content import PEOPLE
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.accept_sheet import AcceptSheet
from trainer_desk.views.requests.file_sheet import FileSheet

S = TypeVar("S", bound=Sheet)
ROLES = {"mia": Role.REQUESTER, "sue": Role.SUPERVISOR, "aisha": Role.TRAINER}
AFTERWARDS = at("2026-07-06 10:05")


@dataclass
class House:
    """The people, and the window that is open; only one is at a time."""

    qtbot: QtBot
    store: Store
    centre: Centre
    settings: Path
    people: dict[str, int]
    places: list[Workplace] = field(default_factory=list)

    def sit_down(self, name: str) -> Workplace:
        """Close the window of whoever sat there before, and open one's own."""
        self.leave()
        links = {"mia": {"person_id": self.people["Mia Lopez"]}, "aisha": {"trainer_id": self.centre.aisha}}
        with prepared(self.store) as db:
            logins.add(db, self.store.actor, ROLES[name], **links.get(name, {}), actor="boss", now=NOW)
        place = Workplace(self.qtbot, self.store, self.centre, self.settings / f"{name}.ini", page="")
        self.places.append(place)
        place.window.may_close = None  # a test that fails has nobody who answers
        return place

    def leave(self) -> None:
        if self.places:
            self.places.pop().close()

    def one(self, query: sa.Select[Any]) -> Any:
        with self.store.reading() as db:
            return db.execute(query).scalar_one_or_none()

    def request(self) -> Any:
        with self.store.reading() as db:
            return db.execute(sa.select(BookingRequest.id, BookingRequest.status, BookingRequest.session_id)).one()

    def certified(self) -> set[str]:
        """Give the names on certificates that count."""
        live = sa.select(Certificate.person_name).where(Certificate.withdrawn_at.is_(None))
        with self.store.reading() as db:
            return set(db.execute(live).scalars())


@pytest.fixture
def house(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> Iterator[House]:
    """Mia leads Ola and Per, who must hold Fire Warden."""
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        mia = make_person(db, "Mia Lopez", employee_no="M1")
        led = {name: make_person(db, name, manager_no="M1", site="Yard") for name in ("Ola Berg", "Per Dahl")}
        make_requirement(db, centre.fire, site="Yard")
        asks = sa.update(Course).where(Course.id == centre.fire)
        db.execute(asks.values(validity_months=12, version=Course.version + 1))
        recompute(db)
        make_account(db, "boss", Role.ADMINISTRATOR)
    made = House(qtbot, store, centre, tmp_path, {"Mia Lopez": mia} | led)
    yield made
    made.leave()


def sheet_of(place: Workplace, kind: type[S]) -> S:
    place.until(lambda: any(one.isVisible() for one in place.window.findChildren(kind)))
    found: S = next(one for one in place.window.findChildren(kind) if one.isVisible())
    return found


def typed(line: QLineEdit | None, text: str) -> None:
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def ask_for_training(place: Workplace, day: str, *names: str) -> None:
    """File a request on the page Requests, with names of one's own people."""
    place.press(place.window.sidebar.items["requests"])
    page = place.assembly.requests.page
    place.until(lambda: page.inbox is not None)
    place.press(page.new)
    form = sheet_of(place, FileSheet)
    form.course.setFocus()
    typed(form.course.lineEdit(), "Fire Warden")
    typed(form.when.day, day)
    typed(form.when.start, "9:00")
    for name in names:
        typed(form.people.search.lineEdit(), name)
    place.press(form.go)
    place.until(lambda: place.assembly.requests.panel.card is not None)


def accept_it(place: Workplace, request_id: int) -> None:
    """Choose it in the inbox, and fill in what it leaves open by the ways out that are offered."""
    place.press(place.window.sidebar.items["requests"])
    requests = place.assembly.requests
    table = requests.page.table
    place.until(lambda: request_id in table.model.keys())  # noqa: SIM118 - a model is no mapping
    table.table.selectRow(table.model.keys().index(request_id))
    place.until(lambda: requests.panel.card is not None)
    place.press(requests.panel.buttons["accept"])
    sheet = sheet_of(place, AcceptSheet)
    for words in ("Aisha Rahman", "Training Room B"):
        combo = sheet.fields.trainer if words.startswith("Aisha") else sheet.fields.venue
        combo.setFocus()
        typed(combo.lineEdit(), words)
        place.settled()
    place.until(sheet.go.isEnabled)
    place.press(sheet.go)
    place.until(lambda: "Accepted" in place.toast)


def teach(place: Workplace, absent: str, until: Callable[[], bool]) -> None:
    """From My day to the sheet: start, everybody attended but one, complete."""
    page = place.assembly.my_day.page
    place.until(lambda: page.my_day is not None and page.next.isVisible())
    QTest.mouseClick(page.next.attendance, LEFT)
    place.until(lambda: place.assembly.attendance.views)
    [view] = place.assembly.attendance.views.values()
    place.until(lambda: view.sheet is not None)
    QTest.mouseClick(view.parts.start, LEFT)
    place.until(lambda: not view.parts.start.isVisible())
    rows = [view.model.index(row) for row in range(view.model.rowCount())]
    view.parts.people.setCurrentIndex(next(row for row in rows if row.data() == absent))
    QTest.keyClick(view.parts.people, Qt.Key.Key_3)
    QTest.mouseClick(view.parts.all, LEFT)
    QTest.mouseClick(view.parts.complete, LEFT)
    place.until(until)


def test_from_the_request_of_a_manager_to_the_certificate(house: House) -> None:
    mia = house.sit_down("mia")
    assert "people" not in [page for page, item in mia.window.sidebar.items.items() if not item.isHidden()]
    ask_for_training(mia, "6 Jul 2026", "Ola", "Per")
    asked = house.request()
    assert (asked.status, asked.session_id) == (RequestStatus.DRAFT, None)

    sue = house.sit_down("sue")
    accept_it(sue, asked.id)
    accepted = house.request()
    session = accepted.session_id
    assert accepted.status == RequestStatus.ACCEPTED
    card = sue.card(session)
    assert (card.status, card.starts_at, card.enrolled) == (SessionStatus.SCHEDULED, at("2026-07-06 09:00"), 2)

    aisha = house.sit_down("aisha")
    house.store.clock = FixedClock(AFTERWARDS)
    if not house.store.is_file:
        turn_clock(house.store, house.store.clock)
    teach(aisha, "Per Dahl", lambda: aisha.card(session).status is SessionStatus.COMPLETED)
    assert house.one(sa.select(Session.finished_at).where(Session.id == session)) == AFTERWARDS
    assert house.certified() == {"Ola Berg"}

    mia = house.sit_down("mia")
    mia.press(mia.window.sidebar.items["requests"])
    requests = mia.assembly.requests
    mia.until(lambda: requests.page.inbox is not None)
    mia.press(requests.page.segment.buttons["decided"])
    mia.until(lambda: requests.page.table.model.rowCount() == 1)
    requests.page.table.table.selectRow(0)
    mia.until(lambda: requests.panel.became.texts)
    assert requests.panel.became.texts[0] == f"{card.ref} · Completed"

    sue = house.sit_down("sue")
    sue.assembly.pages.open(PEOPLE, house.people["Ola Berg"])
    page = sue.assembly.pages.page
    sue.until(lambda: page.content is not None)
    assert page.content is not None
    [line] = page.content.section("certificates").lines
    assert "Fire Warden" in line.cells
    assert "2027" in " ".join(line.cells)

    sue.assembly.open_session(session, "notes")
    panel = sue.assembly.panel
    sue.until(lambda: panel.facts is not None and panel.foot.buttons["reopen"].isVisible())
    sue.press(panel.foot.buttons["reopen"])
    sue.until(lambda: sue.card(session).status is SessionStatus.IN_PROGRESS)
    assert house.certified() == set(), "what is opened again certifies nobody"
    sue.key(Qt.Key.Key_Z, CTRL)
    sue.until(lambda: sue.card(session).status is SessionStatus.COMPLETED)
    assert house.certified() == {"Ola Berg"}
    with house.store.snapshot() as db:
        assert check_database(db, now=AFTERWARDS) == []
