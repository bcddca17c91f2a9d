"""Who has earned a certificate by the days of a course that they attended, and which certificates stand (A5, A7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer_desk.models.enums import CertificateEnd, Result, SessionStatus
from trainer_desk.services.rows.certificates import CertificateRow, Sitting


@dataclass(frozen=True, slots=True)
class Earned:
    """Days by start that together make a certificate; `run_id` where they are the days of a run.

    `instead_of` is the certificate that the same days made, of which something was corrected since.
    """

    days: tuple[Sitting, ...]
    run_id: int | None = None
    instead_of: CertificateRow | None = None

    @property
    def last(self) -> Sitting:
        """The day that ends the course."""
        return max(self.days, key=lambda one: (one.ends_at, one.enrollment_id))

    @property
    def deciding(self) -> Sitting:
        """The day whose result is that of the course."""
        return _deciding(self.days)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must change for the certificates of one person and course to be right."""

    withdrawn: tuple[tuple[CertificateRow, CertificateEnd], ...]
    earned: tuple[Earned, ...]
    left: tuple[Sitting, ...]
    """Days attended that make no certificate yet."""


def judge(
    sittings: Sequence[Sitting], lengths: Mapping[int, int], live: Iterable[CertificateRow], *, asks: bool
) -> Verdict:
    """Judge all places of one person in one course against the certificates that count.

    `lengths` is the number of days of each run that is one course, `asks` whether the course asks for a result, which
    is that of the last day. A certificate stands as long as its own days do, whatever else was planned or asked for
    since; a day counts for one certificate only.
    """
    by_key = {one.enrollment_id: one for one in sittings}
    used, withdrawn, earned = set[int](), [], []
    for certificate in sorted(live, key=lambda one: one.id):
        days = [by_key.get(day.enrollment_id) for day in certificate.days]
        standing = [day for day in days if day is not None and day.counts and day.enrollment_id not in used]
        if not standing or len(standing) < len(days) or not _still_passed(certificate, standing):
            withdrawn.append((certificate, _end_of(days)))
            continue
        used.update(day.enrollment_id for day in standing)
        if not _agrees(certificate, standing):
            withdrawn.append((certificate, CertificateEnd.CORRECTED))
            earned.append(Earned(tuple(standing), certificate.run_id, certificate))
    left = sorted(
        (one for one in sittings if one.counts and one.enrollment_id not in used),
        key=lambda one: (one.starts_at, one.enrollment_id),
    )
    for found in _made_of(left, lengths, asks=asks):
        earned.append(found)
        left = [one for one in left if one not in found.days]
    return Verdict(tuple(withdrawn), tuple(earned), tuple(left))


def _made_of(left: list[Sitting], lengths: Mapping[int, int], *, asks: bool) -> list[Earned]:
    """Return what these days make: single sessions, runs attended from end to end, then runs with days made up."""
    found = [Earned((one,)) for one in left if one.run_id is None and (_passed(one) or not asks)]
    open_days = [one for one in left if one.run_id is not None]
    for others in (False, True):
        for run_id in dict.fromkeys(one.run_id for one in open_days):
            days = _days_of(run_id, open_days, lengths, asks=asks, others=others) if run_id is not None else ()
            if days:
                found.append(Earned(days, run_id))
                open_days = [one for one in open_days if one not in days]
    return found


def _days_of(
    run_id: int, left: Sequence[Sitting], lengths: Mapping[int, int], *, asks: bool, others: bool
) -> tuple[Sitting, ...]:
    """Return one day for each of a run by start, empty where one is lacking; `others` lets days of other runs stand in.

    A run without a day of its own among them is not the one that somebody is in.
    """
    length = lengths.get(run_id, 0)
    taken: list[Sitting] = []
    for number in range(1, length + 1):
        fit = [one for one in left if one.day == number and (others or one.run_id == run_id)]
        fit = [one for one in fit if number < length or not asks or _passed(one)]
        if not fit:
            return ()
        taken.append(min(fit, key=lambda one: (one.run_id != run_id, one.starts_at, one.enrollment_id)))
    if not any(one.run_id == run_id for one in taken):
        return ()
    return tuple(sorted(taken, key=lambda one: (one.starts_at, one.enrollment_id)))


def _still_passed(certificate: CertificateRow, days: Sequence[Sitting]) -> bool:
    return certificate.result is None or _passed(_deciding(days))


def _agrees(certificate: CertificateRow, days: Sequence[Sitting]) -> bool:
    """Whether result and score are still those that were certified; a certificate of a time without results is fine."""
    said = _deciding(days)
    return certificate.result is None or (certificate.result, certificate.score) == (said.result, said.score)


def _end_of(days: Iterable[Sitting | None]) -> CertificateEnd:
    is_open = any(day is not None and day.status is not SessionStatus.COMPLETED for day in days)
    return CertificateEnd.REOPENED if is_open else CertificateEnd.CORRECTED


def _passed(sitting: Sitting) -> bool:
    return sitting.result is Result.PASSED


def _deciding(days: Iterable[Sitting]) -> Sitting:
    return max(days, key=lambda one: (one.day, one.ends_at, one.enrollment_id))
