"""What a notice says: when, where and why, as it is read today (D6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from trainer_desk.models.enums import NoticeKind, RequestStatus
from trainer_desk.services.rows.notices import Notice
from trainer_desk.texts.notices import leads_text, notice_text

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN = Notice(1, NoticeKind.ENROLLED, NOW, "sam", "Fire safety", starts_at=NINE, ends_at=NINE + HOUR, venue="Room 1")
KIND = NoticeKind


def told(kind: NoticeKind, **facts: object) -> str:
    return notice_text(replace(PLAIN, kind=kind, **facts), LONDON, NOW)  # type: ignore[arg-type]


SAID = [
    (KIND.ENROLLED, {}, "You have a place in Fire safety on Tue 1 Dec, 09:00–10:00, Room 1."),
    (
        KIND.ENROLLED,
        {"starts_at": NOW + HOUR, "ends_at": NOW + 2 * HOUR, "venue": None},
        "You have a place in Fire safety today, 09:00–10:00.",
    ),
    (
        KIND.PROMOTED,
        {"starts_at": NOW + DAY, "ends_at": NOW + DAY + HOUR},
        "You have come off the waitlist: you have a place in Fire safety tomorrow, 08:00–09:00, Room 1.",
    ),
    (
        KIND.OFFERED,
        {"until_at": NOW + 2 * DAY},
        "A seat in Fire safety on Tue 1 Dec, 09:00–10:00 is offered to you until Thu 08:00. Accept or decline it.",
    ),
    (KIND.WAITLISTED, {}, "You are on the waitlist of Fire safety on Tue 1 Dec, 09:00–10:00."),
    (KIND.WITHDRAWN, {}, "You have no place in Fire safety on Tue 1 Dec, 09:00–10:00 any more."),
    (
        KIND.WITHDRAWN,
        {"outcome": "lapsed"},
        "The offer of a seat in Fire safety on Tue 1 Dec, 09:00–10:00 has ended unanswered.",
    ),
    (
        KIND.MOVED,
        {"was_starts_at": NINE - DAY, "was_ends_at": NINE - DAY + HOUR, "was_venue": "Room 2"},
        "Fire safety has moved: it takes place on Tue 1 Dec, 09:00–10:00, Room 1, no longer on Mon 30 Nov,"
        " 09:00–10:00.",
    ),
    (
        KIND.MOVED,
        {"was_starts_at": NINE, "was_ends_at": NINE + HOUR, "was_venue": "Room 2"},
        "Fire safety on Tue 1 Dec, 09:00–10:00 takes place in Room 1, not in Room 2.",
    ),
    (KIND.CANCELLED, {"reason": "Trainer ill."}, "Fire safety on Tue 1 Dec, 09:00–10:00 is cancelled: Trainer ill."),
    (
        KIND.UNSCHEDULED,
        {},
        "Fire safety on Tue 1 Dec, 09:00–10:00 is being planned again. Wait for the new date.",
    ),
    (KIND.ASSIGNED, {}, "You teach Fire safety on Tue 1 Dec, 09:00–10:00, Room 1."),
    (KIND.UNASSIGNED, {}, "You do not teach Fire safety on Tue 1 Dec, 09:00–10:00 any more."),
    (
        KIND.DECIDED,
        {"outcome": "ACCEPTED"},
        "Your request for Fire safety is accepted: it takes place on Tue 1 Dec, 09:00–10:00, Room 1.",
    ),
    (KIND.DECIDED, {"outcome": "DECLINED", "reason": "Full"}, "Your request for Fire safety is declined: Full."),
    (KIND.DECIDED, {"outcome": "DRAFT"}, "Your request for Fire safety is open again."),
    (KIND.REMINDER, {}, "Coming up: Fire safety on Tue 1 Dec, 09:00–10:00, Room 1."),
    (KIND.REMINDER, {"teaches": True}, "Coming up: you teach Fire safety on Tue 1 Dec, 09:00–10:00, Room 1."),
]


@pytest.mark.parametrize(("kind", "facts", "sentence"), SAID)
def test_each_kind_has_its_sentence(kind: NoticeKind, facts: dict[str, object], sentence: str) -> None:
    assert told(kind, **facts) == sentence


@pytest.mark.parametrize("kind", KIND)
@pytest.mark.parametrize("outcome", [None, "lapsed", *RequestStatus])
def test_there_is_a_sentence_even_without_facts(kind: NoticeKind, outcome: str | None) -> None:
    said = notice_text(Notice(1, kind, NOW, "sam", "Fire\nsafety", outcome=outcome), LONDON, NOW)
    assert said.endswith(".")
    assert "Fire safety" in said


@pytest.mark.parametrize(
    ("leads", "said"),
    [((1440, 60), "1 day, 1 hour"), ((4320, 120, 90, 15), "3 days, 2 hours, 90 min, 15 min"), ((), "none")],
)
def test_leads_read_as_they_are_typed(leads: tuple[int, ...], said: str) -> None:
    assert leads_text(leads) == said
