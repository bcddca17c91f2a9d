"""The four groups of the picker on and around every border of their days, and the order inside them."""

from datetime import date, timedelta

import pytest

from tests.services.rules.plan import DAY
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW, effective_status, group_of, order_key

NON_COMPLIANT, PENDING = ComplianceStatus.NON_COMPLIANT, ComplianceStatus.PENDING
COMPLIANT = ComplianceStatus.COMPLIANT


def days(count: int) -> date:
    return DAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("status", "expires_on", "group"),
    [
        (None, None, GREEN),
        (NON_COMPLIANT, None, RED),
        (NON_COMPLIANT, days(500), RED),
        (PENDING, None, YELLOW),
        (PENDING, days(-500), YELLOW),
        (PENDING, days(500), YELLOW),
        (COMPLIANT, days(-1), RED),
        (COMPLIANT, days(0), EXPIRING),
        (COMPLIANT, days(60), EXPIRING),
        (COMPLIANT, days(61), GREEN),
        (COMPLIANT, None, GREEN),
        (COMPLIANT, date.max, GREEN),
    ],
)
def test_the_group_on_the_day(status: ComplianceStatus | None, expires_on: date | None, group: int) -> None:
    assert group_of(status, expires_on, DAY, 60) == group


@pytest.mark.parametrize(
    ("status", "expires_on", "due_on", "counts_from", "group"),
    [
        (PENDING, None, days(0), None, YELLOW),
        (PENDING, None, days(-1), None, RED),
        (PENDING, days(9), days(-1), None, RED),
        (PENDING, None, days(-1), days(1), GREEN),
        (PENDING, None, days(9), days(0), YELLOW),
        (NON_COMPLIANT, None, None, days(1), GREEN),
        (NON_COMPLIANT, None, None, days(0), RED),
        (COMPLIANT, days(-1), None, days(1), GREEN),
        (COMPLIANT, days(-1), None, days(-1), RED),
        (COMPLIANT, days(9), None, date.max, GREEN),
        (COMPLIANT, days(9), None, days(0), EXPIRING),
        (None, None, None, days(0), GREEN),
    ],
)
def test_the_group_when_grace_runs_out_and_an_exemption_ends(
    status: ComplianceStatus | None, expires_on: date | None, due_on: date | None, counts_from: date | None, group: int
) -> None:
    assert group_of(status, expires_on, DAY, 60, due_on, counts_from) == group


def test_without_a_warning_only_the_last_day_is_expiring() -> None:
    assert group_of(COMPLIANT, DAY, DAY, 0) == EXPIRING
    assert group_of(COMPLIANT, days(1), DAY, 0) == GREEN


@pytest.mark.parametrize(
    ("status", "expires_on", "expected"),
    [
        (None, None, None),
        (COMPLIANT, DAY, COMPLIANT),
        (COMPLIANT, days(-1), NON_COMPLIANT),
        (COMPLIANT, None, COMPLIANT),
        (PENDING, days(-1), PENDING),
    ],
)
def test_the_status_on_the_day(
    status: ComplianceStatus | None, expires_on: date | None, expected: ComplianceStatus | None
) -> None:
    assert effective_status(status, expires_on, DAY) is expected


@pytest.mark.parametrize(
    ("status", "due_on", "counts_from", "expected"),
    [
        (PENDING, DAY, None, PENDING),
        (PENDING, days(-1), None, NON_COMPLIANT),
        (PENDING, days(-1), days(1), None),
        (NON_COMPLIANT, None, days(1), None),
        (NON_COMPLIANT, None, DAY, NON_COMPLIANT),
        (COMPLIANT, None, date.max, COMPLIANT),
    ],
)
def test_the_status_when_grace_runs_out_and_an_exemption_ends(
    status: ComplianceStatus, due_on: date | None, counts_from: date | None, expected: ComplianceStatus | None
) -> None:
    assert effective_status(status, None, DAY, due_on, counts_from) is expected


def test_the_order() -> None:
    people = [
        (GREEN, days(90), "abel", 1),
        (GREEN, None, "zoe", 2),
        (EXPIRING, days(9), "bea", 3),
        (RED, days(-5), "cleo", 4),
        (RED, days(-9), "zac", 5),
        (RED, None, "yan", 6),
        (RED, None, "yan", 7),
        (YELLOW, None, "ada", 8),
    ]
    ordered = sorted(people, key=lambda person: order_key(*person))
    assert [person[3] for person in ordered] == [6, 7, 5, 4, 8, 3, 1, 2]
