"""Soft findings are waived for a reason, come back when the session changes, and can be taken back and undone (S9)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, make_hold, make_people, make_person, prepared
from tests.services.planning.world import ELEVEN, NINE, NOON, NOW, TEN, World
from trainer_desk.models import Waiver
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.findings import Finding
from trainer_desk.services.findings import Waiver as Accepted
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import drafts, lifecycle
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.waivers import take_back, waive
from trainer_desk.texts import error_text

CODE = "venue_capacity_exceeded"


def fill(world: World, session: int, count: int) -> None:
    with prepared(world.store) as db:
        for person in make_people(db, count):
            make_enrollment(db, session, person)


def findings(world: World, session: int) -> dict[str, Finding]:
    return {found.code: found for found in world.store.read(session_findings, session, now=NOW)}


def reason(world: World, session: int) -> str | None:
    """Give why the finding is waived now."""
    found = findings(world, session)[CODE]
    return None if found.waived is None else found.waived.reason


@pytest.fixture
def crowded(world: World) -> int:
    """Give a scheduled session with 21 people in a room for 20."""
    session = world.scheduled()
    fill(world, session, 21)
    return session


def test_a_waived_finding_is_told_with_who_and_why(world: World, crowded: int) -> None:
    assert findings(world, crowded)[CODE].waived is None
    row = world.do(waive, crowded, CODE, "ROOM", "  The chairs  are there ")
    assert (row.by, row.at, row.headcount, row.starts_at) == (world.store.actor, NOW, 21, NINE)
    assert findings(world, crowded)[CODE].waived == Accepted(world.store.actor, NOW, "The chairs are there")


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": ELEVEN, "ends_at": NOON},
        {"ends_at": TEN + dt.timedelta(minutes=15)},
        {"trainer_id": "bo"},
    ],
)
def test_it_is_void_once_the_session_changes(world: World, crowded: int, fields: dict[str, object]) -> None:
    before = world.card(crowded)
    changed = {name: getattr(world, value) if isinstance(value, str) else value for name, value in fields.items()}
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    world.edit(crowded, notes="Bring chairs", title="Fire")
    assert reason(world, crowded) == "Chairs"
    world.edit(crowded, **changed)
    assert reason(world, crowded) is None
    world.edit(crowded, starts_at=before.starts_at, ends_at=before.ends_at, trainer_id=before.trainer_id)
    assert reason(world, crowded) == "Chairs"


def test_one_person_more_voids_it_and_a_newer_waiver_replaces_it(world: World, crowded: int) -> None:
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    fill(world, crowded, 1)
    assert reason(world, crowded) is None
    world.do(waive, crowded, CODE, "ROOM", "One more chair")
    world.do(waive, crowded, CODE, "ROOM", "Two more chairs")
    assert reason(world, crowded) == "Two more chairs"
    with world.store.reading() as db:
        open_rows = sa.select(sa.func.count()).where(Waiver.ended_at.is_(None))
        assert db.execute(open_rows).scalar_one() == 1


def test_seats_held_too_long_do_not_void_it(world: World, crowded: int) -> None:
    with prepared(world.store) as db:
        make_hold(db, crowded, 2, until_at=NOW - dt.timedelta(hours=1))
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    assert reason(world, crowded) == "Chairs"
    board = world.store.read(load_board, NINE, NOON, now=NOW)
    assert [row.headcount for row in board.waivers[crowded]] == [21] == [board.sessions[0].seats_taken]


def test_what_a_draft_is_told_of_can_be_waived_too(world: World) -> None:
    draft = world.draft(starts_at=NOW - dt.timedelta(days=1), ends_at=NOW - dt.timedelta(hours=23))
    world.do(waive, draft, "in_the_past", None, "Paper came late")
    waived = findings(world, draft)["in_the_past"].waived
    assert waived is not None
    assert waived.reason == "Paper came late"


@pytest.mark.parametrize(
    ("code", "subject", "why"),
    [
        ("in_the_past", None, "no_finding"),
        (CODE, "OTHER", "no_finding"),
        (CODE, None, "no_finding"),
        ("never_heard", None, "no_finding"),
        ("trainer_busy", "ANN", "no_finding"),
    ],
)
def test_only_what_the_session_has_can_be_waived(
    world: World, crowded: int, code: str, subject: str | None, why: str
) -> None:
    with pytest.raises(NotFound) as refused:
        world.do(waive, crowded, code, subject, "Because")
    assert refused.value.facts["why"] == why
    assert error_text(refused.value).startswith(f'There is no finding "{world.ref(crowded)}:{code}')


def test_what_refuses_cannot_be_waived(world: World, crowded: int) -> None:
    draft = world.draft()
    assert findings(world, draft)["trainer_busy"].subject == "ANN"
    with pytest.raises(BadValue) as refused:
        world.do(waive, draft, "trainer_busy", "ANN", "Because")
    assert error_text(refused.value) == "This finding refuses, so it cannot be waived. Put right what it says."
    assert findings(world, draft)["trainer_busy"].waived is None


@pytest.mark.parametrize("words", ["", "   "])
def test_a_reason_is_asked_for(world: World, crowded: int, words: str) -> None:
    with pytest.raises(BadValue, match="reason"):
        world.do(waive, crowded, CODE, "ROOM", words)
    assert reason(world, crowded) is None


def test_a_session_in_the_trash_has_nothing_to_waive(world: World) -> None:
    draft = world.draft()
    world.do(drafts.delete_session, draft)
    with pytest.raises(NotFound):
        world.do(waive, draft, "in_the_past", None, "Because")


def test_a_cancelled_session_has_nothing_to_waive(world: World, crowded: int) -> None:
    world.do(lifecycle.cancel, crowded, "Ill")
    with pytest.raises(NotFound):
        world.do(waive, crowded, CODE, "ROOM", "Because")


def test_a_waiver_is_taken_back(world: World, crowded: int) -> None:
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    world.do(take_back, crowded, CODE, "ROOM")
    assert reason(world, crowded) is None
    with pytest.raises(NotFound) as refused:
        world.do(take_back, crowded, CODE, "ROOM")
    assert "is not waived" in error_text(refused.value)


def test_undo_and_redo(world: World, crowded: int) -> None:
    world.do(waive, crowded, CODE, "ROOM", "Old")
    world.do(waive, crowded, CODE, "ROOM", "New")
    steps = []
    for step in (undo_last, undo_last, redo_last, redo_last, undo_last):
        step(world.store)
        steps.append(reason(world, crowded))
    assert steps == ["Old", None, "Old", "New", "Old"]
    world.do(take_back, crowded, CODE, "ROOM")
    undo_last(world.store)
    assert reason(world, crowded) == "Old"


def test_the_session_keeps_its_version(world: World, crowded: int) -> None:
    before = world.card(crowded).version
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    assert world.card(crowded).version == before


def test_the_board_brings_the_waivers_of_its_sessions(world: World, crowded: int) -> None:
    other = world.scheduled(starts_at=ELEVEN, ends_at=NOON)
    later = world.scheduled(starts_at=NINE + dt.timedelta(days=7), ends_at=TEN + dt.timedelta(days=7))
    fill(world, other, 21)
    fill(world, later, 21)
    for session in (crowded, later):
        world.do(waive, session, CODE, "ROOM", "Chairs")
    board = world.store.read(load_board, NINE, NOON)
    assert {key: [row.reason for row in rows] for key, rows in board.waivers.items()} == {crowded: ["Chairs"]}
    world.do(take_back, crowded, CODE, "ROOM")
    assert world.store.read(load_board, NINE, NOON).waivers == {}


def test_one_of_several_busy_people_is_waived(world: World) -> None:
    first, second = world.scheduled(), world.scheduled(trainer_id=world.bo, venue_id=world.other_room)
    with prepared(world.store) as db:
        people = [make_person(db, employee_no=number) for number in ("17", "18")]
        for session in (first, second):
            for person in people:
                make_enrollment(db, session, person)
    world.do(waive, second, "attendee_busy", "18", "Leaves early")
    told = world.store.read(session_findings, second, now=NOW)
    assert {finding.subject: finding.waived is not None for finding in told} == {"17": False, "18": True}
    assert not any(finding.waived for finding in world.store.read(session_findings, first, now=NOW))


def test_the_history_of_the_session_tells_of_it(world: World, crowded: int) -> None:
    world.do(waive, crowded, CODE, "ROOM", "Chairs")
    newest = world.store.read(history_of_session, crowded)[0]
    [(table, _key, before, after)] = newest.rows
    assert (table, before, after["reason"]) == ("waivers", None, "Chairs")
