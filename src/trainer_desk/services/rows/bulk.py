"""What is to be done to many sessions at once, as plain values (R5)."""

from dataclasses import dataclass
from enum import StrEnum


class BulkVerb(StrEnum):
    """What is done to each of them."""

    MOVE = "move"
    COPY = "copy"
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
