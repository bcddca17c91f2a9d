"""From the calendar: sessions are started and completed by their menu, and an add-on that fails is told."""

from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtTest import QTest

from tests.factories import at, make_scheduled, prepared
from tests.journeys.conftest import LEFT, NOW, Workplace
from tests.journeys.test_rights import become
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services import hooks
from trainer_desk.services.accounts import logins
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.schedule.possible import possible
from trainer_desk.views.schedule.session_menu import session_menu


def choose(place: Workplace, session: int, words: str) -> None:
    """Choose an entry of the menu of a session."""
    card = place.card(session)
    act = place.page.actions_of.act
    menu = session_menu(
        place.window, [card], lambda name: act(name, [session]), possible(place.desk, [card], place.store.clock.now())
    )
    [action] = [action for action in menu.actions() if action.text() == words]
    action.trigger()
    place.settled()


def test_started_and_completed_from_the_menu(place: Workplace) -> None:
    session = place.centre.taught
    choose(place, session, "Start session")
    assert (place.card(session).status, place.toast) == (SessionStatus.IN_PROGRESS, "Lockout–Tagout started.")
    choose(place, session, "Complete session")
    completing = place.page.actions_of.completing
    place.until(lambda: completing.question is not None)
    assert completing.question is not None
    assert completing.question.windowTitle() == "2 people are not marked."
    QTest.mouseClick(completing.question.go, LEFT)
    place.until(lambda: place.card(session).status is SessionStatus.COMPLETED)
    assert place.toast == "Lockout–Tagout completed."
    assert {seat.attendance for seat in place.store.read(load_seats, session)} == {Attendance.NO_SHOW}
    place.page.actions_of.undo()
    place.until(lambda: place.card(session).status is SessionStatus.IN_PROGRESS)
    assert {seat.attendance for seat in place.store.read(load_seats, session)} == {Attendance.REGISTERED}


def test_of_several_those_that_may_are_completed(place: Workplace) -> None:
    with prepared(place.store) as db:
        empty = make_scheduled(
            db, course=place.centre.fire, trainer=place.centre.aisha, venue=place.centre.room_b,
            starts_at=at("2026-07-09 09:00"), status=SessionStatus.IN_PROGRESS,
        )  # fmt: skip
    place.page.source.reload()
    place.until(lambda: place.page.source.find(empty))
    place.page.actions_of.act("start", [place.centre.taught])
    place.settled()
    place.page.actions_of.act("complete", [empty, place.centre.taught])
    place.settled()
    assert place.card(empty).status is SessionStatus.COMPLETED
    assert place.card(place.centre.taught).status is SessionStatus.IN_PROGRESS
    assert "Not marked yet: " in place.toast


def test_an_add_on_that_fails_is_told_and_the_session_is_completed(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(_session: Any) -> None:
        raise RuntimeError("no line to head office")

    point = EntryPoint("head_office", "nowhere", hooks.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda _self: SimpleNamespace(on_session_completed=falls))
    monkeypatch.setattr(hooks, "installed", lambda: [point])
    session = place.centre.taught
    choose(place, session, "Start session")
    place.page.actions_of.completing.complete(session, "Lockout–Tagout", rest_no_show=True)
    place.until(lambda: place.card(session).status is SessionStatus.COMPLETED)
    assert place.toast == (
        "The session is completed, but the add-on head_office did not do its part (no line to head office). "
        "What happened stands in the log."
    )
    assert place.window.toasts.history[-1].kind == "warn"


def test_a_trainer_starts_an_own_session_and_gets_no_undo(place: Workplace) -> None:
    become(place, Role.TRAINER)
    with prepared(place.store) as db:
        logins.add(db, place.store.actor, Role.TRAINER, trainer_id=place.centre.john, actor="boss", now=NOW)
    place.assembly.standing.ask()
    place.until(lambda: place.desk.trainer_id == place.centre.john)
    choose(place, place.centre.taught, "Start session")
    assert place.card(place.centre.taught).status is SessionStatus.IN_PROGRESS
    note = place.window.toasts.history[-1]
    assert (note.text, note.action) == ("Lockout–Tagout started.", "")
