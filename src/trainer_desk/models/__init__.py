"""Tables and facts about one row; no queries, no clock, no words for users."""

from trainer_desk.models.base import Base
from trainer_desk.models.journal import Change, ChangeRow
from trainer_desk.models.people import ComplianceItem, Contact, Person
from trainer_desk.models.resources import Course, Qualification, Resource, Setting, Trainer, Venue
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
    "Person",
    "Qualification",
    "Resource",
    "Session",
    "SessionResource",
    "Setting",
    "Trainer",
    "Venue",
]
