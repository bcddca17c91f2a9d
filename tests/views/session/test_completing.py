"""Starting, completing and reopening from the panel, with the question about those who are not marked (S4–S6)."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import at, make_account, make_enrollment, make_scheduled, prepared
from tests.views.session.conftest import Organisation, Stage
from trainer_desk.models.enums import Attendance, Role
from trainer_desk.services.attendance.marking import mark_rest
from trainer_desk.services.orchestration import completing
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.completing.flow import whom
from trainer_desk.views.parts.confirm import Confirm

ATTENDED, NO_SHOW, REGISTERED = Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED


def offered(stage: Stage) -> list[str]:
    return [verb for verb, button in stage.panel.foot.buttons.items() if button.isVisible()]


@pytest.fixture
def running(stage: Stage, organisation: Organisation) -> int:
    """Start the scheduled session from the panel, with Bruno marked and Nadia and Amara not."""
    with prepared(organisation.store) as db:
        for person, mark in zip(organisation.people[:3], (ATTENDED, REGISTERED, REGISTERED), strict=True):
            make_enrollment(db, organisation.scheduled, person, attendance=mark)
    stage.show(organisation.scheduled)
    stage.press(stage.panel.foot.buttons["start"])
    assert stage.toasts[-1] == ("Lockout–Tagout started.", True)
    assert stage.panel.header.state.words() == "In progress"
    assert offered(stage) == ["complete", "cancel"]
    assert stage.panel.foot.told.text().startswith("Started ")
    return organisation.scheduled


def question(stage: Stage) -> Confirm:
    found = stage.panel.moves.completing.question
    assert found is not None
    stage.qtbot.waitUntil(found.isVisible)
    return found


def marks(organisation: Organisation, session: int) -> list[Attendance]:
    return [seat.attendance for seat in organisation.store.read(load_seats, session)]


def test_who_is_not_marked_is_asked_about(stage: Stage, organisation: Organisation, running: int) -> None:
    stage.press(stage.panel.foot.buttons["complete"])
    asked = question(stage)
    assert asked.windowTitle() == "2 people are not marked."
    assert (asked.go.words(), asked.back.words()) == ("Mark them no-show", "Go back")
    QTest.keyClick(asked, Qt.Key.Key_Return)
    stage.settle()
    assert organisation.row(running).status == "IN_PROGRESS", "Return goes back, and nothing was done"

    stage.press(stage.panel.foot.buttons["complete"])
    QTest.mouseClick(question(stage).go, Qt.MouseButton.LeftButton)
    stage.settle()
    assert organisation.row(running).status == "COMPLETED"
    assert sorted(marks(organisation, running)) == [ATTENDED, NO_SHOW, NO_SHOW]
    assert stage.toasts[-1] == ("Lockout–Tagout completed.", True)
    assert stage.panel.moves.completing.question is None
    assert offered(stage) == ["reopen"]
    assert "Completed " in stage.panel.foot.told.text()


def test_with_everybody_marked_nothing_is_asked(stage: Stage, organisation: Organisation, running: int) -> None:
    with prepared(organisation.store) as db:
        mark_rest(db, running, NO_SHOW, actor="marta", now=at("2026-07-06 11:00"))
    stage.press(stage.panel.foot.buttons["complete"])
    assert stage.panel.moves.completing.question is None
    assert organisation.row(running).status == "COMPLETED"


def test_reopening_is_refused_where_the_room_was_given_away(
    stage: Stage, organisation: Organisation, running: int
) -> None:
    organisation.write(completing.complete, running, rest_no_show=True, actor=organisation.who("marta"))
    stage.show(running)
    with prepared(organisation.store) as db:
        make_scheduled(
            db, course=organisation.course, trainer=organisation.aisha, venue=organisation.room_b,
            starts_at=organisation.row(running).starts_at,
        )  # fmt: skip
    stage.press(stage.panel.foot.buttons["reopen"])
    told = stage.panel.foot.alert.label.text()
    assert told.startswith("Lockout–Tagout cannot be opened again. Training Room B is taken by Lockout–Tagout")
    assert organisation.row(running).status == "COMPLETED"


def test_reopened_it_runs_again(stage: Stage, organisation: Organisation, running: int) -> None:
    organisation.write(completing.complete, running, rest_no_show=True, actor=organisation.who("marta"))
    stage.show(running)
    stage.press(stage.panel.foot.buttons["reopen"])
    row = organisation.row(running)
    assert (row.status, row.finished_at) == ("IN_PROGRESS", None)
    assert stage.toasts[-1] == ("Lockout–Tagout runs again.", True)


def test_a_trainer_finds_start_and_complete_in_own_sessions_only(stage: Stage, organisation: Organisation) -> None:
    """And no Undo: it would take more than a trainer may (S4)."""
    with prepared(organisation.store) as db:
        make_account(db, stage.desk.actor, Role.TRAINER, trainer_id=organisation.john)
        other = make_scheduled(
            db, course=organisation.course, trainer=organisation.aisha, starts_at=at("2026-07-08 09:00")
        )
    stage.desk.role = Role.TRAINER
    stage.panel.allow(False)
    stage.show(organisation.scheduled)
    assert offered(stage) == ["start"]
    stage.show(other)
    assert offered(stage) == []
    assert not stage.panel.foot.isVisible()
    stage.show(organisation.draft)
    assert not stage.panel.foot.heading.isVisible(), "what a draft needs is for those who plan"


def test_many_names_are_counted() -> None:
    assert whom(["Ada", "Bo"]) == "Neither attended nor no-show so far: Ada, Bo."
    assert whom([f"P{n}" for n in range(11)]).endswith("P7 and 3 more.")


def test_what_is_over_offers_to_complete(stage: Stage, organisation: Organisation) -> None:
    stage.panel._clock.instant = organisation.row(organisation.scheduled).ends_at + dt.timedelta(seconds=1)  # type: ignore[attr-defined]
    stage.show(organisation.scheduled)
    assert offered(stage) == ["start", "complete", "unpublish", "cancel"]
