"""Tables and facts about one row; no queries, no clock, no words for users.

The tables are loaded when one is first asked for, so that `models.enums` can be had without SQLAlchemy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainer_desk.models.accounts import Account
    from trainer_desk.models.attachments import Attachment, AttachmentBytes
    from trainer_desk.models.base import Base
    from trainer_desk.models.certificates import Certificate
    from trainer_desk.models.journal import Change, ChangeRow
    from trainer_desk.models.notices import Notice
    from trainer_desk.models.people import ComplianceItem, Contact, ContactLook, Intake, Person
    from trainer_desk.models.requests import BookingRequest, BookingRequestPerson
    from trainer_desk.models.requirements import Attestation, Requirement, TrainingRecord
    from trainer_desk.models.resources import (
        Category,
        ChecklistItem,
        Course,
        Qualification,
        Resource,
        Setting,
        Trainer,
        Venue,
    )
    from trainer_desk.models.seats import Group, GroupMember, Presence, Run, RunMember, RunSeat, SeatHold, Waiver
    from trainer_desk.models.series import Series, SeriesSkip
    from trainer_desk.models.sessions import (
        Block,
        Claim,
        Enrollment,
        Session,
        SessionChecklistItem,
        SessionResource,
        Telling,
    )

__all__ = [
    "Account",
    "Attachment",
    "AttachmentBytes",
    "Attestation",
    "Base",
    "Block",
    "BookingRequest",
    "BookingRequestPerson",
    "Category",
    "Certificate",
    "Change",
    "ChangeRow",
    "ChecklistItem",
    "Claim",
    "ComplianceItem",
    "Contact",
    "ContactLook",
    "Course",
    "Enrollment",
    "Group",
    "GroupMember",
    "Intake",
    "Notice",
    "Person",
    "Presence",
    "Qualification",
    "Requirement",
    "Resource",
    "Run",
    "RunMember",
    "RunSeat",
    "SeatHold",
    "Series",
    "SeriesSkip",
    "Session",
    "SessionChecklistItem",
    "SessionResource",
    "Setting",
    "Telling",
    "Trainer",
    "TrainingRecord",
    "Venue",
    "Waiver",
]

TABLES = (
    "accounts", "attachments", "base", "certificates", "journal", "notices", "people", "requests", "requirements",
    "resources", "seats", "series", "sessions",
)  # fmt: skip
"""The modules of the tables; all are loaded together, because they name each other."""


def __getattr__(name: str) -> Any:
    """Load every table and return one of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for module in [import_module(f"{__name__}.{table}") for table in TABLES]:
        globals().update({key: value for key, value in vars(module).items() if key in __all__})
    return globals()[name]
