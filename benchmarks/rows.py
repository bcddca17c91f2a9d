"""Invents the rows of the scale database, table by table, as tuples in the driver's form; the same ones every time."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from trainer_desk.services.rules.names import search_key, sort_name

Row = tuple[object, ...]
SEED = 20
MANDATORY = 4
SMALL_COURSE = 222
MEDIUM_COURSE = 4_166
DAYS, SLOTS = 5, (7, 9, 12, 14)
"""Sessions begin on weekdays at these hours (UTC) and last less than two hours, so that no two of a slot touch."""

SIZES = (6, 8, 10, 12, 14)
CAPACITY = 12
TEACHES = 11
RARE_NAME = "Quetzalpin"
RARE = 13
GIVEN = (  # noqa: SIM905 - a word list
    "Ada Ahmet Aicha Anna Bao Bela Carla Chidi Clara Dario Dilan Elif Emma Farah Felix Gita Hana Hugo Ines Ivan Jana "
    "Jonas Kamal Kira Lars Leila Lina Luca Maja Malik Marta Milan Nadia Nils Noor Olga Omar Paula Pedro Rania Rosa "
    "Samir Sanna Sofia Tariq Tess Timo Uma Vera Viktor Wim Yara Yusuf Zoe"
).split()
FIRST = "An Ber Car Dom El Fal Gor Hal Ing Jor Kal Lin Mar Nor Os Pet Ros Sal Tor Ul Ver Wal Yil Zim".split()  # noqa: SIM905
LAST = "sen sen sen son berg dahl feld ford gard holm kova lund mann oglu quist rova ski stad strom tini wick".split()  # noqa: SIM905
DEPARTMENTS = ("Facilities", "Lab", "Logistics", "Maintenance", "Office", "Production", "Quality", "Warehouse")
SITES = ("Harbour", "North", "South")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; a smaller database has less history and fewer people, but weeks that are as full."""

    people: int
    courses: int
    items: int
    sessions: int
    weeks: int
    trainers: int = 200
    venues: int = 400


FULL = Size(people=100_000, courses=1_000, items=1_000_000, sessions=200_000, weeks=522)
TENTH = Size(people=10_000, courses=100, items=100_000, sessions=20_000, weeks=52)


@dataclass(frozen=True, slots=True)
class Planned:
    """One session of the scale database; instants are UTC, `booked` counts its rows in enrollments."""

    id: int
    course: int
    trainer: int
    co_trainer: int | None
    venue: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: str
    booked: int


@dataclass(slots=True)
class Scale:
    """The scale database of one size around `monday` (a day): what lies before it is over, the rest is to come."""

    size: Size
    monday: dt.date
    sessions: list[Planned] = field(default_factory=list)
    sort_names: list[str] = field(default_factory=list)

    def tables(self) -> Iterator[tuple[str, str, Iterator[Row]]]:
        """Yield table, columns and rows, in an order in which every row finds what it refers to."""
        names = [_name(number) for number in range(self.size.people)]
        self.sort_names = [sort_name(name) for name in names]
        self.sessions = list(self._sessions())
        stamp = f"{self.monday.isoformat()}T08:00:00Z"
        yield "people", PEOPLE, self._people(names, stamp)
        yield "courses", COURSES, self._courses(stamp)
        yield "resources", RESOURCES, self._resources(stamp)
        yield "trainers", "id, weekly_hours", ((number, 38) for number in self._trainers())
        yield (
            "venues",
            "id, kind, capacity, turnaround_minutes, site",
            ((number, "room", 12 + number % 17, number % 3 * 5, SITES[number % 3]) for number in self._venues()),
        )
        yield (
            "qualifications",
            "trainer_id, course_id, created_at, updated_at",
            ((trainer, course, stamp, stamp) for trainer in self._trainers() for course in self._may_teach(trainer)),
        )
        yield "attestations", ATTESTATIONS, ((*item[:4], stamp, stamp, stamp) for item in self._items())
        yield "compliance_items", "course_id, person_id, status, expires_on, sort_name", self._items()
        yield "sessions", SESSIONS, self._session_rows(stamp)
        yield (
            "session_resources",
            "session_id, resource_id, role",
            ((one.id, one.co_trainer, "co") for one in self.sessions if one.co_trainer),
        )
        yield (
            "blocks",
            "id, resource_id, starts_at, ends_at, reason, created_at, updated_at",
            ((number, *block, stamp, stamp) for number, block in enumerate(self._blocks(), 1)),
        )
        yield "claims", "resource_id, session_id, block_id, starts_at, ends_at", self._claims()
        yield "enrollments", ENROLLMENTS, self._enrollments(stamp)

    def _trainers(self) -> range:
        return range(1, self.size.trainers + 1)

    def _venues(self) -> range:
        return range(self.size.trainers + 1, self.size.trainers + self.size.venues + 1)

    def _taught_by(self, trainer: int) -> Sequence[int]:
        others = self.size.courses - MANDATORY
        own = {(trainer * (TEACHES - 1) + number) % others + MANDATORY + 1 for number in range(TEACHES - 1)}
        return [trainer % MANDATORY + 1, *sorted(own)]

    def _may_teach(self, trainer: int) -> Sequence[int]:
        """Return a trainer's own courses, and those of the trainer before, whom this one helps."""
        before = self.size.trainers if trainer == 1 else trainer - 1
        return sorted({*self._taught_by(trainer), *self._taught_by(before)})

    def _people(self, names: Sequence[str], stamp: str) -> Iterator[Row]:
        for number, name in enumerate(names, 1):
            employee_no, department = f"E{number:06}", DEPARTMENTS[number % len(DEPARTMENTS)]
            keys = search_key(name, employee_no, department), self.sort_names[number - 1]
            site = SITES[number % len(SITES)]
            yield number, employee_no, name, department, site, "Operator", *keys, stamp, stamp

    def _courses(self, stamp: str) -> Iterator[Row]:
        for number in range(1, self.size.courses + 1):
            code, category = f"C{number:04}", f"Category {number % 8}"
            yield number, code, f"Course of subject {number}", code, category, 90, 24, 12, stamp, stamp

    def _resources(self, stamp: str) -> Iterator[Row]:
        for number in self._trainers():
            name = _name(number * 37)
            yield number, "trainer", f"T{number:03}", name, sort_name(name), stamp, stamp
        for number in self._venues():
            name = f"Room {number}"
            yield number, "venue", f"V{number:03}", name, sort_name(name), stamp, stamp

    def _items(self) -> Iterator[Row]:
        for course, held in enumerate(_items_per_course(self.size), 1):
            chance = random.Random(course)
            people = sorted((course * 131 + number * 23) % self.size.people for number in range(held))
            for person in people:
                yield course, person + 1, *self._standing(chance), self.sort_names[person]

    def _standing(self, chance: random.Random) -> tuple[str, str | None]:
        draw = chance.random()
        day = (self.monday + dt.timedelta(days=chance.randrange(-30, 700))).isoformat()
        if draw < 0.08:
            return "NON_COMPLIANT", None if draw < 0.04 else (self.monday - dt.timedelta(days=9)).isoformat()
        if draw < 0.15:
            return "PENDING", None
        return "COMPLIANT", None if draw < 0.25 else day

    def _sessions(self) -> Iterator[Planned]:
        """Each week draws (day, slot, trainer) without repeats, and gives each of a slot another venue."""
        chance = random.Random(SEED)
        trainers, venues = self.size.trainers, self.size.venues
        places = [(day, hour, trainer) for day, hour in product(range(DAYS), SLOTS) for trainer in self._trainers()]
        first = self.monday - dt.timedelta(weeks=self.size.weeks // 2)
        number = 0
        for week in range(self.size.weeks):
            wanted = self.size.sessions * (week + 1) // self.size.weeks - number
            week_begins = dt.datetime.combine(first + dt.timedelta(weeks=week), dt.time(), dt.UTC)
            used: dict[tuple[int, int], int] = {}
            drawn = sorted(chance.sample(range(len(places)), wanted))
            busy = {places[place] for place in drawn}
            for place in drawn:
                number += 1
                day, hour, trainer = places[place]
                taken = used[day, hour] = used.get((day, hour), week * 7) + 1
                starts_at = week_begins + dt.timedelta(days=day, hours=hour)
                co_trainer = trainer % trainers + 1
                yield Planned(
                    id=number,
                    course=chance.choice(self._taught_by(trainer)),
                    trainer=trainer,
                    co_trainer=co_trainer if number % 10 == 0 and (day, hour, co_trainer) not in busy else None,
                    venue=trainers + 1 + taken % venues,
                    starts_at=starts_at,
                    ends_at=starts_at + dt.timedelta(minutes=chance.choice((45, 60, 90, 105))),
                    status=_status(starts_at.date() < self.monday, chance.random()),
                    booked=SIZES[number % len(SIZES)],
                )
                if co_trainer and number % 10 == 0:
                    busy.add((day, hour, co_trainer))

    def _session_rows(self, stamp: str) -> Iterator[Row]:
        for one in self.sessions:
            capacity = max(CAPACITY, one.booked)
            reason = "Not enough people" if one.status == "CANCELLED" else None
            when = _text(one.starts_at), _text(one.ends_at)
            key, ref = str(uuid.UUID(int=one.id)), f"S{one.id:06}"
            who = one.course, one.status, one.trainer, one.venue
            yield one.id, key, ref, *who, *when, capacity, 4, reason, _seated(one), stamp, stamp
        for number in range(len(self.sessions) + 1, len(self.sessions) + 41):
            key, ref = str(uuid.UUID(int=number)), f"S{number:06}"
            yield number, key, ref, number % 90 + 5, "DRAFT", *(None,) * 4, CAPACITY, 4, None, 0, stamp, stamp

    def _blocks(self) -> Iterator[Row]:
        """Leave at weekends, when nobody teaches: the claims stay true, and queries have blocks to read."""
        for week, trainer in product(range(0, self.size.weeks // 2, 13), self._trainers()):
            saturday = dt.datetime.combine(self.monday + dt.timedelta(weeks=week, days=5), dt.time(), dt.UTC)
            yield trainer, _text(saturday), _text(saturday + dt.timedelta(days=2)), "Leave"

    def _claims(self) -> Iterator[Row]:
        for one in self.sessions:
            if one.status != "SCHEDULED":
                continue
            turnaround = dt.timedelta(minutes=one.venue % 3 * 5)
            for trainer in (one.trainer, one.co_trainer):
                if trainer:
                    yield trainer, one.id, None, _text(one.starts_at), _text(one.ends_at)
            yield one.venue, one.id, None, _text(one.starts_at), _text(one.ends_at + turnaround)
        for number, (resource, starts_at, ends_at, _) in enumerate(self._blocks(), 1):
            yield resource, None, number, starts_at, ends_at

    def _enrollments(self, stamp: str) -> Iterator[Row]:
        for one in self.sessions:
            step = 1 + one.id * 131 % 499
            for place in range(one.booked):
                person = (one.id * 7_919 + place * step) % self.size.people + 1
                attended = "attended" if one.status == "COMPLETED" else "registered"
                state = "withdrawn" if _gave_up(one, place) else "confirmed"
                yield one.id, person, state, attended, stamp, "supervisor", stamp, stamp


PEOPLE = "id, employee_no, name, department, site, job_role, search, sort_name, created_at, updated_at"
COURSES = (
    "id, code, title, short_code, category, duration_minutes, validity_months, default_capacity, created_at, updated_at"
)
RESOURCES = "id, kind, code, name, sort_name, created_at, updated_at"
SESSIONS = (
    "id, uuid, ref, course_id, status, trainer_id, venue_id, starts_at, ends_at, capacity, minimum, cancel_reason,"
    " seats_taken, created_at, updated_at"
)
ATTESTATIONS = "course_id, person_id, status, expires_on, stated_at, created_at, updated_at"
ENROLLMENTS = "session_id, person_id, state, attendance, enrolled_at, enrolled_by, created_at, updated_at"


def _name(number: int) -> str:
    if number % 7_001 == 7 and number // 7_001 < RARE:
        return f"{GIVEN[number % len(GIVEN)]} {RARE_NAME}"
    mixed = number * 2_654_435_761 % 2**32
    surname = FIRST[mixed % len(FIRST)] + FIRST[mixed // 24 % len(FIRST)].lower() + LAST[mixed // 576 % len(LAST)]
    return f"{GIVEN[mixed // 12_096 % len(GIVEN)]} {surname}"


def _items_per_course(size: Size) -> Iterator[int]:
    """Four for everybody, every tenth of the rest for a few thousand people, the others for a few hundred."""
    medium = round(size.courses * 0.096)
    small = size.courses - MANDATORY - medium
    left = size.items - MANDATORY * size.people - medium * MEDIUM_COURSE
    yield from (size.people,) * MANDATORY
    yield from (MEDIUM_COURSE,) * medium
    yield from (left // small + (number < left % small) for number in range(small))


def _status(is_over: bool, draw: float) -> str:
    if draw < 0.03:
        return "CANCELLED"
    if is_over:
        return "COMPLETED"
    return "DRAFT" if draw < 0.09 else "SCHEDULED"


def _gave_up(one: Planned, place: int) -> bool:
    return (one.id + place) % 33 == 0


def _seated(one: Planned) -> int:
    return sum(not _gave_up(one, place) for place in range(one.booked))


def _text(instant: dt.datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
