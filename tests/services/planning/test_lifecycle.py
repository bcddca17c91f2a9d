"""Back to draft, out, and in again: claims are given back at once, every place stays as it was (S4)."""

from typing import Any

import pytest

from tests.factories import make_enrollment, make_people, make_scheduled, prepared
from tests.services.planning.world import World
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import BadValue, NotFound, WrongState
from trainer_desk.services.planning import lifecycle, placing, publishing
from trainer_desk.texts import error_text

STATES = (
    EnrollmentState.CONFIRMED,
    EnrollmentState.CONFIRMED,
    EnrollmentState.WAITLISTED,
    EnrollmentState.OFFERED,
    EnrollmentState.WITHDRAWN,
)


def with_people(world: World) -> int:
    """Make a scheduled session with somebody in every state of a place."""
    session = world.scheduled(capacity=3)
    with prepared(world.store) as db:
        for number, (person, state) in enumerate(zip(make_people(db, len(STATES)), STATES, strict=True)):
            make_enrollment(db, session, person, state, position=number)
    return session


def test_unpublish_cancel_and_reinstate_keep_every_place(each_world: World) -> None:
    world = each_world
    session = with_people(world)
    places = world.places(session)
    claims = world.claims(session)
    assert len(places) == len(STATES)

    world.do(lifecycle.unpublish, session)
    assert world.card(session).status is SessionStatus.DRAFT
    assert not world.claims(session)
    assert world.scheduled(), "trainer and room are free at once"
    assert world.places(session) == places

    world.do(lifecycle.cancel, session, "  No\ttrain  ")
    detail = world.detail(session)
    assert (detail.card.status, detail.cancel_reason) == (SessionStatus.CANCELLED, "No train")
    assert world.places(session) == places

    world.do(lifecycle.reinstate, session)
    detail = world.detail(session)
    assert (detail.card.status, detail.cancel_reason) == (SessionStatus.DRAFT, None)
    assert world.places(session) == places
    assert detail.card.seats_taken == 3

    world.edit(session, trainer_id=world.bo, venue_id=world.other_room)
    world.do(publishing.publish, session)
    assert len(world.claims(session)) == len(claims)
    assert world.places(session) == places
    assert world.card(session).version == 7


@pytest.mark.parametrize("status", [SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS])
def test_cancelling_gives_everything_back(world: World, status: SessionStatus) -> None:
    with prepared(world.store) as db:
        session = make_scheduled(db, course=world.fire, trainer=world.ann, venue=world.room, status=status)
    assert world.claims(session)
    world.do(lifecycle.cancel, session, "Snow")
    assert not world.claims(session)


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_cancelling_takes_a_reason(world: World, reason: str) -> None:
    session = world.scheduled()
    with pytest.raises(BadValue) as refusal:
        world.do(lifecycle.cancel, session, reason)
    assert refusal.value.facts["field"] == "reason"
    assert "reason" in error_text(refusal.value)
    assert world.card(session).status is SessionStatus.SCHEDULED


MOVES: dict[str, tuple[Any, tuple[str, ...], set[SessionStatus]]] = {
    "publish": (publishing.publish, (), {SessionStatus.DRAFT}),
    "unpublish": (lifecycle.unpublish, (), {SessionStatus.SCHEDULED}),
    "cancel": (lifecycle.cancel, ("Snow",), {SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS}),
    "reinstate": (lifecycle.reinstate, (), {SessionStatus.CANCELLED}),
}


@pytest.mark.parametrize("status", list(SessionStatus))
@pytest.mark.parametrize(("verb", "words", "allowed"), MOVES.values(), ids=MOVES.keys())
def test_every_other_move_is_refused_and_names_both_states(
    world: World, verb: Any, words: tuple[str, ...], allowed: set[SessionStatus], status: SessionStatus
) -> None:
    more = {"cancel_reason": "Rain"} if status is SessionStatus.CANCELLED else {}
    with prepared(world.store) as db:
        session = make_scheduled(db, course=world.fire, trainer=world.ann, venue=world.room, status=status, **more)
    before = world.columns(session), world.claims(session)
    if status in allowed:
        world.do(verb, session, *words)
        assert world.card(session).version == 2
        return
    with pytest.raises(WrongState) as refusal:
        world.do(verb, session, *words)
    assert refusal.value.facts["state"] is status
    assert isinstance(refusal.value.facts["wanted"], SessionStatus)
    assert (world.columns(session), world.claims(session)) == before


def test_a_session_that_is_not_there_cannot_be_moved(world: World) -> None:
    for verb, words, _allowed in MOVES.values():
        with pytest.raises(NotFound):
            world.do(verb, 987654, *words)


def test_many_at_once_are_one_change_and_the_refused_are_left_out(world: World) -> None:
    sound, clashing, gone = world.draft(), world.draft(), world.draft(trainer_id=None)
    written = world.store.write("Schedule 3", placing.for_each, [sound, clashing, gone], publishing.publish)
    assert written.value.done == (sound,)
    refused = {session: error.code for session, error in written.value.refused}
    assert refused == {clashing: "trainer_busy", gone: "missing_trainer"}
    assert written.changes.keys == {"sessions": frozenset({str(sound)})}
    assert not world.claims(clashing, gone)
