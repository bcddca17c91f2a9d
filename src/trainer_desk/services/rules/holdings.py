"""What a person holds for a course by what was told of it, and the compliance item that this comes to (N1, N2)."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from graphlib import TopologicalSorter

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rules.requirements import Duty

COMPLIANT, PENDING = ComplianceStatus.COMPLIANT, ComplianceStatus.PENDING
NON_COMPLIANT = ComplianceStatus.NON_COMPLIANT


@dataclass(frozen=True, slots=True)
class Attested:
    """What a file or somebody said that a person holds; `expires_on` is the last valid day, `stated_at` UTC."""

    status: ComplianceStatus
    expires_on: date | None
    stated_at: datetime


@dataclass(frozen=True, slots=True)
class Trained:
    """A training that counts for a course; `expires_on` is the last valid day (None: for ever), `recorded_at` UTC.

    It is known by a training record or by a certificate.
    """

    record_id: int | None
    recorded_at: datetime
    expires_on: date | None
    certificate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds for a course; it rests on a certificate, a record, or without either on what was attested."""

    status: ComplianceStatus
    expires_on: date | None
    record_id: int | None = None
    certificate_id: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A compliance item; `rules.compliance` tells what it means on a day.

    `expires_on` is the last valid day, `due_on` the last on which a pending item is pending, and before `counts_from`
    the item is no reason to train anybody.
    """

    status: ComplianceStatus
    expires_on: date | None = None
    due_on: date | None = None
    counts_from: date | None = None


def valid_until(held_on: date, validity_months: int | None) -> date | None:
    """Return the last valid day of a training: the same day of the month, or the month's last (31 January + 1 month).

    None without a validity, and where it would reach beyond the calendar.
    """
    if validity_months is None:
        return None
    months = held_on.year * 12 + held_on.month - 1 + validity_months
    year, month = divmod(months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(held_on.day, calendar.monthrange(year, month + 1)[1]))


def renewing(renews: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Return for each course those that renew it, directly or through others; `renews` says what each renews (N5)."""
    found: dict[int, set[int]] = {}
    graph = {course: {other} for course, other in renews.items() if other is not None}
    for course in reversed(list(TopologicalSorter(graph).static_order())):
        other = renews.get(course)
        if other is not None:
            found.setdefault(other, set()).update({course} | found.get(course, set()))
    return {course: frozenset(others) for course, others in found.items()}


def held_of(attested: Attested | None, trainings: Iterable[Trained]) -> Held | None:
    """Return what a person holds: what was attested settles all that was recorded before it, later records renew it.

    The latest expiry wins, and one that never comes most of all. A training that had run out when the attestation was
    made says nothing against it.
    """
    counting = [one for one in trainings if attested is None or _adds_to(attested, one)]
    best = max(counting, key=_rank, default=None)
    if attested is None:
        return None if best is None else _by(best)
    lasts = attested.expires_on or date.max
    if best is None or (attested.status is COMPLIANT and lasts >= (best.expires_on or date.max)):
        return Held(attested.status, attested.expires_on)
    return _by(best)


def item_of(duty: Duty, held: Held | None) -> Item | None:
    """Return the item that a duty and what is held come to; None where nothing is asked and nothing held.

    Grace is for those who hold nothing, or nothing any more, when their duty begins.
    """
    if held is not None and not (duty.due_on and _ran_out_before(held, duty.begins_on)):
        return Item(held.status, held.expires_on, None, duty.counts_from)
    expires_on = None if held is None else held.expires_on
    if not duty.asked:
        return None
    if duty.due_on is None:
        return Item(NON_COMPLIANT, expires_on, None, duty.counts_from)
    return Item(PENDING, expires_on, duty.due_on, duty.counts_from)


def _rank(training: Trained) -> tuple[date, int, int]:
    """Return what makes a training better than another one: it lasts longer, is certified, was told later."""
    return training.expires_on or date.max, training.certificate_id or 0, training.record_id or 0


def _by(training: Trained) -> Held:
    return Held(COMPLIANT, training.expires_on, training.record_id, training.certificate_id)


def _adds_to(attested: Attested, training: Trained) -> bool:
    if training.recorded_at < attested.stated_at:
        return False
    return training.expires_on is None or training.expires_on >= attested.stated_at.date()


def _ran_out_before(held: Held, day: date) -> bool:
    return held.status is COMPLIANT and held.expires_on is not None and held.expires_on < day
