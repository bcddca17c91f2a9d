"""Which days make a certificate: single sessions, runs that are one course, made-up days, results (A5, A7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from trainer_desk.models.enums import CertificateEnd, Result, SessionStatus
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld, Sitting
from trainer_desk.services.rules.certificates import checksum_of, day_held, held_on, number_of
from trainer_desk.services.rules.certifying import Verdict, judge

PASSED, FAILED = Result.PASSED, Result.FAILED
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 7, 6, 7, 0, tzinfo=UTC)
LENGTHS = {1: 2, 2: 2, 3: 3}
"""Runs 1 and 2 have two days, run 3 has three."""


def day(key: int, run: int | None = None, number: int = 1, **changes: Any) -> Sitting:
    """Give a day that was held and attended; a greater key is a later day."""
    starts_at = START + timedelta(days=key)
    sitting = Sitting(
        key, 100 + key, 1, 1, f"S{key}", SessionStatus.COMPLETED, starts_at, starts_at + timedelta(hours=2), "Smith",
        attended=True, run_id=run, day=number,
    )  # fmt: skip
    return replace(sitting, **changes)


def certificate(key: int, *days: int, **changes: Any) -> CertificateRow:
    """Give a certificate that counts and was made by these days."""
    held = date(2026, 7, 6)
    row = CertificateRow(
        key, f"2026-{days[-1]:06d}", 1, 1, 1, 100 + days[-1], None, held, held, 120, None, "P1", "Ada", "FIRE",
        "Fire safety", "Smith", "Works", None, None, None,
        tuple(DayHeld(held, 120, f"S{one}", "Smith", one) for one in days), START, START, "supervisor", "",
    )  # fmt: skip
    return replace(row, **changes)


def made(verdict: Verdict) -> list[tuple[int | None, tuple[int, ...]]]:
    """Give the run and the days of each certificate that was earned."""
    return [(one.run_id, tuple(each.enrollment_id for each in one.days)) for one in verdict.earned]


NO_SHOW = {"attended": False}
OPEN = {"status": SessionStatus.IN_PROGRESS}

EARNED: dict[str, tuple[Sequence[Sitting], list[tuple[int | None, tuple[int, ...]]]]] = {
    "nobody came": ([day(1, **NO_SHOW)], []),
    "a session that runs still": ([day(1, **OPEN)], []),
    "one session": ([day(1)], [(None, (1,))]),
    "two sessions are two courses": ([day(1), day(2)], [(None, (1,)), (None, (2,))]),
    "who failed earns nothing, whatever the course asks": ([day(1, result=FAILED)], []),
    "the first of two days": ([day(1, 1, 1)], []),
    "both days": ([day(1, 1, 1), day(2, 1, 2)], [(1, (1, 2))]),
    "the first day missed": ([day(1, 1, 1, **NO_SHOW), day(2, 1, 2)], []),
    "the second day missed": ([day(1, 1, 1), day(2, 1, 2, **NO_SHOW)], []),
    "the second day runs still": ([day(1, 1, 1), day(2, 1, 2, **OPEN)], []),
    "the missed day made up in another run": (
        [day(1, 1, 1, **NO_SHOW), day(2, 1, 2), day(8, 2, 1)],
        [(1, (2, 8))],
    ),
    "another day of another run makes nothing up": ([day(1, 1, 1), day(8, 2, 1)], []),
    "a day is used once": (
        [day(1, 1, 1), day(2, 1, 2), day(8, 2, 1), day(9, 2, 2, **NO_SHOW)],
        [(1, (1, 2))],
    ),
    "who begins anew earns the second run, and the first day stays alone": (
        [day(1, 1, 1), day(2, 1, 2, **NO_SHOW), day(8, 2, 1), day(9, 2, 2)],
        [(2, (8, 9))],
    ),
    "both runs whole": (
        [day(1, 1, 1), day(2, 1, 2), day(8, 2, 1), day(9, 2, 2)],
        [(1, (1, 2)), (2, (8, 9))],
    ),
    "days of a longer run stand in for those of a shorter one": ([day(1, 1, 1), day(8, 3, 2)], [(1, (1, 8))]),
    "two days are not three": ([day(1, 3, 1), day(8, 1, 2)], [(1, (1, 8))]),
    "the earliest of two days that fit": ([day(1, 1, 1), day(8, 2, 2), day(7, 3, 2)], [(1, (1, 7))]),
}  # fmt: skip


@pytest.mark.parametrize(("sittings", "expected"), EARNED.values(), ids=EARNED.keys())
def test_what_days_earn(sittings: Sequence[Sitting], expected: list[tuple[int | None, tuple[int, ...]]]) -> None:
    verdict = judge(sittings, LENGTHS, [], asks=False)
    assert made(verdict) == expected
    used = {key for _run, days in expected for key in days}
    assert {one.enrollment_id for one in verdict.left} == {
        one.enrollment_id for one in sittings if one.counts and one.enrollment_id not in used
    }


RESULTS: dict[str, tuple[Sequence[Sitting], int]] = {
    "passed": ([day(1, result=PASSED)], 1),
    "not told yet": ([day(1)], 0),
    "failed": ([day(1, result=FAILED)], 0),
    "the last day decides": ([day(1, 1, 1), day(2, 1, 2, result=PASSED)], 1),
    "the first day alone does not": ([day(1, 1, 1, result=PASSED), day(2, 1, 2)], 0),
    "failed on the last day": ([day(1, 1, 1, result=PASSED), day(2, 1, 2, result=FAILED)], 0),
    "the last day taken again elsewhere": (
        [day(1, 1, 1), day(2, 1, 2, result=FAILED), day(9, 2, 2, result=PASSED)],
        1,
    ),
}


@pytest.mark.parametrize(("sittings", "count"), RESULTS.values(), ids=RESULTS.keys())
def test_only_a_pass_earns_where_a_result_is_asked_for(sittings: Sequence[Sitting], count: int) -> None:
    assert len(judge(sittings, LENGTHS, [], asks=True).earned) == count


STANDING = [certificate(1, 1, 2, run_id=1)]
ENDS: dict[str, tuple[Sequence[Sitting], CertificateEnd | None]] = {
    "as it was": ([day(1, 1, 1), day(2, 1, 2)], None),
    "the run grew by a day": ([day(1, 3, 1), day(2, 3, 2)], None),
    "the run is no course of several days any more": ([day(1), day(2)], None),
    "a day was opened again": ([day(1, 1, 1), day(2, 1, 2, **OPEN)], CertificateEnd.REOPENED),
    "a mark was corrected": ([day(1, 1, 1, **NO_SHOW), day(2, 1, 2)], CertificateEnd.CORRECTED),
    "a place is gone": ([day(2, 1, 2)], CertificateEnd.CORRECTED),
}  # fmt: skip


@pytest.mark.parametrize(("sittings", "end"), ENDS.values(), ids=ENDS.keys())
def test_a_certificate_stands_as_long_as_its_own_days_do(
    sittings: Sequence[Sitting], end: CertificateEnd | None
) -> None:
    verdict = judge(sittings, LENGTHS, STANDING, asks=False)
    assert [why for _row, why in verdict.withdrawn] == ([] if end is None else [end])
    assert verdict.earned == ()


def test_a_day_made_up_elsewhere_comes_in_for_one_that_was_corrected() -> None:
    places = [day(1, 1, 1, **NO_SHOW), day(2, 1, 2), day(8, 2, 1)]
    verdict = judge(places, LENGTHS, STANDING, asks=False)
    assert [why for _row, why in verdict.withdrawn] == [CertificateEnd.CORRECTED]
    assert made(verdict) == [(1, (2, 8))]


@pytest.mark.parametrize(
    ("certified", "told", "asks", "ends", "earns"),
    [
        ((PASSED, 80), (PASSED, 80), True, 0, 0),
        ((PASSED, 80), (PASSED, 90), True, 1, 1),
        ((PASSED, 80), (None, None), True, 1, 0),
        ((PASSED, 80), (FAILED, 80), True, 1, 0),
        ((None, None), (None, None), True, 0, 0),
        ((None, None), (FAILED, None), True, 1, 0),
        ((PASSED, 80), (PASSED, 80), False, 0, 0),
    ],
)
def test_a_certificate_says_what_was_marked(
    certified: tuple[Result | None, int | None],
    told: tuple[Result | None, int | None],
    asks: bool,
    ends: int,
    earns: int,
) -> None:
    row = certificate(1, 1, result=certified[0], score=certified[1])
    verdict = judge([day(1, result=told[0], score=told[1])], {}, [row], asks=asks)
    assert (len(verdict.withdrawn), len(verdict.earned)) == (ends, earns)
    assert all(one.instead_of is row for one in verdict.earned)


def test_a_certificate_without_days_proves_nothing() -> None:
    row = replace(certificate(1, 1), days=())
    assert len(judge([], {}, [row], asks=False).withdrawn) == 1


@pytest.mark.parametrize(
    ("ends_at", "expected"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_and_the_number_are_the_organisations(ends_at: datetime, expected: date) -> None:
    last = day(7, starts_at=ends_at - timedelta(hours=1), ends_at=ends_at)
    assert held_on(last, BERLIN) == expected
    assert number_of(last, BERLIN) == f"{expected.year}-000007"


def test_a_day_of_less_than_a_minute_has_one() -> None:
    assert day_held(day(1, ends_at=START + timedelta(days=1, seconds=20)), BERLIN).minutes == 1


CHANGES: dict[str, Any] = {
    "person_name": "Eve",
    "expires_on": date(2030, 1, 1),
    "score": 100,
    "revision": 2,
    "minutes": 121,
    "days": (),
    "reason": "Name",
    "certified_at": START + timedelta(seconds=1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_checksum_notices_whatever_changes(name: str) -> None:
    row = certificate(1, 1)
    assert checksum_of(replace(row, **{name: CHANGES[name]})) != checksum_of(row)


def test_the_checksum_is_the_same_for_ever() -> None:
    row = certificate(1, 1)
    assert checksum_of(row) == checksum_of(replace(row, id=9, version=4, withdrawn_at=START, checksum="x"))
    assert checksum_of(row) == "859dea2ed86f18fd"
