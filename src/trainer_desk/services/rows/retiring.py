"""What retiring a person, course, trainer, venue or piece of equipment concerns, as plain values (N3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Concerned, Way


@dataclass(frozen=True, slots=True)
class Place:
    """A coming place of a person who leaves: it is given up, and whoever waits moves up."""

    card: SessionCard
    state: EnrollmentState


@dataclass(frozen=True, slots=True)
class Retirement:
    """What is retired and what that concerns; `roles` are the trainers that a person is, by name."""

    kind: str
    id: int
    name: str
    sessions: tuple[Concerned, ...] = ()
    places: tuple[Place, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retired:
    """What became of it: how many sessions were settled in which way, and how many places were given up."""

    settled: Mapping[Way, int] = field(default_factory=dict)
    places: int = 0
