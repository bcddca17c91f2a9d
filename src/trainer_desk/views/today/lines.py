"""A line of what needs a decision: the problem, its cause, and the one button that helps (ux 3)."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Kind(IntEnum):
    """What a line is about; the lower stands higher on the page."""

    INVALID = 0
    CLASH = 1
    UNMARKED = 2
    REQUESTS = 3
    OVER_CAPACITY = 4
    SHORT = 5
    MISSING = 6
    TO_TELL = 7
    ERRANDS = 8
    NEARLY_EMPTY = 9
    NEED = 10
    ELSEWHERE = 11
    OVERLOAD = 12
    UNDATED = 13


class Deed(StrEnum):
    """What pressing a line or its button does; the comment says what `Task.key` is."""

    OPEN = "open"  # a session; `value` is the field on which the focus belongs
    EDIT = "edit"  # a session; `value` are the fields to change
    PEOPLE = "people"  # a session into which people are to be put
    MARK = "mark"  # a session whose people are to be marked
    TICK = "tick"  # something on a session's checklist
    DRAFT = "draft"  # a course of which a session is to be made
    THING = "thing"  # a thing with a page; `value` is its kind
    PAGE = "page"  # `value` is the page of the window
    TELL = "tell"  # whoever is not told yet of their places
    WEEK = "week"  # a trainer whose week is to be seen


@dataclass(frozen=True, slots=True)
class Task:
    """Something that the window can do; `name` is the session's or the course's, for the toast."""

    deed: Deed
    key: int = 0
    value: Any = ""
    name: str = ""


ICONS: dict[Kind, tuple[str, str]] = {
    Kind.INVALID: ("octagon-alert", "danger"),
    Kind.CLASH: ("octagon-alert", "danger"),
    Kind.UNMARKED: ("clipboard-check", "text2"),
    Kind.REQUESTS: ("mail", "accent"),
    Kind.OVER_CAPACITY: ("triangle-alert", "warn"),
    Kind.SHORT: ("triangle-alert", "warn"),
    Kind.MISSING: ("circle-dashed", "text2"),
    Kind.TO_TELL: ("phone", "text2"),
    Kind.ERRANDS: ("list-checks", "text2"),
    Kind.NEARLY_EMPTY: ("users", "text2"),
    Kind.NEED: ("users", "danger"),
    Kind.ELSEWHERE: ("clock", "text2"),
    Kind.OVERLOAD: ("triangle-alert", "warn"),
    Kind.UNDATED: ("pencil-line", "text2"),
}
"""Icon and colour of each kind: red only for what cannot stand, and for who may not work."""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """`open` is what a press on the line does, `help` what its button does, which says `verb`.

    `key` tells the line from the others of its kind, so that the focus stays on it when the page is read anew.
    """

    kind: Kind
    key: int
    title: str
    cause: str
    open: Task
    verb: str
    help: Task = field(kw_only=True)
