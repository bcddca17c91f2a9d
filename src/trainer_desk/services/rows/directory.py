"""Courses, trainers, venues and equipment as plain values, and the small directory that views keep in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import OverlapPolicy, VenueKind


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course; `duration_minutes`, `validity_months` and `expiring_days` in the units of their names.

    `hue` is the index (0–7) of its category's colour.
    """

    id: int
    code: str
    title: str
    short_code: str
    category: str
    hue: int
    duration_minutes: int
    validity_months: int | None
    expiring_days: int
    default_capacity: int | None
    overlap_policy: OverlapPolicy
    active: bool = True
    prerequisite_id: int | None = None
    """The course that must be held on the day (N5)."""


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """`weekly_hours` is the personal weekly target in hours (None: none set)."""

    id: int
    code: str
    name: str
    weekly_hours: int | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class VenueRow:
    """`leaf_ids` are the parts that a booking claims; a venue without parts is its own leaf (C3)."""

    id: int
    code: str
    name: str
    kind: VenueKind
    capacity: int | None
    part_of_id: int | None
    turnaround_minutes: int
    site: str
    leaf_ids: tuple[int, ...]
    active: bool = True
    occupancy_limit: int | None = None
    """How many people may be in it at a time (K9)."""
    presence_seconds: int | None = None
    """How long a presence lives without a sign; None: never released, but in virtual rooms 90 (K9)."""


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """A piece of equipment that a session can take along, such as a projector (C3)."""

    id: int
    code: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: `people_taken` counts distinct people with a seat in its sessions, `max_people` limits them (K8)."""

    id: int
    code: str
    course_id: int
    name: str
    start_date: date | None
    end_date: date | None
    max_people: int | None
    members_only: bool
    one_course: bool
    people_taken: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """`valid_until` is the last valid day; None on either side is open."""

    trainer_id: int
    course_id: int
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the trainer may teach the course on that day (C5)."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass(frozen=True, slots=True)
class Settings:
    """The organisation's own settings; working hours are wall clock in `zone`, `working_days` Monday = 0."""

    organisation: str = "My organisation"
    zone_name: str = "Europe/London"
    day_starts: time = time(8)
    day_ends: time = time(17)
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    offer_hours: int = 48
    """How long an offered seat waits for its answer (K5)."""
    grace_days: int | None = None
    """Days of grace of a new requirement (N1)."""
    expiring_days: int = 60
    overlap_policy: OverlapPolicy = OverlapPolicy.WARN
    """Of new courses; a file says so itself (P1, C6)."""
    presence_seconds: int = 90
    """How long a presence in a virtual room lives without a sign, where its venue says nothing else (K9)."""
    reminder_minutes: tuple[int, ...] = (1440, 60)
    """How long before the start people and trainers are reminded of a session; empty: never (D6)."""
    load_norm_hours: int | None = None
    """Hours a week that trainers without a target of their own should not teach more than (L2)."""
    backup_hours: int = 24
    """Every how many hours a copy of a database file is made; 0: never (O4)."""
    backup_most: int = 14
    """How many of them are kept."""
    backup_folder: str = ""
    """Where; empty: in a folder beside the file."""

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone, in which every wall-clock rule is judged."""
        return ZoneInfo(self.zone_name)


@dataclass(frozen=True, slots=True)
class Directory:
    """Names and qualifications by id: 1,000 courses, 200 trainers and 400 venues fit in memory easily."""

    settings: Settings
    courses: Mapping[int, CourseRow] = field(default_factory=dict)
    trainers: Mapping[int, TrainerRow] = field(default_factory=dict)
    venues: Mapping[int, VenueRow] = field(default_factory=dict)
    equipment: Mapping[int, EquipmentRow] = field(default_factory=dict)
    qualifications: Mapping[tuple[int, int], tuple[QualificationRow, ...]] = field(default_factory=dict)
    runs: Mapping[int, RunRow] = field(default_factory=dict)

    def leaves_of(self, resource_id: int) -> tuple[int, ...]:
        """What is taken when this resource is: the parts of a venue, else the resource itself (C3)."""
        venue = self.venues.get(resource_id)
        return venue.leaf_ids if venue else (resource_id,)

    def norm_of(self, trainer_id: int) -> int | None:
        """Return the hours a week above which a trainer teaches too much: the own target, else the norm (L2)."""
        own = self.trainers[trainer_id].weekly_hours
        return self.settings.load_norm_hours if own is None else own

    def is_qualified(self, trainer_id: int, course_id: int, day: date) -> bool:
        """Whether the trainer holds the course's qualification on that day (C5)."""
        held = self.qualifications.get((trainer_id, course_id))
        return held is not None and any(row.holds_on(day) for row in held)
