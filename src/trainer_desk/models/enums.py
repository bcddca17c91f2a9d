"""The states and kinds of the field, as words; a leaf that every room may import."""

from enum import StrEnum


class SessionStatus(StrEnum):
    """Where a session stands in its life (S4)."""

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


CLAIMING = frozenset({SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS})
"""The states in which a session holds its trainer, venue and equipment (C1)."""


class SessionLabel(StrEnum):
    """The word shown for a session, derived and never stored (S8)."""

    CANCELLED = "cancelled"
    COMPLETED = "completed"
    AWAITING_ATTENDANCE = "awaiting attendance"
    IN_PROGRESS = "in progress"
    DRAFT = "draft"
    FULL = "full"
    ACTIVE = "active"
    UPCOMING = "upcoming"


class RunStatus(StrEnum):
    """The word shown for a run, derived from its sessions and never stored (R1)."""

    PLANNED = "planned"
    OPEN = "open"
    FULL = "full"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


class ResourceKind(StrEnum):
    """What a session can take for itself; one at a time (C1)."""

    TRAINER = "trainer"
    VENUE = "venue"
    EQUIPMENT = "equipment"


class VenueKind(StrEnum):
    """What sort of place a venue is; each can have parts (C3)."""

    ROOM = "room"
    VIRTUAL = "virtual"
    BOOTH = "booth"
    SITE = "site"


class SessionRole(StrEnum):
    """What a further resource of a session is there for; lead trainer and venue are columns of their own."""

    CO_TRAINER = "co"
    EQUIPMENT = "equipment"


class EnrollmentState(StrEnum):
    """How a person stands in a session; withdrawn rows stay on record (K4, K5)."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


SEATED = frozenset({EnrollmentState.CONFIRMED, EnrollmentState.OFFERED})
"""The states that take a seat and make a person busy (K2, C6)."""


class Attendance(StrEnum):
    """What was marked for a person; everybody must be marked before a session is completed (S5)."""

    REGISTERED = "registered"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class Result(StrEnum):
    """How somebody did where a course asks for a result; only a pass renews and certifies (A7)."""

    PASSED = "passed"
    FAILED = "failed"


class RequestStatus(StrEnum):
    """Where a booking request stands (Q1)."""

    DRAFT = "DRAFT"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"


class CertificateEnd(StrEnum):
    """Why a certificate counts no more: its session was reopened, a mark was corrected, a revision replaced it (A5)."""

    REOPENED = "reopened"
    CORRECTED = "corrected"
    REPLACED = "replaced"


class NoticeKind(StrEnum):
    """What an account is told behind the bell (D6)."""

    ENROLLED = "enrolled"
    PROMOTED = "promoted"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    CANCELLED = "cancelled"
    UNSCHEDULED = "unscheduled"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    DECIDED = "decided"
    REMINDER = "reminder"


class ComplianceStatus(StrEnum):
    """What a person holds for a course; what it means on a day is told by `rules.compliance` (P1)."""

    NON_COMPLIANT = "NON_COMPLIANT"
    PENDING = "PENDING"
    COMPLIANT = "COMPLIANT"


class OverlapPolicy(StrEnum):
    """What a course says to seats in two sessions at one time; the stricter of two counts (C6)."""

    IGNORE = "ignore"
    WARN = "warn"
    BLOCK = "block"


class PrerequisitePolicy(StrEnum):
    """What a course says to somebody who does not hold the course that it builds on (N5)."""

    WARN = "warn"
    BLOCK = "block"


class Role(StrEnum):
    """What somebody is to the organisation: one role per login."""

    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"
    REQUESTER = "requester"


class WaitlistMode(StrEnum):
    """What a freed spot does for those waiting: nothing, seat the next one, or ask them (K5)."""

    OFF = "off"
    ENROL = "enrol"
    OFFER = "offer"


class WaitlistOrder(StrEnum):
    """Who comes next: whoever joined first, or whoever needs the course most (K5)."""

    JOINED = "joined"
    URGENT = "urgent"


class WithdrawnWhy(StrEnum):
    """What took a person out, where it was not somebody's withdrawing: an offer that was declined or ran out (K5)."""

    DECLINED = "declined"
    LAPSED = "lapsed"


class HoldEnd(StrEnum):
    """What became of held seats: given back, run out, filled with people, or ended with the session (K7)."""

    RELEASED = "released"
    EXPIRED = "expired"
    FILLED = "filled"
    CANCELLED = "cancelled"


class PresenceEnd(StrEnum):
    """How a presence ended: checked out, without a sign of life for too long, or withdrawn from the session (K9)."""

    OUT = "out"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class AttachmentOwner(StrEnum):
    """What a file can belong to (N2)."""

    RECORD = "record"
    SESSION = "session"
    QUALIFICATION = "qualification"
    INTAKE = "intake"


class Severity(StrEnum):
    """Orange asks for attention, red refuses."""

    RED = "red"
    ORANGE = "orange"


class ChangeKind(StrEnum):
    """Whether a change was made for itself, or takes another one back or back again (V4)."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class SkipWhy(StrEnum):
    """Why a day of a series has no session (R3)."""

    EXCEPTED = "excepted"
    """It was among the days that were to be left out."""
    CLOSED = "closed"
    """The organisation was closed."""
    CLASH = "clash"
    """What the session needs was taken, and the day was left out for it."""
    TAKEN_OUT = "taken_out"
    """There was a session, and somebody took it out of the series."""
