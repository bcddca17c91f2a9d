"""Who needs a training on a given day: the four groups of the picker and their order, as functions of a date (P1)."""

from datetime import date, timedelta

from trainer_desk.models.enums import ComplianceStatus

RED, YELLOW, EXPIRING, GREEN = 1, 2, 3, 4
"""The groups: not compliant, pending, compliant but expiring soon, everyone else."""

GROUPS = (RED, YELLOW, EXPIRING, GREEN)


def group_of(status: ComplianceStatus | None, expires_on: date | None, day: date, expiring_days: int) -> int:
    """Return the group 1–4 of a person judged on `day`; `expires_on` is the last valid day (P1)."""
    if status is None:
        return GREEN
    if status is ComplianceStatus.PENDING:
        return YELLOW
    if effective_status(status, expires_on, day) is ComplianceStatus.NON_COMPLIANT:
        return RED
    if expires_on is not None and expires_on - day <= timedelta(days=expiring_days):
        return EXPIRING
    return GREEN


def effective_status(status: ComplianceStatus | None, expires_on: date | None, day: date) -> ComplianceStatus | None:
    """Return what the stored status means on `day`: a compliance past its last valid day is none."""
    if status is ComplianceStatus.COMPLIANT and expires_on is not None and expires_on < day:
        return ComplianceStatus.NON_COMPLIANT
    return status


def order_key(group: int, expires_on: date | None, sort_name: str, person_id: int) -> tuple[int, str, str, int]:
    """Return the place of a person in the picker: group, those without a date first, earliest date, name (P1).

    Group 4 is ordered by name alone. The same tuple continues a page (`PickerPage.next_key`).
    """
    dated = "" if group == GREEN or expires_on is None else expires_on.isoformat()
    return group, dated, sort_name, person_id
