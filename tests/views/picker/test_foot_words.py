"""What the foot of the picker says before people are added, as tables: seats, waitlist, run, reasons, room, button."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import BERLIN
from trainer_desk.models.enums import SessionStatus, VenueKind
from trainer_desk.services.rows.directory import VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Foresight, RunRoom
from trainer_desk.views.picker import foot_words as words

ROOM = VenueRow(3, "TRA", "Training Room A", VenueKind.ROOM, 20, None, 0, "", (3,))
FULL, NO_WAITLIST, WAITLIST = "Session Full ({0}/{0}).", Foresight(queues=False), Foresight(queues=True)
JULY = RunRoom("July batch", people=17, limit=18, joining=0)


def card(**columns: Any) -> SessionCard:
    values: dict[str, Any] = dict.fromkeys(SessionCard.__dataclass_fields__) | {
        "id": 1, "ref": "S1", "course_id": 2, "status": SessionStatus.SCHEDULED, "co_trainer_ids": (),
        "equipment_ids": (), "seats_taken": 12, "version": 1, "offered": 0, "held": 0, "waiting": 0,
    }  # fmt: skip
    return SessionCard(**(values | columns))


@pytest.mark.parametrize(
    ("capacity", "chosen", "venue_says", "full_says"),
    [
        (None, 8, ("", ""), ("", "")),
        (None, 13, ("Venue Capacity Exceeded (25/20).", "You can still add everyone."), ("", "")),
        (12, 0, ("", ""), ("Session Full (12/12).", "Nobody more will fit.")),
        (12, 2, ("", ""), ("Session Full (12/12).", "2 people will not fit.")),
        (15, 3, ("", ""), ("", "")),
        (15, 4, ("", ""), ("Session Full (15/15).", "1 person will not fit; the first 3 chosen will.")),
        (
            22,
            13,
            ("Venue Capacity Exceeded (22/20).", ""),
            ("Session Full (22/22).", "3 people will not fit; the first 10 chosen will."),
        ),
        (25, 13, ("Venue Capacity Exceeded (25/20).", "You can still add everyone."), ("", "")),
    ],
)
def test_without_a_waitlist_the_foot_says_who_will_not_fit(
    capacity: int | None, chosen: int, venue_says: tuple[str, str], full_says: tuple[str, str]
) -> None:
    session = card(capacity=capacity)
    seen = words.roughly(session, chosen, NO_WAITLIST)
    assert words.venue_alert(session, ROOM, seen, BERLIN) == venue_says
    assert words.full_alert(session, seen, BERLIN) == full_says


@pytest.mark.parametrize(
    ("columns", "chosen", "full_says", "button"),
    [
        ({"capacity": 12}, 0, "Whoever is added will wait.", "Add"),
        ({"capacity": 12}, 1, "1 person will wait (place 1).", "Add 1 to the waitlist"),
        ({"capacity": 12, "waiting": 3}, 2, "2 people will wait (places 4–5).", "Add 2 to the waitlist"),
        (
            {"capacity": 15, "waiting": 3}, 5, "3 people will be added; 2 will wait (places 4–5).",
            "Add 5 people",
        ),
        ({"capacity": 15}, 3, "", "Add 3 people"),
        ({"capacity": None}, 1, "", "Add 1 person"),
        ({"capacity": 15, "held": 2, "offered": 1}, 4, "3 people will be added; 1 will wait (place 1).",
         "Add 4 people"),
    ],
)  # fmt: skip
def test_with_a_waitlist_the_foot_says_who_will_wait_and_where(
    columns: dict[str, Any], chosen: int, full_says: str, button: str
) -> None:
    session = card(**columns)
    seen = words.roughly(session, chosen, WAITLIST)
    sentence, remark = words.full_alert(session, seen, BERLIN)
    assert remark == full_says
    assert sentence == (FULL.format(session.capacity) if full_says else "")
    assert words.add_text(seen, chosen) == button


def test_in_a_queue_by_urgency_nobody_is_promised_a_place() -> None:
    seen = Foresight(queues=True, waiting=2)
    assert words.full_alert(card(capacity=12), seen, BERLIN)[1] == "2 people will wait (most urgent first)."


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (Foresight(queues=True, seated=1, run=replace(JULY, joining=1)), ("", "")),
        (
            Foresight(queues=True, waiting=2, places=(1, 2), kept={"run_full": 2}, run=JULY),
            ("Run July batch: 17 of 18 people.", "2 people would go beyond it and will wait."),
        ),
        (
            Foresight(queues=False, refused={"run_full": 1}, run=JULY),
            ("Run July batch: 17 of 18 people.", "1 person will not fit."),
        ),
    ],
)
def test_a_run_at_its_limit_is_told(seen: Foresight, says: tuple[str, str]) -> None:
    assert words.run_alert(seen) == says
    assert words.full_alert(card(capacity=15), seen, BERLIN) == ("", "")


def test_the_meter_of_a_run_counts_who_would_join() -> None:
    assert words.run_text(Foresight(queues=True, run=replace(JULY, joining=1))) == "Run July batch: 18 of 18 people"
    assert words.run_text(Foresight(queues=True)) == ""
    assert words.roughly(card(capacity=15), 2, Foresight(queues=True, run=replace(JULY, joining=1))).run == JULY


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (Foresight(queues=True, waiting=2, places=(1, 2), kept={}), ("", "")),
        (
            Foresight(queues=True, seated=3, waiting=1, places=(4, 4), kept={"attendee_busy": 1}),
            ("1 person is busy then and will wait (place 4).", ""),
        ),
        (
            Foresight(queues=True, waiting=3, places=(4, 6), kept={"attendee_busy": 2}),
            ("2 people are busy then and will wait.", ""),
        ),
        (
            Foresight(queues=True, waiting=1, places=(1, 1), kept={"attendee_busy": 1}, refused={"intake_missing": 2}),
            ("2 people have no intake on file and will be refused.", "1 person is busy then and will wait (place 1)."),
        ),
        (Foresight(queues=False, refused={"attendee_busy": 1}), ("1 person is busy then and will be refused.", "")),
    ],
)
def test_reasons_of_peoples_own_are_told(seen: Foresight, says: tuple[str, str]) -> None:
    assert words.reason_alert(seen) == says


def test_a_full_session_in_a_room_too_small_offers_no_more() -> None:
    session = card(capacity=25, seats_taken=25)
    seen = words.roughly(session, 0, NO_WAITLIST)
    assert words.venue_alert(session, ROOM, seen, BERLIN) == ("Venue Capacity Exceeded (25/20).", "")


@pytest.mark.parametrize(
    ("capacity", "venue", "limit"), [(None, None, None), (18, ROOM, 18), (25, ROOM, 20), (None, ROOM, 20)]
)
def test_the_meter_measures_against_the_tighter_limit(
    capacity: int | None, venue: VenueRow | None, limit: int | None
) -> None:
    assert words.limit_of(card(capacity=capacity), venue) == limit
