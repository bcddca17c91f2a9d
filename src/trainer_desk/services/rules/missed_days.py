"""Which days of a course somebody missed and has not made up, by the places and certificates that they have (A5)."""

from collections.abc import Mapping, Sequence

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.certificates import CertificateRow, Missed, RunDay, Sitting

TO_COME = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS})


def missed_days(
    places: Sequence[Sitting],
    runs: Mapping[int, Sequence[RunDay]],
    left: Sequence[Sitting],
    live: Sequence[CertificateRow],
) -> list[Missed]:
    """Return the days that one person missed in one course, by run and day.

    `left` are the days attended that make no certificate yet. Whoever came to no day of a run, and has none to come,
    has to begin anew and missed no single day; who holds a later certificate needs none of them any more.
    """
    found = []
    for run_id in dict.fromkeys(one.run_id for one in places if one.run_id is not None):
        own = [one for one in places if one.run_id == run_id]
        is_going_on = any(one.run_id == run_id for one in left) or any(_is_to_come(one) for one in own)
        if not is_going_on or any(row.run_id == run_id for row in live):
            continue
        was_there = {one.session_id for one in own if one.attended}
        made_up = {one.day for one in left if one.run_id != run_id}
        for number, day in enumerate(runs.get(run_id, ()), start=1):
            is_over = day.status is SessionStatus.COMPLETED and day.starts_at is not None
            if is_over and day.session_id not in was_there and number not in made_up and not _is_settled(day, live):
                found.append(Missed(run_id, number, day, _booked(places, number)))
    return found


def _is_settled(day: RunDay, live: Sequence[CertificateRow]) -> bool:
    """Whether the course was completed since."""
    return any(day.starts_at is not None and row.held_on >= day.starts_at.date() for row in live)


def _booked(places: Sequence[Sitting], number: int) -> Sitting | None:
    """Return the first place to come in which that day can be made up."""
    coming = [one for one in places if one.run_id is not None and one.day == number and _is_to_come(one)]
    return min(coming, key=lambda one: (one.starts_at, one.enrollment_id), default=None)


def _is_to_come(sitting: Sitting) -> bool:
    return sitting.has_seat and sitting.status in TO_COME
