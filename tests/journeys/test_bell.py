"""What somebody is told hangs behind the one bell of the window, comes as a toast, and is kept until seen (D6)."""

import datetime as dt

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import (
    at,
    make_account,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    prepared,
)
from tests.journeys.conftest import NOW, Workplace
from tests.services.store.raw import raw
from tests.views.accessibility import audit, name_of
from trainer_desk.models import Account
from trainer_desk.models.enums import EnrollmentState, Role
from trainer_desk.services.store.engine import Store
from trainer_desk.views.bell.bell import Bell
from trainer_desk.views.parts.toast import Told

START = at("2031-07-07 09:00")
PROMOTED = "You have come off the waitlist: you have a place in Fire Warden on Mon 7 Jul 2031, 09:00–10:00, "


def me_is(store: Store, *, person: int) -> None:
    """Let the login at work stand for a person."""
    with prepared(store) as db:
        mine = sa.update(Account.__table__).where(Account.login == store.actor)
        if not db.execute(mine.values(person_id=person, version=Account.version + 1)).rowcount:
            make_account(db, store.actor, Role.ADMINISTRATOR, person_id=person)


@pytest.fixture
def waiting(place: Workplace) -> int:
    """Have the user wait for a session of Fire Warden; give the session."""
    centre = place.centre
    with prepared(place.store) as db:
        me = make_person(db, "Frank")
        session = make_scheduled(db, course=centre.fire, trainer=centre.aisha, venue=centre.room_b, starts_at=START)
        make_enrollment(db, session, me, EnrollmentState.WAITLISTED)
    me_is(place.store, person=me)
    look(place)
    assert place.window.status.bell.words() == ""
    return session


def look(place: Workplace) -> None:
    """Have the bell look now, and not within a minute."""
    place.assembly.bell.look()
    place.settled()


def promote(place: Workplace, session: int) -> None:
    """Seat the user, somewhere else."""
    with raw(place.store) as db:
        db.exec_driver_sql(
            f"UPDATE enrollments SET state = 'confirmed', version = version + 1 WHERE session_id = {session}"
        )
    look(place)


def shown(place: Workplace) -> str:
    """Give the sentence of the toast on show."""
    toast = place.window.toasts.current
    return "" if toast is None else toast.note.text


def test_it_is_counted_shown_once_and_opens_the_session(place: Workplace, waiting: int) -> None:
    window, bell = place.window, place.window.status.bell
    before = len(window.toasts.history)
    promote(place, waiting)
    assert shown(place) == PROMOTED + "Training Room B."
    assert (bell.words(), name_of(bell)) == ("1", "Notifications, 1 new")
    look(place)
    assert len(window.toasts.history) == before  # it stands in the list already
    window.toasts.dismiss()
    place.page.focus_view()
    place.key(Qt.Key.Key_F9)
    told = window.notifications.model.notes[0]
    assert isinstance(told, Told)
    assert (told.text, told.is_new, bell.words()) == (PROMOTED + "Training Room B.", True, "")
    assert audit(window) == []
    spoken = window.notifications.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("New, ")
    assert spoken.endswith("Enter opens it.")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.assembly.panel.session_id == waiting and window.panel.current == "session")
    assert not window.notifications.isVisible()


def test_what_was_seen_is_new_in_no_other_window(place: Workplace, waiting: int) -> None:
    promote(place, waiting)
    place.window.toasts.dismiss()
    listed = place.window.notifications
    place.press(place.window.status.bell)
    place.settled()
    look(place)
    assert [note.is_new for note in listed.told] == [True]  # as long as it is open
    place.press(place.window.status.bell)
    assert [note.is_new for note in listed.told] == [False]
    another = Bell(place.window, place.desk, lambda: NOW, place.assembly)
    place.until(lambda: another.facts)
    assert another.facts is not None
    assert [notice.seen_at is None for notice in another.facts.notices] == [False]
    assert (shown(place), place.window.status.bell.words()) == ("", "")


def test_it_takes_no_undo_away(place: Workplace, waiting: int) -> None:
    place.window.toasts.show("Moved.", "ok", "Undo", lambda: None)
    promote(place, waiting)
    assert shown(place) == "Moved."
    place.window.toasts.dismiss()
    place.until(lambda: shown(place).startswith(PROMOTED))


def test_many_at_once_are_one_sentence(place: Workplace, waiting: int) -> None:
    with prepared(place.store) as db:
        other = make_scheduled(db, course=place.centre.fire, starts_at=START + dt.timedelta(days=1))
    with raw(place.store) as db:
        db.exec_driver_sql(
            "INSERT INTO enrollments (session_id, person_id, state, position, enrolled_at, enrolled_by, created_at,"
            f" updated_at) SELECT {other}, person_id, state, 1, enrolled_at, enrolled_by, created_at, updated_at"
            f" FROM enrollments WHERE session_id = {waiting}"
        )
        for session in (waiting, other):
            db.exec_driver_sql(
                f"UPDATE enrollments SET state = 'confirmed', version = version + 1 WHERE session_id = {session}"
            )
    look(place)
    told = place.assembly.bell.facts
    assert told is not None
    assert shown(place) == f"You have {len(told.notices)} new notifications."
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    place.press(toast.action)
    assert place.window.notifications.isVisible()


def test_a_reminder_comes_with_the_clock_and_goes_when_seen(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        me = make_person(db, "Frank")
        soon = make_scheduled(db, course=centre.fire, trainer=centre.aisha, venue=centre.room_b,
                              starts_at=NOW + dt.timedelta(minutes=30))  # fmt: skip
        make_enrollment(db, soon, me)
    me_is(place.store, person=me)
    look(place)
    assert shown(place) == "Coming up: Fire Warden today, 08:00–09:00, Training Room B."
    for words in ("1", ""):
        assert place.window.status.bell.words() == words
        place.window.toasts.dismiss()
        place.press(place.window.status.bell)
        place.settled()
        QTest.keyClick(place.window.notifications.list, Qt.Key.Key_Escape)
        look(place)
        assert shown(place) == ""


def test_a_decided_request_opens_where_requests_stand(place: Workplace) -> None:
    """Declined, it has no session to open."""
    with prepared(place.store) as db:
        request = make_request(db, place.centre.fire, requested_by=place.store.actor)
        if not db.execute(sa.select(Account.id).where(Account.login == place.store.actor)).first():
            make_account(db, place.store.actor, Role.ADMINISTRATOR)
    with raw(place.store) as db:
        db.exec_driver_sql(
            "INSERT INTO notices (account_id, kind, booking_request_id, at, actor, outcome)"
            f" SELECT id, 'decided', {request}, created_at, 'boss', 'DECLINED' FROM accounts"
            f" WHERE login = '{place.store.actor}'"
        )
    look(place)
    assert shown(place) == "Your request for Fire Warden is declined."
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    place.press(toast.action)
    place.until(lambda: place.window.page == "requests")
