"""A requester's window on a real server: a line manager who asks, signs up and follows, and sees no more (U2, K13)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import at, make_course, make_enrollment, make_people, make_person, make_scheduled, prepared
from tests.journeys.conftest import NOW, Workplace, found
from tests.journeys.test_requests import Hands, typed
from tests.logins import make_login, open_as, turn_clock
from tests.postgres_server import Run
from trainer_desk.models.enums import EnrollmentState, RequestStatus, Role, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import Stale
from trainer_desk.services.orchestration.accepting import accept
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.requests.deciding import decline
from trainer_desk.services.requests.filing import edit_request, file_request
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.rows.requests import Wish
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.services.store.engine import Store
from trainer_desk.views.requests.file_sheet import FileSheet

pytestmark = pytest.mark.postgres


@dataclass
class Mia:
    """Mia's window, the store of whoever plans, her person, her worker Ola, and somebody else's session."""

    place: Workplace
    boss: Store
    mia: int
    ola: int
    full: int
    others: list[int]

    def told(self) -> list[str]:
        """Give everything that the window said in passing."""
        return [toast.text for toast in self.place.window.toasts.history]

    def go(self, page: str) -> None:
        self.place.press(self.place.window.sidebar.items[page])
        self.place.settled()


@pytest.fixture
def mia(qtbot: QtBot, run: Run, postgres_server: str, tmp_path: Path) -> Iterator[Mia]:
    """Give Mia's window, a week before a session that is full with two others who wait for it."""
    clock = FixedClock(NOW)
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        boss = factory(clock)
        with prepared(boss) as db:
            centre = found(db)
            me, ola = make_person(db, "Mia Lopez", employee_no="M1"), make_person(db, "Ola Berg", manager_no="M1")
            others = make_people(db, 3)
            course = make_course(db, "FA", title="First Aid", sign_up=True)
            start = NOW + dt.timedelta(days=7)
            shape = {"course": course, "capacity": 1, "waitlist": WaitlistMode.ENROL, "starts_at": start}
            full = make_scheduled(db, ref="FULL", **shape)
            for person, state in zip(others, ("confirmed", "waitlisted", "waitlisted"), strict=True):
                make_enrollment(db, full, person, EnrollmentState(state))
        turn_clock(boss, clock)
        store = open_as(boss, make_login(boss, Role.REQUESTER, person_id=me), clock=clock)
        place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
        yield Mia(place, boss, me, ola, full, others)
        place.close()
        store.close()
        factory.close()


def test_every_page_that_a_requester_has_opens(mia: Mia) -> None:
    mia.place.until(lambda: mia.place.window.page)
    assert mia.place.window.page == "open_sessions"
    for page, item in mia.place.window.sidebar.items.items():
        if not item.isHidden():
            mia.go(page)
            assert mia.place.window.page == page
    assert mia.told() == []


def test_the_rank_in_a_queue_counts_those_who_are_not_seen(mia: Mia) -> None:
    page = mia.place.assembly.signup.open_page
    mia.place.until(lambda: page.cards)
    card = page.cards[mia.full]
    mia.place.press(card.buttons[OwnDeed.JOIN_WAITLIST])
    mia.place.until(lambda: card.badge.isVisible())
    assert card.badge.words() == "Waiting, 3rd in line"
    assert mia.told()[-1].endswith("3rd in line.")
    with prepared(mia.boss) as db:
        withdraw(db, mia.full, mia.others[0], actor="boss", now=NOW)
    page.reload()
    mia.place.until(lambda: card.badge.words() == "Waiting, 2nd in line")


def test_what_a_requester_asked_for_is_changed_withdrawn_and_started(mia: Mia) -> None:
    hands, place = Hands(mia.place), mia.place
    hands.go()
    place.press(hands.page.new)
    form = hands.sheet(FileSheet)
    form.course.set_value(place.centre.fire)
    typed(form.when.day, "18.7.2026")
    line = form.people.search.lineEdit()
    assert line is not None
    typed(line, "Ola")
    assert form.people.named == [mia.ola]
    place.press(form.go)
    place.until(lambda: hands.panel.card is not None)
    assert hands.panel.card is not None
    request = hands.panel.card.request.id
    place.press(hands.panel.buttons["withdraw"])
    place.until(lambda: hands.request(request).status is RequestStatus.CANCELLED)
    place.window.undo_wanted.emit()
    place.until(lambda: hands.request(request).is_open)
    hands.open(request, "change")
    form = hands.sheet(FileSheet)
    form.reason.insertPlainText("New forklift")
    place.press(form.go)
    place.until(lambda: hands.request(request).wish.reason == "New forklift")
    place.settled()
    changes = {"trainer_id": place.centre.aisha, "venue_id": place.centre.room_b}
    accepted = mia.boss.write("Accept", accept, request, changes, version=None).value
    assert accepted is not None
    hands.page.reload()
    hands.choose(request)
    place.settled()
    assert hands.panel.became.texts
    assert mia.boss.read(load_request, request).session_id is not None
    assert [text for text in mia.told() if "not" in text] == []


def test_a_notice_is_seen_and_stays_so(mia: Mia) -> None:
    with prepared(mia.boss) as db:  # notices go by the real clock
        make_enrollment(db, make_scheduled(db, starts_at=at("2031-07-07 09:00")), mia.mia)
    bell = mia.place.window.status.bell
    mia.place.assembly.bell.look()
    mia.place.until(lambda: bell.words() == "1")
    mia.place.press(bell)
    mia.place.until(lambda: bell.words() == "")
    mia.place.assembly.bell.look()
    mia.place.settled()
    assert bell.words() == ""


def test_who_changed_an_own_request_meanwhile_is_told(mia: Mia) -> None:
    store, boss = mia.place.store, mia.boss.actor
    request = store.write("Ask", file_request, Wish(mia.place.centre.fire, people=3)).value
    before = store.read(load_request, request)
    mia.boss.write("Change", edit_request, request, replace(before.wish, people=9), version=before.version)
    with pytest.raises(Stale) as refusal:
        store.write("Edit", edit_request, request, replace(before.wish, people=4), version=before.version)
    assert refusal.value.facts["by"] == boss
    for decided in (False, True):
        if decided:
            mia.boss.write("Decline", decline, request, "No room")
        with pytest.raises(Stale) as refusal:
            undo_last(store)
        assert refusal.value.facts["by"] == boss
    assert mia.boss.read(load_request, request).status is RequestStatus.DECLINED
