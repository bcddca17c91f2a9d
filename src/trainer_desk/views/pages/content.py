"""What stands on a page, as plain values: the window shows it, and the printer puts the same on paper."""

from dataclasses import dataclass, field

from trainer_desk.views.parts.row_model import Column, Mark

PEOPLE, TRAINERS, COURSES, SESSIONS = "people", "trainers", "courses", "sessions"
RECORDS, INTAKES, CERTIFICATES, ABSENCES = "records", "intakes", "certificates", "absences"
"""Kinds of things that a page names: the first three have pages, a session its panel, all others a sheet."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a fact or a row leads: a kind and an id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A short fact under its label; with a link its words are a button."""

    label: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a section: one text per column."""

    cells: tuple[str, ...]
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table under it; `empty` is said instead of a table without rows.

    `counted` sections tell beside the heading how many rows there are. Where one sheet of paper has no room for every
    row, those of twice the `weight` keep twice as many. `action` is on a button beside the heading, where there is one.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    empty: str
    counted: bool = True
    weight: int = 1
    action: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole page: `kind` and `id` are the thing's, `pill` is words, tone and icon.

    `hue` is a category's colour (None: the name's own), `text` a description in whole sentences.
    """

    kind: str
    id: int
    title: str
    subtitle: str
    pill: tuple[str, str, str]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    hue: int | None = None
    text: str = ""

    def section(self, name: str) -> Section:
        """Return a section by its id. Raises LookupError."""
        return next(section for section in self.sections if section.id == name)


@dataclass(slots=True)
class Marks:
    """Collects the looks of texts while lines are made; as a column's `mark` it gives them back."""

    known: dict[str, Mark] = field(default_factory=dict)

    def add(self, text: str, mark: Mark) -> str:
        """Remember how a text looks, and return it."""
        self.known[text] = mark
        return text


def stated(pairs: tuple[tuple[str, str | None], ...]) -> tuple[Fact, ...]:
    """Return those facts that are known."""
    return tuple(Fact(label, words) for label, words in pairs if words)
