"""How much a trainer is booked in a week, and the short text of such hours."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.rows.schedule import SessionCard


class LoadMinutes(NamedTuple):
    """Minutes of one trainer in one week: `booked` counts, `delivered` stands beside it and is not added (L1)."""

    booked: int = 0
    delivered: int = 0


def hours_text(minutes: int) -> str:
    """Return `0h`, `1.5h`, `0.75h`, `12h`: at most two decimals, no trailing zeros (L1)."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shown = f"{hours:f}".rstrip("0").rstrip(".")
    return f"{shown}h"


def is_over(booked: int, norm_hours: int | None) -> bool:
    """Whether booked minutes of a week are more than its norm in hours; without a norm nothing is (L2)."""
    return norm_hours is not None and booked > norm_hours * 60


def load_of(cards: Iterable[SessionCard], starts_at: datetime, ends_at: datetime) -> Mapping[int, LoadMinutes]:
    """Return the minutes of every trainer of `cards` whose start lies in [starts_at, ends_at), UTC (L1).

    Whole durations of SCHEDULED and IN_PROGRESS sessions are booked, of COMPLETED ones delivered; co-trainers
    count in full.
    """
    loads: dict[int, LoadMinutes] = {}
    for card in cards:
        if card.starts_at is None or card.length is None or not starts_at <= card.starts_at < ends_at:
            continue
        minutes = card.length // timedelta(minutes=1)
        booked = minutes if card.status in CLAIMING else 0
        delivered = minutes if card.status is SessionStatus.COMPLETED else 0
        if not booked and not delivered:
            continue
        for trainer_id in dict.fromkeys(card.trainer_ids):
            known = loads.get(trainer_id, LoadMinutes())
            loads[trainer_id] = LoadMinutes(known.booked + booked, known.delivered + delivered)
    return loads
