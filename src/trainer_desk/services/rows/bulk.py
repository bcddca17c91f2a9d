"""What is to be done to many sessions at once, as plain values (R5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer_desk.services.rows.previews import Remedy
from trainer_desk.services.rows.schedule import SessionCard


class BulkVerb(StrEnum):
    """What is done to each of them."""

    MOVE = "move"
    COPY = "copy"
    DUPLICATE = "duplicate"
    TRAINER = "trainer"
    VENUE = "venue"
    CAPACITY = "capacity"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class BulkWish:
    """One wish for all: `days` and `minutes` of wall clock to move or copy by, else the id or number that all get.

    An empty `value` takes the trainer or venue away, and lifts the capacity.
    """

    verb: BulkVerb
    days: int = 0
    minutes: int = 0
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody saw and chose before they said yes: by refs of sessions, how each stood and what helps it.

    A session that is left out is chosen so. One of which nothing was shown is done as it is found.
    """

    choices: Mapping[str, Remedy] = field(default_factory=dict)
    before: Mapping[str, SessionCard] = field(default_factory=dict)


NOTHING_SHOWN = Shown()
