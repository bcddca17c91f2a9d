"""From a request to a session in the window: somebody asks, somebody decides, and both see what came of it (Q1–Q3)."""

from dataclasses import dataclass, replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.factories import at, make_person, make_request, make_scheduled, prepared
from tests.journeys.conftest import Workplace
from tests.journeys.test_rights import become
from trainer_desk.models.enums import RequestStatus, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.orchestration.accepting import accept, accept_into_session
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.requests.deciding import decline
from trainer_desk.services.requests.filing import edit_request
from trainer_desk.services.requests.reading import load_request, open_requests
from trainer_desk.services.rows.comparing import Side
from trainer_desk.services.rows.requests import RequestRow
from trainer_desk.services.seats.holds import live_holds
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.accept_sheet import AcceptSheet
from trainer_desk.views.requests.colliding_sheet import CollidingSheet
from trainer_desk.views.requests.file_sheet import FileSheet
from trainer_desk.views.requests.page import RequestsPage
from trainer_desk.views.requests.panel import RequestPanel

S = TypeVar("S", bound=Sheet)
NINE = at("2026-07-16 09:00")


@dataclass
class Hands:
    """What somebody does on the page of requests."""

    place: Workplace

    @property
    def page(self) -> RequestsPage:
        return self.place.assembly.requests.page

    @property
    def panel(self) -> RequestPanel:
        return self.place.assembly.requests.panel

    def go(self) -> None:
        self.place.press(self.place.window.sidebar.items["requests"])
        self.place.until(lambda: self.page.inbox is not None)

    def choose(self, request_id: int) -> None:
        self.place.until(lambda: request_id in self.shown())
        self.page.table.table.selectRow(self.shown().index(request_id))
        self.place.until(lambda: self.panel.card is not None and self.panel.card.request.id == request_id)

    def sheet(self, kind: type[S]) -> S:
        self.place.until(lambda: self.place.window.findChildren(kind))
        sheet: S = self.place.window.findChildren(kind)[-1]
        self.place.until(sheet.isVisible)
        return sheet

    def open(self, request_id: int, deed: str) -> None:
        self.choose(request_id)
        self.place.press(self.panel.buttons[deed])

    def request(self, request_id: int) -> RequestRow:
        return self.place.store.read(load_request, request_id)

    def shown(self) -> list[object]:
        return list(self.page.table.model.keys())

    def texts(self) -> list[str]:
        model = self.page.table.model
        return [model.data(model.index(row, 1)) for row in range(model.rowCount())]


def typed(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def hands(place: Workplace) -> Hands:
    return Hands(place)


def ask(hands: Hands, **columns: object) -> int:
    """Have somebody ask for Fire Warden on 16 July from nine to ten with Aisha in Room B, unless said otherwise."""
    centre = hands.place.centre
    plan = {"trainer_id": centre.aisha, "venue_id": centre.room_b, "starts_at": NINE, "ends_at": at("2026-07-16 10:00")}
    with prepared(hands.place.store) as db:
        return make_request(db, centre.fire, **plan | {"people": 4, "requested_by": "mia"} | columns)


def test_a_requester_asks_and_withdraws(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        boss, ola = make_person(db, "Mia Lopez", employee_no="M1"), make_person(db, "Ola Berg", manager_no="M1")
    become(place, Role.REQUESTER)
    with prepared(place.store) as db:
        me, now = place.store.actor, place.store.clock.now()
        logins.add(db, me, Role.REQUESTER, person_id=boss, actor="boss", now=now)
    ask(hands)  # somebody else's, which a requester does not see
    hands.go()
    assert hands.page.table.empty.sentence() == "You have not asked for a session yet."
    place.press(hands.page.new)
    form = hands.sheet(FileSheet)
    place.press(form.go)
    assert form.trouble.sentence.text() == "The course is missing. Fill it in."
    form.course.set_value(place.centre.fire)
    typed(form.when.day, "18.7.2030")  # the database goes by the real clock
    assert (form.when.start.text(), form.when.end.text()) != ("", "")
    line = form.people.search.lineEdit()
    assert line is not None
    typed(line, "Ola")
    assert form.people.named == [ola]
    place.press(form.go)
    place.until(lambda: hands.panel.card is not None)
    [request] = [one for one in place.store.read(open_requests) if one.requested_by == me]
    assert (request.wish.course_id, request.wish.person_ids) == (place.centre.fire, (ola,))
    assert place.toast == "Asked for Fire Warden."
    assert [deed for deed in hands.panel.buttons if hands.panel.may(deed)] == ["change", "withdraw"]
    place.press(hands.panel.buttons["withdraw"])
    place.until(lambda: hands.request(request.id).status is RequestStatus.CANCELLED)
    place.window.undo_wanted.emit()
    place.until(lambda: hands.request(request.id).is_open)


def test_what_was_asked_can_be_changed_while_it_is_open(hands: Hands) -> None:
    filed = ask(hands)
    hands.go()
    hands.open(filed, "change")
    form = hands.sheet(FileSheet)
    assert form.people.number.text() == "4"
    typed(form.people.number, "a few")
    hands.place.press(form.go)
    assert form.trouble.sentence.text().startswith('The number of people "a few" is not a whole number.')
    typed(form.people.number, "999999")
    hands.place.press(form.go)
    hands.place.until(lambda: "out of range" in form.trouble.sentence.text())
    typed(form.people.number, "6")
    form.trainer.set_value(None)
    hands.place.press(form.go)
    hands.place.until(lambda: hands.request(filed).wish.people == 6)
    assert hands.request(filed).wish.trainer_id is None


def test_what_somebody_else_changed_of_a_request_meanwhile_is_laid_beside(hands: Hands) -> None:
    """The number of both is asked about, my reason is in nobody's way (U5)."""
    filed = ask(hands)
    hands.go()
    hands.open(filed, "change")
    form = hands.sheet(FileSheet)
    typed(form.people.number, "6")
    form.reason.insertPlainText("Mine")
    before = hands.request(filed)
    hands.place.store.write("Change", edit_request, filed, replace(before.wish, people=9), version=before.version)
    hands.place.press(form.go)
    hands.place.until(lambda: form.asking.sheet is not None)
    sheet = form.asking.sheet
    assert sheet is not None
    assert [sheet.contested[0].buttons[side].value for side in (Side.MINE, Side.THEIRS)] == ["6", "9"]
    assert hands.request(filed).wish.people == 9
    hands.place.press(sheet.contested[0].buttons[Side.THEIRS])
    hands.place.press(sheet.save)
    hands.place.until(lambda: hands.request(filed).wish.reason == "Mine")
    assert hands.request(filed).wish.people == 9


def test_a_supervisor_completes_and_accepts(hands: Hands) -> None:
    """Without a trainer it cannot be scheduled; a way out fills one in, and the session is made with its hold."""
    place, filed = hands.place, ask(hands, trainer_id=None)
    hands.go()
    hands.open(filed, "accept")
    sheet = hands.sheet(AcceptSheet)
    assert [line.label.text() for line in sheet.findings] == ["Set a trainer to schedule this session."]
    assert not sheet.go.isEnabled()
    place.press(next(one for one in sheet.findings[0].buttons if one.words() == "Use Aisha Rahman"))
    place.until(sheet.go.isEnabled)
    place.press(sheet.go)
    place.until(lambda: hands.request(filed).session_id)
    session = hands.request(filed).session_id
    assert session is not None
    made = place.card(session)
    assert (made.status, made.trainer_id, made.starts_at) == (SessionStatus.SCHEDULED, place.centre.aisha, NINE)
    assert [hold.seats for hold in place.store.read(live_holds, session, at("2026-07-06 07:30"))] == [4]
    place.until(lambda: "Accepted" in place.toast)
    assert place.toast == f"Accepted #{filed}: {made.ref}. 4 seats held."
    place.until(lambda: hands.panel.became.texts)
    assert hands.panel.became.texts[0] == f"{made.ref} · Upcoming"
    place.press(hands.panel.open_session)
    place.until(lambda: place.assembly.panel.session_id == session)


def test_into_a_conflict_nothing_is_accepted_and_another_time_is_offered(hands: Hands) -> None:
    place, filed = hands.place, ask(hands)
    place.another_takes(place.centre.aisha, place.centre.room_b, "2026-07-16 09:00")
    hands.go()
    hands.open(filed, "accept")
    sheet = hands.sheet(AcceptSheet)
    said = [line.label.text() for line in sheet.findings]
    assert said == [
        "Aisha Rahman teaches Fire Warden 09:00–10:00.",
        "Training Room B is taken by Fire Warden 09:00–10:00.",
    ]
    assert not sheet.go.isEnabled()
    place.press(next(one for line in sheet.findings for one in line.buttons if one.words() == "Use Training Room A"))
    place.until(lambda: len(sheet.findings) == 1)
    place.press(next(one for one in sheet.findings[0].buttons if one.words() == "Use John Smith"))
    place.until(sheet.go.isEnabled)
    assert hands.request(filed).is_open
    place.press(sheet.go)
    place.until(lambda: not hands.request(filed).is_open)


def test_who_comes_second_is_told_by_the_name_of_the_session(hands: Hands) -> None:
    place, filed = hands.place, ask(hands)
    hands.go()
    hands.open(filed, "accept")
    sheet = hands.sheet(AcceptSheet)
    with place.store.writing("Elsewhere", actor="anna") as unit:
        accept(unit.db, filed, actor="anna", now=unit.now)
    place.press(sheet.go)
    place.until(lambda: sheet.trouble.isVisible())
    session = hands.request(filed).session_id
    assert session is not None
    assert place.card(session).ref in sheet.trouble.sentence.text()


def test_an_accepted_request_goes_into_a_session_that_is_there(hands: Hands) -> None:
    place = hands.place
    with prepared(place.store) as db:
        there = make_scheduled(db, course=place.centre.fire, starts_at=at("2026-07-20 09:00"), capacity=9)
        person = make_person(db, "Ola Berg")
        filed = make_request(db, place.centre.fire, [person])
    hands.go()
    hands.open(filed, "accept")
    sheet = hands.sheet(AcceptSheet)
    place.press(sheet.ways.buttons["session"])
    place.press(sheet.go)
    assert sheet.trouble.sentence.text() == "The session is missing. Fill it in."
    sheet.session.set_value(there)
    place.press(sheet.go)
    place.until(lambda: hands.request(filed).session_id == there)
    assert [seat.name for seat in place.store.read(load_seats, there)] == ["Ola Berg"]


def test_requests_that_collide_now_are_declined_together(hands: Hands) -> None:
    place, filed = hands.place, ask(hands)
    first, second = ask(hands, trainer_id=None), ask(hands, venue_id=None)
    hands.go()
    hands.open(filed, "accept")
    sheet = hands.sheet(AcceptSheet)
    place.until(sheet.go.isEnabled)
    place.press(sheet.go)
    offered = hands.sheet(CollidingSheet)
    assert sorted(offered.lines) == [first, second]
    offered.lines[second].setChecked(False)
    place.press(offered.go)
    place.until(lambda: hands.request(first).status is RequestStatus.DECLINED)
    assert hands.request(first).decision_reason == "The trainer or the room is taken at that time."
    assert hands.request(second).is_open


def test_declining_asks_why_and_can_be_taken_back(hands: Hands) -> None:
    place, filed = hands.place, ask(hands)
    hands.go()
    hands.open(filed, "decline")
    sheet = hands.sheet(ReasonSheet)
    place.press(sheet.go)
    assert sheet.missing.isVisible()
    typed(sheet.reason, "No trainer until May")
    place.until(lambda: hands.request(filed).status is RequestStatus.DECLINED)
    assert hands.request(filed).decision_reason == "No trainer until May"
    place.until(lambda: filed not in hands.shown())
    place.press(hands.page.segment.buttons["decided"])
    place.until(lambda: hands.texts() == ["Fire Warden"])
    place.window.undo_wanted.emit()
    place.until(lambda: hands.request(filed).is_open)


def test_the_inbox_searches_and_sorts(hands: Hands) -> None:
    centre = hands.place.centre
    with prepared(hands.place.store) as db:
        for course, people in ((centre.fire, 9), (centre.loto, 2)):
            make_request(db, course, people=people)
    hands.go()
    hands.place.until(lambda: hands.page.table.model.rowCount() == 2)
    assert hands.texts() == ["Fire Warden", "Lockout–Tagout"]
    hands.page.table.sort_by("people")
    assert hands.texts() == ["Lockout–Tagout", "Fire Warden"]
    hands.page.table.search.setText("fire")
    hands.page.table.search_changed.emit("fire")
    assert hands.texts() == ["Fire Warden"]


def test_a_course_that_is_only_asked_for_is_asked_for_from_its_card(hands: Hands) -> None:
    place = hands.place
    become(place, Role.REQUESTER)
    place.assembly.signup.request_wanted.emit(place.centre.fire)
    form = hands.sheet(FileSheet)
    assert form.course.currentText() == "Fire Warden"
    place.press(form.cancel)


def test_who_asked_reads_what_came_of_it(hands: Hands) -> None:
    """Title, date, place, state and people of the session; and of a declined one why (Q3)."""
    place, me = hands.place, hands.place.store.actor
    accepted, declined = ask(hands, requested_by=me), ask(hands, requested_by=me)
    with place.store.writing("Decide", actor="anna") as unit:
        accept(unit.db, accepted, actor="anna", now=unit.now)
        decline(unit.db, declined, "No trainer until May", actor="anna", now=unit.now)
    become(place, Role.REQUESTER)
    hands.go()
    hands.choose(accepted)
    assert hands.panel.title.text() == "Fire Warden"
    assert hands.panel.became.texts[1:] == [
        "Thu 16 Jul, 09:00–10:00",
        "Training Room B",
        "Aisha Rahman",
        "4 seats held",
    ]
    assert [deed for deed, button in hands.panel.buttons.items() if button.isVisible()] == ["start"]
    assert not hands.panel.open_session.isVisible()
    hands.choose(declined)
    assert not any(button.isVisible() for button in hands.panel.buttons.values())
    assert hands.panel.decision.text().endswith(": No trainer until May")
    assert hands.panel.decision.text().startswith("Declined by ")


def test_who_asked_starts_the_session_that_came_of_it(hands: Hands) -> None:
    """Once it runs there is nothing left to press, and a session that was there before is not theirs (S4)."""
    place, me = hands.place, hands.place.store.actor
    asked, other = ask(hands, requested_by=me), ask(hands, requested_by=me, trainer_id=None, venue_id=None)
    with prepared(place.store) as db:
        there = make_scheduled(db, course=place.centre.fire, starts_at=at("2026-07-17 09:00"), ref="THERE")
    with place.store.writing("Decide", actor="anna") as unit:
        accept(unit.db, asked, actor="anna", now=unit.now)
        accept_into_session(unit.db, other, there, actor="anna", now=unit.now)
    become(place, Role.REQUESTER)
    hands.go()
    hands.choose(other)
    assert not hands.panel.may("start")
    hands.open(asked, "start")
    place.until(lambda: place.toast.endswith(" started."))
    made = hands.request(asked).session_id
    assert made is not None
    assert place.store.read(load_card, made).status is SessionStatus.IN_PROGRESS
    place.until(lambda: not hands.panel.buttons["start"].isVisible())
