"""A requester signs up, waits, answers and withdraws in the window, on both databases (K13)."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_account,
    make_course,
    make_enrollment,
    make_people,
    make_person,
    make_scheduled,
    prepared,
)
from tests.journeys.conftest import NOW, Centre, Workplace, begin_at
from tests.logins import make_login, open_as, turn_clock
from trainer_desk.models.enums import EnrollmentState, Role, WaitlistMode
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.signup.details import DetailsSheet
from trainer_desk.views.signup.frame import SessionFrame

START = at("2026-07-13 09:00")
SIGN_UP, JOIN, CANCEL = OwnDeed.SIGN_UP, OwnDeed.JOIN_WAITLIST, OwnDeed.CANCEL
ACCEPT, DECLINE = OwnDeed.ACCEPT, OwnDeed.DECLINE


@dataclass
class Seeker:
    """Nora, a requester at her window, and the sessions that she may sign up for."""

    place: Workplace
    boss: Store
    nora: int
    others: list[int]
    sessions: dict[str, int]

    @property
    def open_page(self) -> Any:
        return self.place.assembly.signup.open_page

    @property
    def own_page(self) -> Any:
        return self.place.assembly.signup.own_page

    def card(self, ref: str) -> Any:
        return self.open_page.cards[self.sessions[ref]]

    def line(self, ref: str) -> Any:
        return self.own_page.lines[self.sessions[ref]]

    def press(self, frame: SessionFrame, deed: OwnDeed) -> None:
        button: Button = frame.buttons[deed]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.place.settled()

    def stands(self, ref: str) -> str | None:
        seats = self.boss.read(load_seats, self.sessions[ref], now=NOW)
        return next((seat.state.value for seat in seats if seat.person_id == self.nora), None)

    def elsewhere(self, verb: Callable[..., Any], ref: str, people: Any) -> None:
        """Have a supervisor at another workstation do something."""
        with prepared(self.boss) as db:
            verb(db, self.sessions[ref], people, actor="boss", now=NOW)
        self.open_page.reload()
        self.own_page.reload()
        self.place.settled()

    def go(self, page: str) -> None:
        self.place.press(self.place.window.sidebar.items[page])
        self.place.settled()


def plans(db: Any, others: list[int], nora: int) -> dict[str, int]:
    course = make_course(db, "FA", title="First Aid", sign_up=True)
    shapes: dict[str, dict[str, Any]] = {
        "FREE": {"capacity": 2, "waitlist": WaitlistMode.ENROL},
        "FULL": {"capacity": 1, "waitlist": WaitlistMode.ENROL},
        "SHUT": {"capacity": 1},
        "ASKED": {"capacity": 1, "waitlist": WaitlistMode.OFFER},
    }
    ids = {}
    for day, (ref, shape) in enumerate(shapes.items()):
        ids[ref] = make_scheduled(db, ref=ref, course=course, starts_at=START + dt.timedelta(days=day), **shape)
        if ref == "ASKED":
            until = START - dt.timedelta(days=1)
            make_enrollment(db, ids[ref], nora, EnrollmentState.OFFERED, offer_until=until, position=1)
        elif ref != "FREE":
            make_enrollment(db, ids[ref], others[0])
    return ids


@pytest.fixture
def seeker(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> Iterator[Seeker]:
    """Open the window for Nora, who begins at the open sessions; at a server she has a login of her own."""
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        others = make_people(db, 3)
        nora = make_person(db, "Nora Walker")
        ids = plans(db, others, nora)
    settings = tmp_path / "window.ini"
    begin_at("open_sessions", settings)
    hers = store_of(store, nora)
    place = Workplace(qtbot, hers, centre, settings)
    found = Seeker(place, store, nora, others, ids)
    place.until(lambda: place.desk.role is Role.REQUESTER and found.open_page.cards)
    yield found
    place.close()
    if hers is not store:
        hers.close()


def store_of(boss: Store, nora: int) -> Store:
    """Give the store that Nora works with: of a login of her own, or, of a file, the one whose actor she becomes."""
    if not boss.is_file:
        turn_clock(boss, FixedClock(NOW))
        return open_as(boss, make_login(boss, Role.REQUESTER, person_id=nora), clock=FixedClock(NOW))
    with prepared(boss) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, boss.actor, Role.REQUESTER, person_id=nora, actor="boss", now=NOW)
    return boss


def test_one_signs_up_and_thinks_better_of_it(seeker: Seeker) -> None:
    card = seeker.card("FREE")
    assert (card.spots.words(), card.badge.isVisible()) == ("2 / 2 spots left", False)
    seeker.press(card, SIGN_UP)
    assert seeker.place.toast.startswith("You are registered for First Aid, Mon 13 Jul 09:00")
    seeker.place.until(lambda: card.badge.isVisible())
    assert (card.spots.words(), card.badge.words()) == ("1 / 2 spots left", "Registered")
    assert list(card.buttons) == [CANCEL]
    assert seeker.card("FREE") is card
    seeker.press(card, CANCEL)
    assert seeker.place.toast.startswith("You are no longer registered for First Aid")
    seeker.place.until(lambda: not card.badge.isVisible())
    assert (seeker.stands("FREE"), list(card.buttons)) == ("withdrawn", [SIGN_UP])


def test_by_keyboard_alone_the_focus_stays_on_the_card(seeker: Seeker) -> None:
    card = seeker.card("FREE")
    card.buttons[SIGN_UP].setFocus()
    seeker.place.key(Qt.Key.Key_Space)
    seeker.place.until(lambda: CANCEL in card.buttons)
    assert seeker.place.focus is card.buttons[CANCEL]
    seeker.place.key(Qt.Key.Key_Space)
    seeker.place.until(lambda: SIGN_UP in card.buttons)
    assert seeker.place.focus is card.buttons[SIGN_UP]


def test_a_full_session_says_so_and_offers_the_waitlist(seeker: Seeker) -> None:
    card = seeker.card("FULL")
    assert (card.spots.words(), list(card.buttons)) == ("Session Full", [JOIN])
    seeker.press(card, JOIN)
    assert seeker.place.toast.endswith("1st in line.")
    seeker.place.until(lambda: card.badge.isVisible())
    assert (card.badge.words(), card.buttons[CANCEL].words()) == ("Waiting, 1st in line", "Leave waitlist")
    seeker.elsewhere(withdraw, "FULL", seeker.others[0])
    assert (card.badge.words(), seeker.stands("FULL")) == ("Registered", "confirmed")


def test_who_comes_too_late_is_told_and_may_wait(seeker: Seeker) -> None:
    """The last seat goes while Nora looks at it: she is not put on the waitlist unasked, and gets the way there."""
    place, card = seeker.place, seeker.card("FREE")
    with prepared(seeker.boss) as db:
        enroll(db, seeker.sessions["FREE"], seeker.others[:2], actor="boss", now=NOW)
    seeker.press(card, SIGN_UP)
    assert place.toast == "You were not added to First Aid. Session Full (2/2)."
    note = place.window.toasts.history[-1]
    assert (note.action, seeker.stands("FREE")) == ("Join waitlist", None)
    note.do()
    place.until(lambda: seeker.stands("FREE") == "waitlisted")


def test_without_a_waitlist_one_asks_for_the_course(seeker: Seeker) -> None:
    wanted: list[int] = []
    seeker.place.assembly.signup.request_wanted.connect(wanted.append)
    seeker.press(seeker.card("SHUT"), OwnDeed.ASK)
    asked = seeker.open_page.asked.cards[0]
    seeker.place.press(asked.ask)
    session = seeker.card("SHUT").session
    assert wanted == [session.course_id, asked.course.course_id]


@pytest.mark.parametrize(("deed", "stands"), [(ACCEPT, "confirmed"), (DECLINE, "withdrawn")])
def test_an_offer_is_answered_in_the_own_schedule(seeker: Seeker, deed: OwnDeed, stands: str) -> None:
    seeker.go("my_schedule")
    assert [heading.text() for heading in seeker.own_page.headings] == ["To answer"]
    line = seeker.line("ASKED")
    assert list(line.buttons) == [ACCEPT, DECLINE]
    seeker.press(line, deed)
    assert seeker.stands("ASKED") == stands
    if deed is ACCEPT:
        seeker.place.until(lambda: [one.text() for one in seeker.own_page.headings] == ["Thursday 16 July"])
        assert line.badge.words() == "Registered"
    else:
        seeker.place.until(lambda: seeker.own_page.empty.isVisible())


def test_the_own_schedule_goes_by_days_and_quickly_cancels(seeker: Seeker) -> None:
    for ref, deed in (("FREE", SIGN_UP), ("FULL", JOIN)):
        seeker.press(seeker.card(ref), deed)
    seeker.go("my_schedule")
    seeker.place.until(lambda: len(seeker.own_page.lines) == 3)
    said = [heading.text() for heading in seeker.own_page.headings]
    assert said == ["To answer", "Monday 13 July", "Tuesday 14 July"]
    line = seeker.line("FREE")
    assert (line.when.text(), line.title.whole()) == ("09:00–10:00", "First Aid")
    seeker.press(line, CANCEL)
    seeker.place.until(lambda: seeker.sessions["FREE"] not in seeker.own_page.lines)
    assert seeker.stands("FREE") == "withdrawn"


def test_an_empty_schedule_leads_to_what_there_is(seeker: Seeker) -> None:
    seeker.go("my_schedule")
    seeker.press(seeker.line("ASKED"), DECLINE)
    seeker.place.until(lambda: seeker.own_page.empty.isVisible())
    seeker.place.press(seeker.own_page.empty.buttons[0])
    assert seeker.place.window.page == "open_sessions"


def test_the_details_tell_all_and_act_as_the_card_does(seeker: Seeker) -> None:
    card = seeker.card("FREE")
    seeker.place.press(card.details)
    (sheet,) = seeker.place.window.findChildren(DetailsSheet)
    facts = dict(sheet.facts())
    assert facts["When"] == "Monday 13 July 2026, 09:00–10:00 · 1 h"
    assert (facts["Spots"], facts["Reference"]) == ("2 / 2 spots left", "FREE")
    seeker.place.press(sheet.buttons[SIGN_UP])
    seeker.place.until(lambda: seeker.stands("FREE") == "confirmed")


def test_a_filter_finds_and_says_when_nothing_is_left(seeker: Seeker) -> None:
    page = seeker.open_page
    page.segment.buttons["free"].click()
    assert set(page.cards) == {seeker.sessions["FREE"]}
    page.segment.buttons["own"].click()
    assert set(page.cards) == {seeker.sessions["ASKED"]}
    page.segment.buttons["all"].click()
    page.search.setText("juggling")
    assert (page.empty.isVisible(), page.empty.sentence()) == (True, "No session matches “juggling”.")
    seeker.place.press(page.empty.buttons[0])
    assert len(page.cards) == 4


def test_a_login_that_stands_for_nobody_looks_and_is_told_why(seeker: Seeker) -> None:
    with prepared(seeker.boss) as db:
        logins.add(db, seeker.place.store.actor, Role.REQUESTER, person_id=None, actor="boss", now=NOW)
    seeker.open_page.reload()
    seeker.place.until(seeker.open_page.alert.isVisible)
    assert seeker.open_page.alert.sentence.text().startswith("Your login is not linked to a person.")
    assert not seeker.card("FREE").buttons
    seeker.go("my_schedule")
    seeker.place.until(seeker.own_page.empty.isVisible)
    assert seeker.own_page.empty.sentence().startswith("Your login is not linked to a person.")


def test_a_screen_reader_hears_a_card_whole(seeker: Seeker) -> None:
    card = seeker.card("ASKED")
    assert card.accessibleName().startswith("First Aid, Thursday 16 July, 09:00 to 10:00, ")
    assert ", Session Full, Offered until " in card.accessibleName()
    assert card.buttons[ACCEPT].accessibleName() == "Accept: First Aid, Thu 16 Jul 09:00–10:00"


def test_ctrl_z_takes_back_a_place_of_ones_own(seeker: Seeker) -> None:
    seeker.press(seeker.card("FREE"), SIGN_UP)
    assert seeker.stands("FREE") == "confirmed"
    seeker.card("FREE").details.setFocus()
    seeker.place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seeker.place.until(lambda: seeker.stands("FREE") == "withdrawn")
