"""Who needs a training on a given day: the four groups of the picker and their order, as functions of a date (P1)."""

from datetime import date, timedelta

from trainer_desk.models.enums import ComplianceStatus

RED, YELLOW, EXPIRING, GREEN = 1, 2, 3, 4
"""The groups: not compliant, pending, compliant but expiring soon, everyone else."""

GROUPS = (RED, YELLOW, EXPIRING, GREEN)


def group_of(
    status: ComplianceStatus | None,
    expires_on: date | None,
    day: date,
    expiring_days: int,
    due_on: date | None = None,
    counts_from: date | None = None,
) -> int:
    """Return the group 1–4 of a person judged on `day`; `expires_on` is the last valid day (P1).

    A pending item is pending up to and including `due_on` (None: without end); before `counts_from` none counts.
    """
    if counts_from is not None and day < counts_from:
        return GREEN
    means = effective_status(status, expires_on, day, due_on)
    if means is None:
        return GREEN
    if means is not ComplianceStatus.COMPLIANT:
        return YELLOW if means is ComplianceStatus.PENDING else RED
    if expires_on is not None and expires_on - day <= timedelta(days=expiring_days):
        return EXPIRING
    return GREEN


def effective_status(
    status: ComplianceStatus | None,
    expires_on: date | None,
    day: date,
    due_on: date | None = None,
    counts_from: date | None = None,
) -> ComplianceStatus | None:
    """Return what the stored status means on `day`: a compliance past its last valid day is none, nor is grace run out.

    Before `counts_from` nothing is asked, so what is not held is not lacking either: None.
    """
    ends_on = expires_on if status is ComplianceStatus.COMPLIANT else due_on
    if status is not None and ends_on is not None and ends_on < day:
        status = ComplianceStatus.NON_COMPLIANT
    is_asked = counts_from is None or day >= counts_from
    return status if is_asked or status is ComplianceStatus.COMPLIANT else None


def order_key(group: int, expires_on: date | None, sort_name: str, person_id: int) -> tuple[int, str, str, int]:
    """Return the place of a person in the picker: group, those without a date first, earliest date, name (P1).

    Group 4 is ordered by name alone. The same tuple continues a page (`PickerPage.next_key`).
    """
    dated = "" if group == GREEN or expires_on is None else expires_on.isoformat()
    return group, dated, sort_name, person_id
