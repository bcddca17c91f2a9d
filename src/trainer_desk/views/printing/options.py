"""What can be chosen before something is printed: the paper, how it lies, and what the document itself offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QPageLayout, QPageSize

from trainer_desk.texts.translate import _, mark
from trainer_desk.views.memory import Memory
from trainer_desk.views.printing.devices import sheet

PAPER, LIE = "paper", "lie"
YES, NO = "yes", "no"
Chosen = Mapping[str, str]
"""Values by the key of their option."""

SIZES = {
    "a4": (mark("A4"), QPageSize.PageSizeId.A4),
    "a3": (mark("A3"), QPageSize.PageSizeId.A3),
    "a5": (mark("A5"), QPageSize.PageSizeId.A5),
    "letter": (mark("Letter"), QPageSize.PageSizeId.Letter),
    "legal": (mark("Legal"), QPageSize.PageSizeId.Legal),
    "tabloid": (mark("Tabloid"), QPageSize.PageSizeId.Tabloid),
}
LIES = {
    "upright": (mark("Upright"), QPageLayout.Orientation.Portrait),
    "across": (mark("Across"), QPageLayout.Orientation.Landscape),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One question: its key, its label, the choices as (value, words), and the value at first.

    Without choices it is a box to tick, whose values are `yes` and `no`.
    """

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    value: str


def box(key: str, label: str, *, ticked: bool) -> Option:
    """Return an option that is a box to tick."""
    return Option(key, label, (), YES if ticked else NO)


def paper_option(sizes: Sequence[str] = ("a4", "letter", "a3")) -> Option:
    """Return the question for the size of paper; the usual one of the place comes first, where it is among them."""
    usual = next((key for key, (_words, size) in SIZES.items() if size == sheet().pageSize().id()), sizes[0])
    return Option(PAPER, _("Paper"), _words(SIZES, sizes), usual if usual in sizes else sizes[0])


def lie_option(value: str = "upright") -> Option:
    """Return the question how the paper lies."""
    return Option(LIE, _("Orientation"), _words(LIES, tuple(LIES)), value)


def layout_of(chosen: Chosen, lie: str = "upright") -> QPageLayout:
    """Return the sheet that was chosen, with the usual margins; `lie` is for documents that do not ask."""
    layout = sheet()
    margins = layout.margins()
    if PAPER in chosen:
        layout.setPageSize(QPageSize(SIZES[chosen[PAPER]][1]))
    layout.setOrientation(LIES[chosen.get(LIE, lie)][1])
    layout.setMargins(margins)
    return layout


def recalled(options: Sequence[Option], memory: Memory, kind: str) -> list[Option]:
    """Return the options with what was chosen the last time, as far as it can still be chosen."""
    kept: dict[str, str] = memory.get(f"print/{kind}", {})
    return [replace(one, value=kept[one.key]) if _offers(one, kept.get(one.key)) else one for one in options]


def remember(chosen: Chosen, memory: Memory, kind: str) -> None:
    """Remember what was chosen for the next time."""
    memory.put(f"print/{kind}", dict(chosen))
    memory.save()


def _offers(option: Option, value: str | None) -> bool:
    values = [one for one, _said in option.choices] or [YES, NO]
    return value in values


def _words(table: Mapping[str, tuple[str, object]], keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, _(table[key][0])) for key in keys)
