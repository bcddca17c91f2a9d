"""Tables and facts about one row; no queries, no clock, no words for users.

The tables are loaded when one is first asked for, so that `models.enums` can be had without SQLAlchemy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainer_desk.models.base import Base
    from trainer_desk.models.journal import Change, ChangeRow
    from trainer_desk.models.people import ComplianceItem, Contact, Person
    from trainer_desk.models.resources import Course, Qualification, Resource, Setting, Trainer, Venue
    from trainer_desk.models.seats import Group, GroupMember, Presence, Run, RunSeat, SeatHold, Waiver
    from trainer_desk.models.sessions import Block, Claim, Enrollment, Session, SessionResource

__all__ = [
    "Base",
    "Block",
    "Change",
    "ChangeRow",
    "Claim",
    "ComplianceItem",
    "Contact",
    "Course",
    "Enrollment",
    "Group",
    "GroupMember",
    "Person",
    "Presence",
    "Qualification",
    "Resource",
    "Run",
    "RunSeat",
    "SeatHold",
    "Session",
    "SessionResource",
    "Setting",
    "Trainer",
    "Venue",
    "Waiver",
]

TABLES = ("base", "journal", "people", "resources", "seats", "sessions")
"""The modules of the tables; all are loaded together, because they name each other."""


def __getattr__(name: str) -> Any:
    """Load every table and return one of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for module in [import_module(f"{__name__}.{table}") for table in TABLES]:
        globals().update({key: value for key, value in vars(module).items() if key in __all__})
    return globals()[name]
