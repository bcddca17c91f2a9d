"""What a certificate says of the days that made it, its number, and the checksum by which paper is compared (A5)."""

import datetime as dt
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.certificates import CertificateRow, DayHeld, Sitting
from trainer_desk.services.rules.times import local

FROZEN = (
    "number", "revision", "person_id", "course_id", "session_id", "run_id", "held_from", "held_on", "minutes",
    "expires_on", "employee_no", "person_name", "course_code", "course_title", "trainer_name", "organisation",
    "result", "score", "reason", "days", "certified_at", "issued_at", "issued_by",
)  # fmt: skip
"""What the checksum is taken over, in this order for ever; the database refuses to change any of it."""

CHECKSUM_DIGITS = 16
REASON_LIMIT = 2000


def number_of(last: Sitting, zone: ZoneInfo) -> str:
    """Return the number of the certificate that ends with this day: its year and the place in the session."""
    return f"{held_on(last, zone).year}-{last.enrollment_id:06d}"


def held_on(sitting: Sitting, zone: ZoneInfo) -> dt.date:
    """Return the organisation's day on which a session ends; one that ends at midnight belongs to the day before."""
    return local(sitting.ends_at - dt.timedelta(seconds=1), zone).date()


def day_held(sitting: Sitting, zone: ZoneInfo) -> DayHeld:
    """Return what a certificate keeps of one day; minutes are those that were planned."""
    seconds = (sitting.ends_at - sitting.starts_at).total_seconds()
    return DayHeld(
        local(sitting.starts_at, zone).date(),
        max(1, round(seconds / 60)),
        sitting.ref,
        sitting.trainer,
        sitting.enrollment_id,
    )


def trainers_of(days: Sequence[DayHeld]) -> str:
    """Return who led the days, each once, in the order of the days."""
    return ", ".join(dict.fromkeys(day.trainer for day in days))


def checksum_of(row: CertificateRow) -> str:
    """Return the checksum of what is frozen: hexadecimal digits, the same on every machine and database."""
    frozen = {name: _spelled(getattr(row, name)) for name in FROZEN}
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:CHECKSUM_DIGITS]


def _spelled(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return [day.to_json() for day in value] if isinstance(value, tuple) else value
