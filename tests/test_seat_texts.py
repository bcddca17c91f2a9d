"""Why a session is full, in words, and what is said of people who want a seat (K2, K5)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Hold, Outcome, Seat
from trainer_desk.texts.seats import outcome_text, seats_sentence, skip_text, until_text

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 14, 5, 30, tzinfo=UTC)
LATER = FRIDAY + timedelta(days=7)


def card(**columns: Any) -> SessionCard:
    plain: dict[str, Any] = {
        "id": 1, "ref": "A", "course_id": 1, "title": None, "status": SessionStatus.SCHEDULED, "starts_at": None,
        "ends_at": None, "trainer_id": None, "venue_id": None, "co_trainer_ids": (), "equipment_ids": (),
        "capacity": 12, "seats_taken": 0, "version": 1,
    }  # fmt: skip
    return SessionCard(**plain | columns)


def hold(label: str, seats: int = 1, until_at: datetime = FRIDAY) -> Hold:
    return Hold(1, 1, seats, label, until_at, "marta")


def offer(name: str, until: datetime | None = FRIDAY) -> Seat:
    return Seat(
        1, 1, "1", name, "", EnrollmentState.OFFERED, Attendance.REGISTERED, None, None, NOW, "marta", None, None,
        offer_until=until,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "12 spots left: 0 enrolled"),
        ({"seats_taken": 12}, "Session Full: 12 enrolled"),
        ({"seats_taken": 13, "waiting": 2}, "Session Full: 13 enrolled, 2 waiting"),
        ({"seats_taken": 11}, "1 spot left: 11 enrolled"),
        ({"seats_taken": 11, "capacity": None}, "No limit: 11 enrolled"),
        ({"seats_taken": 12, "status": SessionStatus.COMPLETED}, "12 enrolled"),
        ({"seats_taken": 5, "status": SessionStatus.CANCELLED, "waiting": 1}, "5 enrolled, 1 waiting"),
    ],
)
def test_how_full_a_session_is(columns: dict[str, Any], said: str) -> None:
    assert seats_sentence(card(**columns), [], [], LONDON) == said


def test_why_a_session_is_full() -> None:
    full = card(seats_taken=12, held=1, offered=1, waiting=3)
    said = seats_sentence(full, [hold("Acme")], [offer("Bo Kim")], LONDON, now=NOW)
    assert said == (
        "Session Full: 10 enrolled, 1 held (Acme, until Fri 14:05), 1 offered (Bo Kim, until Fri 14:05), 3 waiting"
    )
    assert "(Acme, until Fri 27 Nov 14:05)" in seats_sentence(full, [hold("Acme")], [], LONDON)


def test_several_holds_and_offers_are_told_with_their_numbers() -> None:
    full = card(seats_taken=12, held=4, offered=5)
    holds = [hold("Acme", 3), hold("Be & <b>Co</b>\nLtd", 1, LATER)]
    offers = [offer(name) for name in ("Bo", "Cy", "Di", "Ed")] + [offer("Flo", None)]
    assert seats_sentence(full, holds, offers, LONDON, now=NOW) == (
        "Session Full: 3 enrolled, 4 held (3 Acme, until Fri 14:05; 1 Be & <b>Co</b> Ltd, until Fri 4 Dec 14:05), "
        "5 offered (Bo, until Fri 14:05; Cy, until Fri 14:05; Di, until Fri 14:05; 2 more)"
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (None, "Fri 27 Nov 14:05"),
        (FRIDAY - timedelta(days=6), "Fri 14:05"),
        (FRIDAY - timedelta(days=6, minutes=1), "Fri 27 Nov 14:05"),
        (FRIDAY + timedelta(minutes=1), "Fri 27 Nov 14:05"),
        (FRIDAY, "Fri 14:05"),
    ],
)
def test_when_something_ends(now: datetime | None, said: str) -> None:
    assert until_text(FRIDAY, LONDON, now) == said


BUSY = Finding("attendee_busy", facts={"name": "Ann"})


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("1", "enrolled"), "enrolled"),
        (Outcome("1", "already", "already_enrolled", 2), "already there, place 2"),
        (Outcome("1", "waitlisted", None, 1), "on the waitlist, place 1"),
        (
            Outcome("1", "waitlisted", "attendee_busy", 1, (BUSY,)),
            "on the waitlist, place 1: Ann has a place in another session at that time.",
        ),
    ],
)
def test_what_became_of_a_person(outcome: Outcome, said: str) -> None:
    assert outcome_text(outcome, LONDON) == said


@pytest.mark.parametrize(
    ("code", "ref", "said"),
    [
        ("attendee_busy", "B", "Ann has a place in B at that time."),
        ("attendee_busy", None, "Ann has a place in another session at that time."),
        ("run_full", None, "The run is full. Choose another run."),
        ("intake_missing", None, "This course requires an intake on file, and there is none. Record the intake first."),
    ],
)
def test_why_somebody_still_waits(code: str, ref: str | None, said: str) -> None:
    assert skip_text("Ann", code, ref, LONDON) == said
