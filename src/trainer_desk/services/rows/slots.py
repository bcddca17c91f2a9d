"""A free time for a session and why it is offered, as plain values (C7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is offered, or why nothing is: `code` names the sentence, `facts` fill it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time (UTC) at which trainer and venue are free with everything else that the session needs.

    `booked_minutes` are the trainer's own of that week without this session; `is_over` tells that with it they are
    more than the weekly target.
    """

    starts_at: datetime
    ends_at: datetime
    trainer_id: int
    trainer_code: str
    trainer_name: str
    venue_id: int
    venue_code: str
    venue_name: str
    booked_minutes: int
    is_over: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """The slots, the best first; `lacking` says why there is none."""

    slots: tuple[Slot, ...] = ()
    lacking: tuple[Reason, ...] = ()
