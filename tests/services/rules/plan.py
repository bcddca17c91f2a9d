"""A small organisation as plain values: what the tables of the rules are judged against.

Trainers 1 Ann, 2 Bo (both may teach course 1), 3 Cy (may not), 4 Di (has left); venues 10 Room A, 11 Room B,
20 Hall with its parts 21 and 22, 30 closed for good; equipment 40 Beamer, 49 worn out.
Everything happens on Tue 24 November 2026.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from trainer_desk.models.enums import OverlapPolicy, SessionStatus, VenueKind
from trainer_desk.services.rows.directory import (
    CourseRow,
    Directory,
    EquipmentRow,
    QualificationRow,
    Settings,
    TrainerRow,
    VenueRow,
)
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

COURSE = CourseRow(1, "LOTO", "Lockout–Tagout", "LOTO", "Safety", 0, 180, 24, 60, 20, OverlapPolicy.WARN)
OTHER_COURSE = CourseRow(2, "FIRE", "Fire Warden", "FIRE", "Safety", 0, 60, 12, 60, None, OverlapPolicy.WARN)


def at(clock: str, *, day: date = DAY) -> datetime:
    """Give the UTC instant of a clock time; the organisation is in London, where winter time is UTC."""
    hours, minutes = clock.split(":")
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=int(hours), minutes=int(minutes))


def venue(id_: int, name: str, capacity: int | None = 20, *parts: int, **more: Any) -> VenueRow:
    row = VenueRow(id_, f"V{id_}", name, VenueKind.ROOM, capacity, None, 0, "North", parts or (id_,))
    return replace(row, **more)


def directory(*, venues: dict[int, VenueRow] | None = None, **more: Any) -> Directory:
    rooms = {
        10: venue(10, "Room A"),
        11: venue(11, "Room B", 30),
        20: venue(20, "Hall", 60, 21, 22),
        21: venue(21, "Hall A", part_of_id=20),
        22: venue(22, "Hall B", part_of_id=20),
        30: venue(30, "Old Barn", active=False),
    }
    values: dict[str, Any] = {
        "settings": Settings(zone_name="Europe/London"),
        "courses": {1: COURSE, 2: OTHER_COURSE},
        "trainers": {
            1: TrainerRow(1, "T1", "Ann", 30),
            2: TrainerRow(2, "T2", "Bo", None),
            3: TrainerRow(3, "T3", "Cy", None),
            4: TrainerRow(4, "T4", "Di", None, active=False),
        },
        "venues": rooms | (venues or {}),
        "equipment": {
            40: EquipmentRow(40, "E40", "Beamer"),
            49: EquipmentRow(49, "E49", "Old Dummy", active=False),
        },
        "qualifications": {(key, 1): (QualificationRow(key, 1),) for key in (1, 2, 4)},
    }
    return Directory(**(values | more))


CARD = SessionCard(
    id=100,
    ref="S-100",
    course_id=1,
    title=None,
    status=SessionStatus.DRAFT,
    starts_at=at("10:00"),
    ends_at=at("12:00"),
    trainer_id=1,
    venue_id=10,
    co_trainer_ids=(),
    equipment_ids=(),
    capacity=None,
    seats_taken=0,
    version=1,
)


def card(**changes: Any) -> SessionCard:
    """Give Ann's Lockout–Tagout in Room A, 10:00 to 12:00, with changes."""
    return replace(CARD, **changes)


def claim(resource_id: int, start: str, end: str, *, session_id: int = 200, after: int = 0) -> ClaimRow:
    """Give the claim of another session, with `after` minutes of turnaround."""
    return ClaimRow(
        resource_id=resource_id,
        starts_at=at(start),
        ends_at=at(end) + timedelta(minutes=after),
        session_id=session_id,
        session_ref=f"S-{session_id}",
        session_title="Fire Warden",
        session_starts_at=at(start),
        session_ends_at=at(end),
    )


def block(resource_id: int | None, start: str, end: str, *, id_: int = 7, reason: str = "illness") -> BlockRow:
    return BlockRow(id_, resource_id, at(start), at(end), reason)


def claim_of(row: BlockRow) -> ClaimRow:
    """Give a block as the claim under which the database keeps it."""
    assert row.resource_id is not None
    return ClaimRow(row.resource_id, row.starts_at, row.ends_at, block_id=row.id, reason=row.reason)
