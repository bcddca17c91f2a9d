"""What was told of a person and a course, and the compliance item that it comes to: expiry, renewals, grace."""

from datetime import date, datetime, timedelta

import pytest

from tests.services.rules.plan import DAY, NOW
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rules.compliance import GREEN, RED, YELLOW, group_of
from trainer_desk.services.rules.holdings import Attested, Held, Item, Trained, held_of, item_of, renewing, valid_until
from trainer_desk.services.rules.requirements import NOT_ASKED, UNRULED, Duty

NON_COMPLIANT, PENDING = ComplianceStatus.NON_COMPLIANT, ComplianceStatus.PENDING
COMPLIANT = ComplianceStatus.COMPLIANT
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


def days(count: int) -> date:
    return DAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("held_on", "months", "expected"),
    [
        (date(2026, 3, 15), None, None),
        (date(2026, 3, 15), 24, date(2028, 3, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 30), 2, date(2027, 1, 30)),
        (date(9999, 12, 31), 1, None),
    ],
)
def test_the_last_valid_day(held_on: date, months: int | None, expected: date | None) -> None:
    assert valid_until(held_on, months) == expected


def test_a_refresher_of_a_refresher_renews_the_first_course_too() -> None:
    assert renewing({1: None, 2: 1, 3: 2, 4: 1, 5: None}) == {1: {2, 3, 4}, 2: {3}}
    assert renewing({}) == {}


def trained(record_id: int, expires_on: date | None, recorded_at: datetime = AFTER) -> Trained:
    return Trained(record_id, recorded_at, expires_on)


@pytest.mark.parametrize(
    ("attested", "trainings", "held"),
    [
        (None, [], None),
        (None, [trained(1, days(9))], Held(COMPLIANT, days(9), 1)),
        (None, [trained(1, days(9)), trained(2, days(-9))], Held(COMPLIANT, days(9), 1)),
        (None, [trained(1, days(9)), trained(2, None)], Held(COMPLIANT, None, 2)),
        ((PENDING, None), [], Held(PENDING, None)),
        ((NON_COMPLIANT, days(-3)), [trained(1, days(9), BEFORE)], Held(NON_COMPLIANT, days(-3))),
        ((NON_COMPLIANT, None), [trained(1, days(9), NOW)], Held(COMPLIANT, days(9), 1)),
        ((PENDING, None), [trained(1, days(9))], Held(COMPLIANT, days(9), 1)),
        ((PENDING, None), [trained(1, NOW.date() - timedelta(days=1))], Held(PENDING, None)),
        ((PENDING, None), [trained(1, NOW.date())], Held(COMPLIANT, NOW.date(), 1)),
        ((COMPLIANT, days(5)), [trained(1, days(9))], Held(COMPLIANT, days(9), 1)),
        ((COMPLIANT, days(9)), [trained(1, days(5))], Held(COMPLIANT, days(9))),
        ((COMPLIANT, None), [trained(1, days(5))], Held(COMPLIANT, None)),
        ((COMPLIANT, days(5)), [trained(1, None)], Held(COMPLIANT, None, 1)),
    ],
)
def test_what_is_held(
    attested: tuple[ComplianceStatus, date | None] | None, trainings: list[Trained], held: Held | None
) -> None:
    said = None if attested is None else Attested(*attested, NOW)
    assert held_of(said, trainings) == held
    assert held_of(said, reversed(trainings)) == held


AT_ONCE = Duty(True, days(0))
GRACE = Duty(True, days(0), days(30))
LATER = Duty(True, days(10), None, days(10))
LIFTED = Duty(counts_from=days(10))


@pytest.mark.parametrize(
    ("duty", "held", "item"),
    [
        (UNRULED, None, None),
        (NOT_ASKED, None, None),
        (LIFTED, None, None),
        (AT_ONCE, None, Item(NON_COMPLIANT)),
        (GRACE, None, Item(PENDING, due_on=days(30))),
        (LATER, None, Item(NON_COMPLIANT, counts_from=days(10))),
        (UNRULED, Held(NON_COMPLIANT, None), Item(NON_COMPLIANT)),
        (NOT_ASKED, Held(NON_COMPLIANT, None), Item(NON_COMPLIANT, counts_from=date.max)),
        (LIFTED, Held(PENDING, None), Item(PENDING, counts_from=days(10))),
        (AT_ONCE, Held(PENDING, None), Item(PENDING)),
        (AT_ONCE, Held(COMPLIANT, days(-9)), Item(COMPLIANT, days(-9))),
        (GRACE, Held(COMPLIANT, days(9)), Item(COMPLIANT, days(9))),
        (GRACE, Held(COMPLIANT, days(0)), Item(COMPLIANT, days(0))),
        (GRACE, Held(COMPLIANT, days(-1)), Item(PENDING, days(-1), days(30))),
        (GRACE, Held(COMPLIANT, None), Item(COMPLIANT)),
        (GRACE, Held(NON_COMPLIANT, days(-1)), Item(NON_COMPLIANT, days(-1))),
        (GRACE, Held(PENDING, days(-1)), Item(PENDING, days(-1))),
    ],
)
def test_the_item_of_a_duty_and_what_is_held(duty: Duty, held: Held | None, item: Item | None) -> None:
    assert item_of(duty, held) == item


@pytest.mark.parametrize(
    ("duty", "groups"),
    [(AT_ONCE, [RED, RED, RED]), (GRACE, [YELLOW, YELLOW, RED]), (LATER, [GREEN, RED, RED]), (NOT_ASKED, [GREEN] * 3)],
)
def test_the_same_item_judged_on_later_days(duty: Duty, groups: list[int]) -> None:
    """Nothing has to run for grace to end: an item never depends on today."""
    item = item_of(duty, None) or Item(COMPLIANT)
    on = [group_of(item.status, item.expires_on, days(n), 60, item.due_on, item.counts_from) for n in (0, 30, 31)]
    assert on == groups
