"""The hours of a trainer, week by week, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of a trainer in the week that begins on `monday`: booked, and delivered beside it (L1)."""

    monday: date
    booked: int
    delivered: int
