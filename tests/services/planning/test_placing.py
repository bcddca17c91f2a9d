"""Moves of the calendar as one write: copies, back to the tray, and many sessions with some refused."""

import pytest

from tests.factories import MONDAY, make_course, make_draft, make_scheduled, make_trainer, make_venue, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import Refused, WrongState
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.planning.placing import for_each, place_copy
from trainer_desk.services.planning.publishing import publish
from trainer_desk.services.store.engine import Store


def test_a_copy_is_a_draft_elsewhere_and_the_original_stays(store: Store) -> None:
    with prepared(store) as db:
        session, other = make_scheduled(db), make_trainer(db)
    copy = store.write("Copy", place_copy, session, {"trainer_id": other}).value
    card = store.read(load_card, copy)
    assert (card.status, card.trainer_id, card.starts_at) == (SessionStatus.DRAFT, other, MONDAY)
    assert store.read(load_card, session).status is SessionStatus.SCHEDULED


def test_unscheduling_takes_date_and_claims_in_one_step_of_undo(store: Store) -> None:
    with prepared(store) as db:
        course, venue = make_course(db), make_venue(db)
        trainer = make_trainer(db, courses=[course])
        session = make_scheduled(db, course=course, trainer=trainer, venue=venue)
        rival = make_draft(db, course=course, trainer=trainer, venue=venue, starts_at=MONDAY)
    store.write("Unschedule", scheduling.unschedule, session)
    card = store.read(load_card, session)
    assert (card.status, card.starts_at, card.ends_at, card.trainer_id) == (SessionStatus.DRAFT, None, None, trainer)
    store.write("Schedule the rival", publish, rival)
    with pytest.raises(Refused):
        store.write("Too late", publish, session)


def test_undo_schedules_it_again(store: Store) -> None:
    with prepared(store) as db:
        session = make_scheduled(db)
    store.write("Unschedule", scheduling.unschedule, session)
    assert undo_last(store).value == "Unschedule"
    assert store.read(load_card, session).status is SessionStatus.SCHEDULED


def test_what_is_cancelled_cannot_be_unscheduled(store: Store) -> None:
    with prepared(store) as db:
        session = make_scheduled(db)
    store.write("Cancel", cancel, session, "Ill")
    with pytest.raises(WrongState):
        store.write("Unschedule", scheduling.unschedule, session)


def test_of_many_the_sound_ones_are_done_and_the_others_named(store: Store) -> None:
    with prepared(store) as db:
        course, venue = make_course(db), make_venue(db)
        trainer = make_trainer(db, courses=[course])
        whole = {"course": course, "trainer": trainer, "venue": venue, "starts_at": MONDAY}
        first, rival, bare = make_draft(db, **whole), make_draft(db, **whole), make_draft(db, course=course)
    batch = store.write("Schedule 3 sessions", for_each, [first, rival, bare], publish).value
    assert batch.done == (first,)
    assert {session: error.code for session, error in batch.refused} == {rival: "trainer_busy", bare: "missing_trainer"}
    assert store.read(load_card, rival).status is SessionStatus.DRAFT
    undo_last(store)
    assert store.read(load_card, first).status is SessionStatus.DRAFT
