"""What a page of the catalogue shows: its questions, columns and fields, declared and not coded (N3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trainer_desk.services.orchestration.catalogue import change, create
from trainer_desk.services.rows.catalogue import Asked, Found, Named, Thing
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.session.resource_combo import Choice


@dataclass(frozen=True, slots=True)
class FieldDesign:
    """One field: `name` is the import's column; what is `required` is asked for before the thing is made.

    `note` stands below it in small letters. What is `fixed` is asked for then and stays as it is.
    """

    name: str
    title: str
    required: bool = False
    note: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Text(FieldDesign):
    """One line; `of` names the names that are proposed while one types, `told_by` the note that says what it means."""

    hint: str = ""
    of: str = ""
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Prose(FieldDesign):
    """A text of several lines."""

    hint: str = ""


@dataclass(frozen=True, slots=True)
class Number(FieldDesign):
    """A whole number with its unit; `empty` says what none means."""

    unit: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Flag(FieldDesign):
    """Yes or no; the title stands beside the box."""


@dataclass(frozen=True, slots=True)
class OneOf(FieldDesign):
    """One of a few words; the first stands for a new thing."""

    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference(FieldDesign):
    """Another thing, found as one types; `of` names the names to choose from."""

    of: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Day(FieldDesign):
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Weekdays(FieldDesign):
    """Days of the week."""


@dataclass(frozen=True, slots=True)
class Colour(FieldDesign):
    """One of the eight colours."""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading; fields of one inner tuple stand side by side."""

    title: str
    fields: tuple[FieldDesign | tuple[FieldDesign, ...], ...]

    def flat(self) -> tuple[FieldDesign, ...]:
        """Return the fields in the order of Tab."""
        found: list[FieldDesign] = []
        for each in self.fields:
            found.extend(each if isinstance(each, tuple) else (each,))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of its things, in sentences of its own: `new` is on the button, `one` inside sentences."""

    title: str
    one: str
    new: str
    search: str
    empty: str
    none_retired: str
    active: str
    retired: str
    retire: str
    bring_back: str


@dataclass(frozen=True, slots=True)
class Design:
    """One kind of thing: `kind` is the import's word for it and the page's id, `tables` those whose changes it shows.

    `find` lists, `load` reads one by its id, `names` are questions for what can be referred to; `cells` gives the
    texts of a row in the order of `columns`, `chosen` the columns by which the list can be narrowed with their names.
    """

    kind: str
    icon: str
    words: Words
    tables: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: Callable[[Thing], tuple[str, ...]]
    find: Callable[[Any, Asked], Found]
    load: Callable[[Any, int], Thing]
    sections: tuple[Section, ...]
    names: Mapping[str, Callable[[Any], tuple[Named, ...]]] = field(default_factory=dict)
    chosen: tuple[tuple[str, str, str], ...] = ()
    """Column, title and which names of each filter over the list."""
    create: Callable[..., int] = create
    change: Callable[..., int] = change
    drop: Callable[..., None] | None = None
    """The verbs that make and change a thing, and the one that deletes it where nothing is to be settled first."""
    deeds: tuple[tuple[str, str, Callable[..., Any]], ...] = ()
    """What can be done with several at once: its id, its words, and the verb that the role must be allowed."""
    exports: bool = True
    """Whether the list, which is whole on its page, can be saved as CSV."""
    more: Callable[[Any, Callable[[], date]], Any] | None = None
    """Makes what stands below the fields (a MoreSection), from the door and from what tells today."""

    def required(self) -> Section:
        """Return the fields that are asked for before the thing is made."""
        fields = tuple(each for section in self.sections for each in section.flat() if each.required)
        return Section("", fields)
