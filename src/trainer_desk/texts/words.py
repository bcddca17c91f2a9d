"""Words for states, labels, groups and fields, and the short texts about seats."""

from collections.abc import Collection
from datetime import date, timedelta

from trainer_desk.models.enums import (
    Attendance,
    ComplianceStatus,
    EnrollmentState,
    RequestStatus,
    Role,
    RunStatus,
    SessionLabel,
    SessionStatus,
    VenueKind,
)
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW, effective_status
from trainer_desk.texts.formats import date_text
from trainer_desk.texts.translate import _, mark, plural

STATES = {
    SessionStatus.DRAFT: mark("Draft"),
    SessionStatus.SCHEDULED: mark("Scheduled"),
    SessionStatus.IN_PROGRESS: mark("In progress"),
    SessionStatus.COMPLETED: mark("Completed"),
    SessionStatus.CANCELLED: mark("Cancelled"),
}
LABELS = {
    SessionLabel.CANCELLED: mark("Cancelled"),
    SessionLabel.COMPLETED: mark("Completed"),
    SessionLabel.AWAITING_ATTENDANCE: mark("Awaiting attendance"),
    SessionLabel.IN_PROGRESS: mark("In progress"),
    SessionLabel.DRAFT: mark("Draft"),
    SessionLabel.FULL: mark("Full"),
    SessionLabel.ACTIVE: mark("Active"),
    SessionLabel.UPCOMING: mark("Upcoming"),
}
RUNS = {
    RunStatus.PLANNED: mark("Planned"),
    RunStatus.OPEN: mark("Open"),
    RunStatus.FULL: mark("Full"),
    RunStatus.RUNNING: mark("Running"),
    RunStatus.OVER: mark("Over"),
    RunStatus.CANCELLED: mark("Cancelled"),
}
REQUESTS = {
    RequestStatus.DRAFT: mark("Open"),
    RequestStatus.ACCEPTED: mark("Accepted"),
    RequestStatus.DECLINED: mark("Declined"),
    RequestStatus.CANCELLED: mark("Cancelled"),
}
ENROLLMENTS = {
    EnrollmentState.CONFIRMED: mark("Confirmed"),
    EnrollmentState.WAITLISTED: mark("Waiting"),
    EnrollmentState.OFFERED: mark("Offered"),
    EnrollmentState.WITHDRAWN: mark("Withdrawn"),
}
ATTENDANCE = {
    Attendance.REGISTERED: mark("Not marked"),
    Attendance.ATTENDED: mark("Attended"),
    Attendance.NO_SHOW: mark("No-show"),
}
VENUE_KINDS = {
    VenueKind.ROOM: mark("Room"),
    VenueKind.VIRTUAL: mark("Virtual room"),
    VenueKind.BOOTH: mark("Booth"),
    VenueKind.SITE: mark("Site"),
}
ROLES = {
    Role.SUPERVISOR: mark("Supervisor"),
    Role.TRAINER: mark("Trainer"),
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.REQUESTER: mark("Requester"),
}
GROUPS = {
    RED: mark("Not compliant"),
    YELLOW: mark("Pending"),
    EXPIRING: mark("Compliant, expiring soon"),
    GREEN: mark("Everyone else, compliant"),
}
OUTCOMES = {
    "enrolled": mark("enrolled"),
    "waitlisted": mark("on the waitlist"),
    "already": mark("already there"),
    "on_run": mark("on the run"),
    "assigned": mark("put into the group"),
    "moved": mark("moved to the group"),
    "unassigned": mark("taken out of the group"),
    "in_none": mark("in no group"),
}
KINDS = {
    "session": mark("session"),
    "course": mark("course"),
    "trainer": mark("trainer"),
    "venue": mark("venue"),
    "equipment": mark("piece of equipment"),
    "person": mark("person"),
    "people": mark("person"),
    "run": mark("run"),
    "series": mark("series"),
    "group": mark("group"),
    "qualification": mark("qualification"),
    "checklist_item": mark("item of the checklist"),
    "requirement": mark("requirement"),
    "enrollment": mark("enrollment"),
    "compliance": mark("compliance item"),
    "file": mark("file"),
    "change": mark("change"),
    "database": mark("database"),
    "resource": mark("trainer, venue or piece of equipment"),
    "finding": mark("finding"),
    "waiver": mark("waiver"),
    "account": mark("account"),
    "holiday": mark("holiday"),
    "absence": mark("absence"),
    "hold": mark("hold"),
    "offer": mark("offer"),
    "record": mark("training record"),
    "intake": mark("intake"),
    "request": mark("booking request"),
    "attachment": mark("attachment"),
}
FIELDS = {
    "course_id": mark("course"),
    "trainer_id": mark("trainer"),
    "venue_id": mark("venue"),
    "co_trainer_ids": mark("co-trainers"),
    "co_trainers": mark("co-trainers"),
    "equipment_ids": mark("equipment"),
    "run_id": mark("run"),
    "number_of_people": mark("number of people"),
    "starts_at": mark("start"),
    "starts": mark("start"),
    "ends": mark("end"),
    "on": mark("day"),
    "ends_at": mark("end"),
    "employee_no": mark("employee number"),
    "manager_no": mark("manager's number"),
    "job_role": mark("job role"),
    "short_code": mark("short code"),
    "duration_minutes": mark("duration in minutes"),
    "validity_months": mark("validity in months"),
    "expiring_days": mark("days of “expiring soon”"),
    "default_capacity": mark("usual capacity"),
    "overlap_policy": mark("overlap policy"),
    "prerequisite_policy": mark("rule on the prerequisite"),
    "requires_intake": mark("need of an intake"),
    "requires_result": mark("need of a result"),
    "sign_up": mark("sign-up"),
    "renews": mark("course that this renews"),
    "hue": mark("colour of the category"),
    "words": mark("text"),
    "days_before": mark("days before the session"),
    "weekly_hours": mark("weekly hours"),
    "part_of": mark("whole that this is part of"),
    "turnaround_minutes": mark("turnaround in minutes"),
    "occupancy_limit": mark("occupancy limit"),
    "valid_from": mark("first valid day"),
    "valid_until": mark("last valid day"),
    "expires_on": mark("last valid day"),
    "held_on": mark("day of the training"),
    "decision_on": mark("decision date"),
    "zone": mark("time zone"),
    "day_starts": mark("start of the working day"),
    "day_ends": mark("end of the working day"),
    "working_days": mark("working days"),
    "offer_hours": mark("hours to answer an offer"),
    "grace_days": mark("days of grace"),
    "presence_seconds": mark("seconds without a sign of life"),
    "reminder_minutes": mark("reminders before a session"),
    "load_norm_hours": mark("weekly norm of trainers"),
    "backup_hours": mark("hours between backups"),
    "backup_most": mark("number of backups kept"),
    "backup_folder": mark("folder of backups"),
    "repaired": mark("last repair"),
    "intake_on": mark("day of the intake"),
    "max_people": mark("limit of people"),
    "start_date": mark("first day"),
    "end_date": mark("last day"),
    "members_only": mark("members only"),
    "one_course": mark("days of one course"),
    "metadata": mark("metadata"),
    "except": mark("excepted day"),
    "until": mark("end of the hold"),
}


def state_word(status: SessionStatus) -> str:
    """Return the word for a stored state, like `In progress`."""
    return _(STATES[status])


def label_word(label: SessionLabel) -> str:
    """Return the word for a derived label, like `Awaiting attendance` (S8)."""
    return _(LABELS[label])


def run_status_word(status: RunStatus) -> str:
    """Return the word for the derived status of a run, like `Open` (R1)."""
    return _(RUNS[status])


def enrollment_word(state: EnrollmentState) -> str:
    """Return the word for the state of an enrollment."""
    return _(ENROLLMENTS[state])


def attendance_word(attendance: Attendance) -> str:
    """Return the word for an attendance mark."""
    return _(ATTENDANCE[attendance])


def outcome_word(outcome: str) -> str:
    """Return what became of a person who was to be enrolled (K11) or grouped (K10); a refusal has `error_text`."""
    return _(OUTCOMES[outcome])


def venue_kind_word(kind: VenueKind) -> str:
    """Return the word for a kind of venue."""
    return _(VENUE_KINDS[kind])


def role_word(role: Role) -> str:
    """Return the word for the role of an account, like `Supervisor`."""
    return _(ROLES[role])


def request_word(status: RequestStatus) -> str:
    """Return the word for the state of a booking request (Q1)."""
    return _(REQUESTS[status])


def group_word(group: int) -> str:
    """Return the heading of a group of the picker, 1–4 (P1)."""
    return _(GROUPS[group])


def kind_word(kind: str) -> str:
    """Return the word for a kind of thing inside a sentence; unknown kinds stay as they are."""
    return _(KINDS[kind]) if kind in KINDS else kind.replace("_", " ")


def field_word(field: str) -> str:
    """Return the word for a field or column inside a sentence; most are their own word."""
    return _(FIELDS[field]) if field in FIELDS else field.replace("_", " ")


def fields_text(fields: Collection[str]) -> str:
    """Return `trainer, venue and start`."""
    words = [field_word(field) for field in fields]
    if len(words) < 2:
        return "".join(words)
    return _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def people_text(count: int) -> str:
    """Return `1 person`, `13 people`."""
    return plural("{n} person", "{n} people", count)


def spots_text(available: int | None) -> str:
    """Return `3 spots left`, `Session Full`, or `No limit` (K2)."""
    if available is None:
        return _("No limit")
    if available <= 0:
        return _("Session Full")
    return plural("{n} spot left", "{n} spots left", available)


def seats_text(seats_taken: int, capacity: int | None) -> str:
    """Return `18/20`; without a limit `18`."""
    return str(seats_taken) if capacity is None else f"{seats_taken}/{capacity}"


def pill_text(
    group: int,
    status: ComplianceStatus | None,
    expires_on: date | None,
    day: date,
    due_on: date | None = None,
    counts_from: date | None = None,
) -> str:
    """Return the words of a person's pill, judged on `day` (P3): `Expires in 21 days`; no status: nothing is held."""
    if status is None:
        return _("Nothing on record")
    if group == RED:
        return _lacking_text(status, expires_on, day, due_on)
    if group == YELLOW:
        return _("Result awaited") if due_on is None else _("Due by {day}").format(day=date_text(due_on))
    if group == EXPIRING and expires_on is not None:
        left = (expires_on - day).days
        return plural("Expires in {n} day", "Expires in {n} days", left) if left else _("Last valid day")
    if effective_status(status, expires_on, day, due_on, counts_from) is not ComplianceStatus.COMPLIANT:
        is_exempt = counts_from is not None and counts_from < date.max
        last = counts_from - timedelta(days=1) if counts_from and is_exempt else None
        return _("Exempt to {day}").format(day=date_text(last)) if last else _("Not required")
    return _("Compliant") if expires_on is None else _("Valid to {day}").format(day=date_text(expires_on))


def _lacking_text(status: ComplianceStatus, expires_on: date | None, day: date, due_on: date | None) -> str:
    if status is ComplianceStatus.PENDING and due_on is not None:
        return _("Was due by {day}").format(day=date_text(due_on))
    if expires_on is not None and expires_on >= day:
        return group_word(RED)
    return _("Never trained") if expires_on is None else _("Expired {day}").format(day=date_text(expires_on))
