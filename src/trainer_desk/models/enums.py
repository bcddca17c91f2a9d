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


class ResourceKind(StrEnum):
    TRAINER = "trainer"
    VENUE = "venue"
    EQUIPMENT = "equipment"


class VenueKind(StrEnum):
    ROOM = "room"
    VIRTUAL = "virtual"
    BOOTH = "booth"
    SITE = "site"


class SessionRole(StrEnum):
    """What a further resource of a session is there for; lead trainer and venue are columns of their own."""

    CO_TRAINER = "co"
    EQUIPMENT = "equipment"


class EnrollmentState(StrEnum):
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


SEATED = frozenset({EnrollmentState.CONFIRMED, EnrollmentState.OFFERED})
"""The states that take a seat and make a person busy (K2, C6)."""


class Attendance(StrEnum):
    REGISTERED = "registered"
    ATTENDED = "attended"
    NO_SHOW = "no_show"


class ComplianceStatus(StrEnum):
    NON_COMPLIANT = "NON_COMPLIANT"
    PENDING = "PENDING"
    COMPLIANT = "COMPLIANT"


class OverlapPolicy(StrEnum):
    IGNORE = "ignore"
    WARN = "warn"
    BLOCK = "block"


class WaitlistMode(StrEnum):
    OFF = "off"
    ENROL = "enrol"
    OFFER = "offer"


class WaitlistOrder(StrEnum):
    JOINED = "joined"
    URGENT = "urgent"


class Severity(StrEnum):
    """Orange asks for attention, red refuses."""

    RED = "red"
    ORANGE = "orange"


class ChangeKind(StrEnum):
    DO = "do"
    UNDO = "undo"
    REDO = "redo"
