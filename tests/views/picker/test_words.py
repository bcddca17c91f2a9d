"""The words of the picker's rows and head as tables: pills, notes, what for and when."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import BERLIN, at
from trainer_desk.models.enums import ComplianceStatus, SessionStatus, VenueKind
from trainer_desk.services.rows.directory import CourseRow, Directory, Settings, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.views.picker import words

NON_COMPLIANT, PENDING, COMPLIANT = ComplianceStatus
DAY = dt.date(2026, 11, 24)
ROOM = VenueRow(3, "TRA", "Training Room A", VenueKind.ROOM, 20, None, 0, "", (3,))


def person(group: int, status: ComplianceStatus | None, after: int | None, **others: Any) -> Candidate:
    expires_on = None if after is None else DAY + dt.timedelta(days=after)
    return Candidate(1, "P11659", "Hana Novak", "Logistics", "", "", group, status, expires_on, **others)


def card(**columns: Any) -> SessionCard:
    values: dict[str, Any] = dict.fromkeys(SessionCard.__dataclass_fields__) | {
        "id": 1, "ref": "S1", "course_id": 2, "status": SessionStatus.SCHEDULED, "co_trainer_ids": (),
        "equipment_ids": (), "seats_taken": 12, "version": 1,
    }  # fmt: skip
    return SessionCard(**(values | columns))


@pytest.mark.parametrize(
    ("one", "pill", "shape"),
    [
        (person(RED, NON_COMPLIANT, None), "Never trained", ("danger", "octagon-alert")),
        (person(RED, NON_COMPLIANT, -15), "Expired 09 Nov 2026", ("danger", "octagon-alert")),
        (person(RED, COMPLIANT, -1), "Expired 23 Nov 2026", ("danger", "octagon-alert")),
        (person(RED, NON_COMPLIANT, 30), "Not compliant", ("danger", "octagon-alert")),
        (person(YELLOW, PENDING, None), "Result awaited", ("warn", "triangle-alert")),
        (person(EXPIRING, COMPLIANT, 21), "Expires in 21 days", ("expiring", "clock")),
        (person(EXPIRING, COMPLIANT, 0), "Last valid day", ("expiring", "clock")),
        (person(GREEN, COMPLIANT, 400), "Valid to 29 Dec 2027", ("ok", "circle-check")),
        (person(GREEN, COMPLIANT, None), "Compliant", ("ok", "circle-check")),
        (person(GREEN, None, None), "Nothing on record", ("muted", "circle-dashed")),
    ],
)
def test_pills_say_it_in_words_and_shape(one: Candidate, pill: str, shape: tuple[str, str]) -> None:
    assert words.pill_of(one, DAY) == pill
    assert words.shape_of(one) == shape


def test_notes_tell_of_other_dates_overlaps_and_a_place_given_up() -> None:
    held = {"booked_on": ("A", "B"), "booked_at": (at("2026-12-03 09:00"), at("2027-01-05 09:00"))}
    one = person(RED, NON_COMPLIANT, None, busy_with=("Fire Warden", "X"), withdrawn=True, **held)
    assert [text for _icon, _tone, text in words.notes_of(one, DAY, BERLIN)] == [
        "Has a seat at the same time in Fire Warden (+1)",
        "Already booked on Thu 3 Dec and 1 more",
        "Withdrew before",
    ]
    spoken = words.spoken(one, DAY, BERLIN, chosen=True)
    assert spoken.startswith("Hana Novak, Not compliant, Never trained, Logistics, P11659, Has a seat")
    assert spoken.endswith("chosen")


@pytest.mark.parametrize(
    ("start", "blocks", "note"),
    [
        ("2026-11-24 09:00", (True,), ("octagon-alert", "danger", "Cannot sit: in Fire Warden Tue 09:00")),
        ("2026-11-23 22:00", (True,), ("octagon-alert", "danger", "Cannot sit: in Fire Warden Mon 23 Nov 22:00")),
        ("2026-11-24 09:00", (True, True), ("octagon-alert", "danger", "Cannot sit: in Fire Warden Tue 09:00 (+1)")),
        ("2026-11-24 09:00", (False, True), ("octagon-alert", "danger", "Cannot sit: in Audit Tue 10:00")),
        ("2026-11-24 09:00", (False,), ("triangle-alert", "warn", "Has a seat at the same time in Fire Warden")),
    ],
)
def test_what_keeps_somebody_from_a_seat_is_red_and_a_warning_orange(
    start: str, blocks: tuple[bool, ...], note: tuple[str, str, str]
) -> None:
    number = len(blocks)
    busy = {"busy_with": ("Fire Warden", "Audit")[:number], "busy_at": (at(start), at("2026-11-24 10:00"))[:number]}
    one = person(RED, NON_COMPLIANT, None, busy_blocks=blocks, **busy)
    assert words.notes_of(one, DAY, BERLIN) == [note]
    assert note[2] in words.spoken(one, DAY, BERLIN, chosen=False)


def test_an_intake_that_is_missing_is_told_first() -> None:
    one = person(RED, NON_COMPLIANT, None, intake_missing=True, withdrawn=True)
    notes = words.notes_of(one, DAY, BERLIN)
    assert notes[0] == ("octagon-alert", "danger", "No intake on file")
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            {"starts_at": at("2026-11-24 13:30"), "ends_at": at("2026-11-24 16:30"), "venue_id": 3},
            "Lockout–Tagout · Tue 24 Nov · 13:30–16:30 · Training Room A",
        ),
        (
            {"starts_at": at("2027-01-05 22:00"), "ends_at": at("2027-01-06 02:00"), "title": "Night <b>shift</b>"},
            "Night <b>shift</b> · Tue 5 Jan 22:00 – Wed 6 Jan 02:00",
        ),
        ({"venue_id": 3}, "Lockout–Tagout · no date yet: judged as of today, 20 Nov 2026 · Training Room A"),
    ],
)
def test_the_head_says_what_for_and_when(columns: dict[str, Any], said: str) -> None:
    course = CourseRow(2, "LOTO", "Lockout–Tagout", "LOTO", "", 0, 60, None, 60, None, None)  # type: ignore[arg-type]
    directory = Directory(Settings(zone_name="Europe/Berlin"), {2: course}, venues={3: ROOM})
    assert words.subtitle_of(card(**columns), directory, dt.date(2026, 11, 20)) == said
