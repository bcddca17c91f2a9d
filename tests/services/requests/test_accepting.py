"""Accepting a booking request makes one session, or fills one that is there; where anything refuses, nothing (Q2)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import make_run, make_scheduled, prepared
from tests.services.requests.asking import ELEVEN, NINE, NOW, TEN, Asking
from trainer_desk import texts
from trainer_desk.models import Course, Session
from trainer_desk.models.enums import RequestStatus, SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, Stale, WrongState
from trainer_desk.services.orchestration import accepting, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import board
from trainer_desk.services.requests import deciding
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.seats.holds import live_holds
from trainer_desk.services.seats.roster import load_seats

HOUR = dt.timedelta(hours=1)


def card(asking: Asking, session_id: int | None) -> SessionCard:
    assert session_id is not None
    return asking.store.read(board.load_card, session_id)


def sessions(asking: Asking) -> list[tuple[int, int | None, bool]]:
    """Give every session with the request that made it, and whether it lies in the trash."""
    query = sa.select(Session.id, Session.booking_request_id, Session.deleted_at.is_not(None)).order_by(Session.id)
    with asking.store.reading() as db:
        return [(row[0], row[1], bool(row[2])) for row in db.execute(query)]


def names_in(asking: Asking, session_id: int | None) -> dict[str, str]:
    assert session_id is not None
    return {seat.employee_no: seat.state.value for seat in asking.store.read(load_seats, session_id)}


def is_sound(asking: Asking) -> bool:
    with asking.store.snapshot() as db:
        return check_database(db) == []


def test_it_becomes_one_scheduled_session_with_its_people(asking: Asking) -> None:
    filed = asking.file("Ola Pat")
    accepted = asking.accept(filed)
    made = card(asking, accepted.session_id)
    assert (made.status, made.trainer_id, made.venue_id) == (SessionStatus.SCHEDULED, asking.ann, asking.room)
    assert (made.starts_at, made.ends_at, made.capacity, made.enrolled) == (NINE, TEN, 8, 2)
    assert names_in(asking, made.id) == {"Ola": "confirmed", "Pat": "confirmed"}
    request = asking.request(filed)
    assert (request.status, request.session_id, request.decided_at) == (RequestStatus.ACCEPTED, made.id, NOW)
    assert sessions(asking) == [(made.id, filed, False)]
    assert is_sound(asking)


def test_a_mere_number_becomes_a_hold_until_the_start(asking: Asking) -> None:
    filed = asking.file(people=5)
    accepted = asking.accept(filed)
    [held] = asking.store.read(live_holds, card(asking, accepted.session_id).id, NOW)
    assert (held.seats, held.until_at, held.label) == (5, NINE, f"#{filed} mia")
    assert accepted.holds == (held,)


def test_what_was_left_open_is_filled_in_while_accepting(asking: Asking) -> None:
    filed = asking.file("Ola", trainer_id=None, venue_id=None)
    with pytest.raises(Refused) as refusal:
        asking.accept(filed)
    assert [one.code for one in refusal.value.findings] == ["missing_trainer", "missing_venue"]
    assert (sessions(asking), asking.request(filed).is_open) == ([], True)
    accepted = asking.accept(filed, {"trainer_id": asking.bo, "venue_id": asking.hall, "capacity": 3})
    made = card(asking, accepted.session_id)
    assert (made.trainer_id, made.venue_id, made.capacity) == (asking.bo, asking.hall, 3)


def test_another_start_keeps_the_wished_length(asking: Asking) -> None:
    filed = asking.file(ends_at=TEN + HOUR)
    made = card(asking, asking.accept(filed, {"starts_at": TEN}).session_id)
    assert (made.starts_at, made.ends_at) == (TEN, TEN + 2 * HOUR)


def test_without_an_end_it_lasts_as_long_as_its_course(asking: Asking) -> None:
    made = card(asking, asking.accept(asking.file(ends_at=None)).session_id)
    assert (made.starts_at, made.ends_at) == (NINE, TEN)


def test_it_may_stay_a_draft(asking: Asking) -> None:
    filed = asking.file("Ola", trainer_id=None, starts_at=None, ends_at=None)
    accepted = asking.accept(filed, as_draft=True)
    assert card(asking, accepted.session_id).status is SessionStatus.DRAFT
    assert names_in(asking, accepted.session_id) == {"Ola": "confirmed"}
    held = asking.accept(asking.file(people=2, starts_at=None, ends_at=None), as_draft=True).holds[0]
    assert held.until_at == NOW + dt.timedelta(days=30)


def taken_trainer(asking: Asking) -> Any:
    with prepared(asking.store) as db:
        return make_scheduled(db, ref="S-TAKEN", course=asking.fire, trainer=asking.ann, starts_at=NINE)


def test_into_a_conflict_nothing_changes_and_all_is_told(asking: Asking) -> None:
    taken = taken_trainer(asking)
    with prepared(asking.store) as db:
        make_scheduled(db, course=asking.fire, trainer=asking.bo, venue=asking.room, starts_at=NINE)
    filed = asking.file("Ola")
    before = (asking.request(filed), sessions(asking))
    with pytest.raises(Refused) as refusal:
        asking.accept(filed)
    assert {one.code for one in refusal.value.findings} == {"trainer_busy", "venue_busy"}
    assert ("S-TAKEN",) in [one.clashes_with for one in refusal.value.findings]
    assert (asking.request(filed), sessions(asking)) == before
    assert card(asking, taken).version == 1


def test_too_few_seats_for_the_number_change_nothing(asking: Asking) -> None:
    filed = asking.file(people=9)
    with pytest.raises(Refused) as refusal:
        asking.accept(filed)
    assert refusal.value.code == "session_full"
    assert (sessions(asking), asking.request(filed).is_open) == ([], True)
    assert asking.accept(filed, {"capacity": 9}).holds[0].seats == 9


def test_who_cannot_be_seated_is_told_and_does_not_stop_the_others(asking: Asking) -> None:
    with prepared(asking.store) as db:
        change = sa.update(Course).where(Course.id == asking.fire)
        db.execute(change.values(requires_intake=True, version=Course.version + 1))
        db.execute(sa.text("UPDATE people SET intake_on = '2026-01-01', version = version + 1 WHERE name = 'Ola'"))
    accepted = asking.accept(asking.file("Ola Pat"))
    assert [(one.employee_no, one.outcome, one.code) for one in accepted.outcomes] == [
        ("Ola", "enrolled", None),
        ("Pat", "refused", "intake_missing"),
    ]


def test_a_second_accept_names_the_session(asking: Asking) -> None:
    filed = asking.file()
    made = asking.accept(filed).session_id
    ref = card(asking, made).ref
    for again in (
        lambda: asking.accept(filed, version=1),
        lambda: asking.do(accepting.accept_into_session, filed, made),
    ):
        with pytest.raises(DeskError) as refusal:
            again()
        assert (refusal.value.code, refusal.value.facts["ref"]) == ("already_accepted", ref)
        assert texts.error_text(refusal.value) == f"This request was already accepted; its session is {ref}."
    assert len(sessions(asking)) == 1


def test_an_old_version_is_told_before_it_is_accepted(asking: Asking) -> None:
    filed = asking.file()
    with pytest.raises(Stale):
        asking.accept(filed, version=7)


def test_a_course_that_was_retired_since(asking: Asking) -> None:
    filed = asking.file()
    with prepared(asking.store) as db:
        change = sa.update(Course).where(Course.id == asking.fire)
        db.execute(change.values(active=False, version=Course.version + 1))
    with pytest.raises(BadValue) as refusal:
        asking.accept(filed)
    assert refusal.value.facts["why"] == "course_retired"


# ---- into what is there -------------------------------------------------------------------------------------------


def test_into_a_session_that_is_there(asking: Asking) -> None:
    with prepared(asking.store) as db:
        there = make_scheduled(db, course=asking.fire, capacity=1, waitlist="enrol")
    filed = asking.file("Ola Pat")
    accepted = asking.do(accepting.accept_into_session, filed, there)
    assert [one.outcome for one in accepted.outcomes] == ["enrolled", "waitlisted"]
    assert asking.request(filed).session_id == there
    assert sessions(asking) == [(there, None, False)]
    undo_last(asking.store)
    assert (asking.request(filed).is_open, set(names_in(asking, there).values())) == (True, {"withdrawn"})


def test_a_session_of_another_course_or_that_is_over_takes_nobody(asking: Asking) -> None:
    with prepared(asking.store) as db:
        other = make_scheduled(db, course=asking.aid)
        done = make_scheduled(db, course=asking.fire, status="COMPLETED")
    filed = asking.file("Ola")
    with pytest.raises(BadValue) as refusal:
        asking.do(accepting.accept_into_session, filed, other)
    assert refusal.value.facts["why"] == "session_of_other_course"
    with pytest.raises(WrongState):
        asking.do(accepting.accept_into_session, filed, done)
    with pytest.raises(NotFound):
        asking.do(accepting.accept_into_session, filed, 9999)
    assert asking.request(filed).is_open


def test_into_a_run_people_sit_on_every_day_and_a_number_is_held_on_each(asking: Asking) -> None:
    with prepared(asking.store) as db:
        days = [
            make_scheduled(db, course=asking.fire, run_id=asking.run, starts_at=NINE + number * dt.timedelta(days=1))
            for number in range(2)
        ]
    named, counted = asking.file("Ola"), asking.file(people=3)
    assert asking.do(accepting.accept_into_run, named, asking.run).run_id == asking.run
    held = asking.do(accepting.accept_into_run, counted, asking.run).holds
    assert [names_in(asking, day) for day in days] == [{"Ola": "confirmed"}] * 2
    assert [(one.session_id, one.seats) for one in held] == [(day, 3) for day in days]
    with pytest.raises(DeskError) as refusal:
        asking.accept(named)
    assert texts.error_text(refusal.value) == "This request was already accepted into the run JULY."


def test_a_run_without_days_or_of_another_course_takes_nobody(asking: Asking) -> None:
    with prepared(asking.store) as db:
        other = make_run(db, "OTHER", course=asking.aid)
    filed = asking.file(people=2)
    for run, kind in ((asking.run, NotFound), (other, BadValue), (9999, NotFound)):
        with pytest.raises(kind):
            asking.do(accepting.accept_into_run, filed, run)
    assert asking.request(filed).is_open


# ---- open requests that now collide ---------------------------------------------------------------------------------

OTHERS: dict[str, tuple[dict[str, Any], bool]] = {
    "the same trainer": ({"venue_id": None}, True),
    "the same room": ({"trainer_id": None}, True),
    "another trainer and room": ({"trainer_id": "bo", "venue_id": "hall"}, False),
    "back to back": ({"starts_at": TEN, "ends_at": ELEVEN}, False),
    "half an hour later": ({"starts_at": NINE + HOUR / 2, "ends_at": ELEVEN}, True),
    "without an end": ({"starts_at": NINE - HOUR / 2, "ends_at": None}, True),
    "without a time": ({"starts_at": None, "ends_at": None}, False),
    "without wishes": ({"trainer_id": None, "venue_id": None}, False),
}


@pytest.mark.parametrize(("changes", "is_told"), OTHERS.values(), ids=OTHERS.keys())
def test_open_requests_that_now_collide_are_named(asking: Asking, changes: dict[str, Any], is_told: bool) -> None:
    known = {name: getattr(asking, value) if isinstance(value, str) else value for name, value in changes.items()}
    filed, other, declined = asking.file(), asking.file(**known), asking.file(**known)
    asking.decline(declined)
    accepted = asking.accept(filed)
    assert [one.id for one in accepted.colliding] == ([other] if is_told else [])


def test_the_whole_hall_collides_with_its_half(asking: Asking) -> None:
    filed = asking.file(venue_id=asking.hall)
    other = asking.file(trainer_id=None, venue_id=asking.hall_a)
    accepted = asking.accept(filed)
    assert asking.do(deciding.decline_all, [one.id for one in accepted.colliding], "The hall is taken") == (other,)


# ---- taken back -----------------------------------------------------------------------------------------------------


def test_undo_makes_the_request_open_again_and_a_second_accept_makes_another_session(asking: Asking) -> None:
    filed = asking.file("Ola")
    first = asking.accept(filed).session_id
    undo_last(asking.store)
    assert (asking.request(filed).status, asking.request(filed).session_id) == (RequestStatus.DRAFT, None)
    assert (sessions(asking), set(names_in(asking, first).values())) == ([(first, filed, True)], {"withdrawn"})
    second = asking.accept(filed).session_id
    assert sessions(asking) == [(first, filed, True), (second, filed, False)]
    assert names_in(asking, second) == {"Ola": "confirmed"}
    with pytest.raises(DeskError) as refusal:
        asking.do(scheduling.restore_session, first)
    refs = (card(asking, first).ref, card(asking, second).ref)
    assert texts.error_text(refusal.value).startswith(
        f"{refs[0]} came of the request #{filed}, which has become {refs[1]}"
    )
    assert is_sound(asking)


def test_while_the_request_is_open_again_its_session_stays_in_the_trash(asking: Asking) -> None:
    filed = asking.file()
    made = asking.accept(filed).session_id
    undo_last(asking.store)
    ref = card(asking, made).ref
    with pytest.raises(DeskError) as refusal:
        asking.do(scheduling.restore_session, made)
    said = f"{ref} came of the request #{filed}, which is open again. Accept or decline that instead."
    assert texts.error_text(refusal.value) == said
    asking.decline(filed)
    with pytest.raises(DeskError) as refusal:
        asking.do(scheduling.restore_session, made)
    assert "which is declined by now" in texts.error_text(refusal.value)


def test_redo_of_an_accept_brings_the_same_session_back(asking: Asking) -> None:
    filed = asking.file("Ola", people=None)
    made = asking.accept(filed).session_id
    undo_last(asking.store)
    redo_last(asking.store)
    assert asking.request(filed).session_id == made
    assert card(asking, made).status is SessionStatus.SCHEDULED
    assert names_in(asking, made) == {"Ola": "confirmed"}
    assert is_sound(asking)


def test_redo_is_refused_once_somebody_else_accepted(asking: Asking) -> None:
    filed = asking.file()
    asking.accept(filed)
    undo_last(asking.store)
    other = asking.as_login("boss", accepting.accept, filed)
    if asking.store.is_file:
        with pytest.raises(Stale):
            redo_last(asking.store)
    else:  # a server knows one login here, whose newer deed leaves nothing to do again
        assert redo_last(asking.store).value is None
    assert asking.request(filed).session_id == other.session_id


def test_a_session_that_was_cancelled_and_deleted_comes_back_from_the_trash(asking: Asking) -> None:
    filed = asking.file()
    made = asking.accept(filed).session_id
    asking.do(scheduling.cancel, made, "Snow")
    asking.do(scheduling.delete_session, made)
    with pytest.raises(DeskError) as refusal:
        asking.accept(filed)
    assert refusal.value.code == "already_accepted"
    asking.do(scheduling.restore_session, made)
    assert card(asking, made).status is SessionStatus.DRAFT


def test_the_database_takes_no_second_session_of_one_request(asking: Asking) -> None:
    filed = asking.file()
    asking.accept(filed)
    with prepared(asking.store) as db, pytest.raises(sa.exc.DatabaseError), db.begin_nested():
        make_scheduled(db, booking_request_id=filed)


def test_the_check_finds_a_session_that_its_request_does_not_name(asking: Asking) -> None:
    filed = asking.file()
    with prepared(asking.store) as db:
        make_scheduled(db, ref="S-ODD", booking_request_id=filed)
    with asking.store.snapshot() as db:
        [found] = check_database(db)
    assert (found.code, found.facts) == ("session_unasked", {"ref": "S-ODD", "request": f"#{filed}"})
