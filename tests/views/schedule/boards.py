"""Made-up boards for tests of the painted schedule: a busy week, and a conference with very many parallel sessions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import OverlapPolicy, SessionStatus, VenueKind
from trainer_desk.services.rows.directory import (
    CourseRow,
    Directory,
    QualificationRow,
    Settings,
    TrainerRow,
    VenueRow,
)
from trainer_desk.services.rows.schedule import BlockRow, Board, SessionCard

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
SETTINGS = Settings("Northgate Logistics", "Europe/Berlin", time(8), time(17))
DRAFT, SCHEDULED, COMPLETED, CANCELLED = (
    SessionStatus.DRAFT,
    SessionStatus.SCHEDULED,
    SessionStatus.COMPLETED,
    SessionStatus.CANCELLED,
)
COURSES = (
    ("Forklift Operator", "FLT", 0, 240), ("Forklift Refresher", "FLT-R", 0, 120), ("First Aid at Work", "FAW", 1, 360),
    ("AED & CPR", "AED", 1, 120), ("Working at Height", "WAH", 2, 240), ("Ladder Inspection", "LADR", 2, 90),
    ("Fire Warden", "FW", 3, 180), ("Fire Extinguisher Use", "EXT", 3, 90), ("Manual Handling", "MH", 4, 120),
    ("Display Screen Set-up", "DSE", 4, 60), ("Asbestos Awareness", "ASB", 5, 180),
    ("Hazardous Substances", "HAZ", 5, 150), ("Confined Space Entry", "CSE", 6, 300),
    ("Lockout–Tagout", "LOTO", 6, 180), ("Hot Work Permit", "HWP", 6, 120), ("Defensive Driving", "DRV", 7, 240),
)  # fmt: skip
TRAINERS = (
    "John Smith", "Aisha Rahman", "Marta Kowalska", "Diego Alvarez", "Yuki Tanaka", "Femi Adeyemi", "Ingrid Solberg",
    "Rahul Mehta", "Claire Dubois", "Tom Okafor", "Lena Fischer", "Sam Whitford",
)  # fmt: skip
VENUES = (
    ("Training Room A", 20), ("Training Room B", 16), ("Yard 2", 12), ("First-aid Suite", 14), ("Rig Tower", 8),
    ("Canteen Hall", 60), ("Classroom 4", 24), ("Fire Ground", 18),
)  # fmt: skip
FIRST_TRAINER, FIRST_VENUE = 101, 201
TITLES = [title for title, *_ in COURSES]

# day, hour, minute, course, trainer, venue, state, people
WEEK = (
    (0, 8, 0, "Manual Handling", 0, 0, COMPLETED, 18), (0, 8, 30, "Forklift Operator", 3, 2, COMPLETED, 10),
    (0, 10, 30, "AED & CPR", 5, 3, COMPLETED, 12), (0, 13, 0, "Fire Warden", 1, 7, COMPLETED, 15),
    (0, 13, 0, "Asbestos Awareness", 4, 6, COMPLETED, 14), (0, 15, 30, "Ladder Inspection", 2, 4, COMPLETED, 6),
    (1, 8, 0, "First Aid at Work", 5, 3, SCHEDULED, 12), (1, 8, 0, "Hot Work Permit", 0, 1, SCHEDULED, 12),
    (1, 9, 0, "Working at Height", 2, 4, SCHEDULED, 8), (1, 9, 30, "Hazardous Substances", 8, 6, SCHEDULED, 20),
    (1, 11, 0, "Manual Handling", 10, 1, SCHEDULED, 15), (1, 13, 30, "Lockout–Tagout", 0, 0, SCHEDULED, 25),
    (1, 14, 30, "Hot Work Permit", 6, 1, SCHEDULED, 9), (1, 16, 0, "Display Screen Set-up", 10, 6, SCHEDULED, 9),
    (2, 8, 0, "Confined Space Entry", 6, 1, SCHEDULED, 12), (2, 8, 30, "Lockout–Tagout", 0, 0, SCHEDULED, 19),
    (2, 8, 30, "Forklift Refresher", 3, 2, SCHEDULED, 11), (2, 10, 30, "Forklift Refresher", 3, 2, DRAFT, 7),
    (2, 10, 0, "AED & CPR", 7, 3, SCHEDULED, 10), (2, 13, 30, "Fire Extinguisher Use", 1, 7, SCHEDULED, 16),
    (2, 14, 0, "Manual Handling", 0, 0, SCHEDULED, 20), (2, 15, 30, "Display Screen Set-up", 8, 6, SCHEDULED, 12),
    (3, 8, 0, "Defensive Driving", 9, 5, SCHEDULED, 21), (3, 8, 30, "Hazardous Substances", 11, 6, SCHEDULED, 20),
    (3, 9, 0, "First Aid at Work", 5, 3, SCHEDULED, 13), (3, 9, 0, "Ladder Inspection", 2, 4, DRAFT, 3),
    (3, 10, 0, "Manual Handling", 0, 1, SCHEDULED, 14), (3, 11, 0, "Fire Warden", 1, 7, CANCELLED, 0),
    (3, 13, 0, "Working at Height", 2, 4, SCHEDULED, 8), (3, 13, 30, "Asbestos Awareness", 4, 0, SCHEDULED, 17),
    (3, 15, 0, "Lockout–Tagout", 0, 0, DRAFT, 12), (5, 8, 0, "Forklift Operator", 3, 2, SCHEDULED, 11),
)  # fmt: skip
UNDATED = (("Confined Space Entry", 6, None, 9), ("Fire Warden", None, None, 0), ("Forklift Operator", 3, 2, 6))


def instant(day: date, hour: int, minute: int = 0, zone: ZoneInfo = ZONE) -> datetime:
    """Return the UTC instant of a wall clock."""
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def week_of(monday: date, zone: ZoneInfo = ZONE, days: int = 7) -> tuple[datetime, datetime]:
    """Return the UTC range of some days from a Monday on."""
    return instant(monday, 0, zone=zone), instant(monday + timedelta(days=days), 0, zone=zone)


def directory(settings: Settings = SETTINGS) -> Directory:
    """Return 16 courses, 12 trainers with a few gaps in what they may teach, and 8 venues."""
    courses = {
        number: CourseRow(number, code, title, code, "", hue, minutes, 12, 60, None, OverlapPolicy.WARN)
        for number, (title, code, hue, minutes) in enumerate(COURSES, 1)
    }
    trainers = {
        FIRST_TRAINER + i: TrainerRow(FIRST_TRAINER + i, f"T{i}", name, 10 if name == "Femi Adeyemi" else 30)
        for i, name in enumerate(TRAINERS)
    }
    venues = {
        FIRST_VENUE + i: VenueRow(
            FIRST_VENUE + i, f"V{i}", name, VenueKind.ROOM, seats, None, 0, "", (FIRST_VENUE + i,)
        )
        for i, (name, seats) in enumerate(VENUES)
    }
    gaps = {(FIRST_TRAINER + i, TITLES.index("Confined Space Entry") + 1) for i in (2, 5, 8, 11)}
    held = {
        (trainer, course): (QualificationRow(trainer, course),)
        for trainer in trainers
        for course in courses
        if (trainer, course) not in gaps
    }
    return Directory(settings, courses, trainers, venues, qualifications=held)


def card(
    number: int,
    course: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    *,
    trainer: int | None = FIRST_TRAINER,
    venue: int | None = FIRST_VENUE,
    status: SessionStatus = SCHEDULED,
    people: int = 5,
) -> SessionCard:
    """Return a session card with ids of the directory above."""
    return SessionCard(
        number, f"S-{number:04}", TITLES.index(course) + 1, None, status, starts_at, ends_at, trainer, venue, (), (),
        None, people, 1,
    )  # fmt: skip


def week_cards(monday: date = MONDAY) -> list[SessionCard]:
    """Return the sessions of the busy week."""
    cards = []
    for number, (day, hour, minute, course, trainer, venue, status, people) in enumerate(WEEK, 1):
        start = instant(monday + timedelta(days=day), hour, minute)
        length = COURSES[TITLES.index(course)][3] if (course, status) != ("Fire Warden", CANCELLED) else 120
        cards.append(
            card(
                number,
                course,
                start,
                start + timedelta(minutes=length),
                trainer=FIRST_TRAINER + trainer,
                venue=FIRST_VENUE + venue,
                status=status,
                people=people,
            )
        )
    return cards


def undated_cards() -> tuple[SessionCard, ...]:
    """Return the drafts of the tray."""
    return tuple(
        card(
            900 + i,
            course,
            None,
            None,
            trainer=None if trainer is None else FIRST_TRAINER + trainer,
            venue=None if venue is None else FIRST_VENUE + venue,
            status=DRAFT,
            people=people,
        )
        for i, (course, trainer, venue, people) in enumerate(UNDATED)
    )


def holiday(day: date, reason: str, zone: ZoneInfo = ZONE) -> BlockRow:
    """Return an organisation-wide holiday."""
    return BlockRow(day.toordinal(), None, *week_of(day, zone, 1), reason)


def leave(trainer_id: int, day: date, days: int = 1) -> BlockRow:
    """Return a trainer's leave over whole days."""
    return BlockRow(trainer_id * 10, trainer_id, *week_of(day, days=days), "Annual leave")


def busy_week(*, extra: Sequence[SessionCard] = ()) -> Board:
    """Return a week with 32 sessions, a clash on Thursday, a holiday on Friday and a trainer on leave."""
    blocks = (holiday(MONDAY + timedelta(days=4), "Founders’ Day"), leave(FIRST_TRAINER + 8, MONDAY, 1))
    return Board(*week_of(MONDAY), (*week_cards(), *extra), blocks, undated_cards())


def only(*cards: SessionCard, monday: date = MONDAY, blocks: tuple[BlockRow, ...] = (), days: int = 7) -> Board:
    """Return a board of just these sessions."""
    return Board(*week_of(monday, days=days), cards, blocks)


def conference(sessions: int = 188, parallel: int = 30) -> Board:
    """Return a week in which `parallel` sessions run side by side on every working day."""
    cards: list[SessionCard] = []
    pattern = week_cards()
    for number in range(sessions):
        day, place = divmod(number, max(1, sessions // 5 + 1))
        start = instant(MONDAY + timedelta(days=day), 9 + place // parallel * 2, place % 4 * 15)
        model = pattern[number % len(pattern)]
        cards.append(
            replace(
                model,
                id=1000 + number,
                ref=f"C-{number:04}",
                starts_at=start,
                ends_at=start + timedelta(minutes=105),
                status=SCHEDULED if number % 3 else DRAFT,
                trainer_id=FIRST_TRAINER + number % len(TRAINERS),
                venue_id=FIRST_VENUE + number % len(VENUES),
            )
        )
    return Board(*week_of(MONDAY), tuple(cards), ())
