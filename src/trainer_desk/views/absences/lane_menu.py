"""The menu of a lane of the timeline: ill today, leave, closed; and what of it is there already (C4)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.texts.formats import day_text
from trainer_desk.texts.translate import _
from trainer_desk.views.absences.words import span_words
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.theme import look

Enter = Callable[[date, date, str], object]
"""Asks for an absence from a day to a day, both included, for a reason."""


def lane_menu(parent: QWidget, kind: str, name: str, today: date, day: date | None, enter: Enter) -> Menu:
    """Return the menu of a trainer, venue or piece of equipment; `day` is the day under the pointer."""
    menu = Menu(parent, name)
    wanted = day or today
    when = day_text(wanted)
    if kind == "trainer":
        _add(menu, _("Ill today…"), "user-x", lambda: enter(today, today, _("Ill")))
        if wanted != today:
            _add(menu, _("Ill on {day}…").format(day=when), "user-x", lambda: enter(wanted, wanted, _("Ill")))
        _add(menu, _("Leave from {day}…").format(day=when), "calendar-days", lambda: enter(wanted, wanted, _("Leave")))
    elif kind == "venue":
        _add(menu, _("Closed on {day}…").format(day=when), "ban", lambda: enter(wanted, wanted, ""))
    else:
        _add(menu, _("Not available on {day}…").format(day=when), "ban", lambda: enter(wanted, wanted, ""))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def add_standing(
    menu: Menu,
    blocks: Sequence[BlockRow],
    zone: ZoneInfo,
    change: Callable[[int], object],
    lift: Callable[[int], object],
) -> None:
    """Add what can be done with the absences that are there already, by the ids of their blocks."""
    for block in blocks:
        span = span_words(block.starts_at, block.ends_at, zone)
        named = f"{block.reason}, {span}" if block.reason else span
        menu.addSeparator()
        _add(menu, _("Change {absence}…").format(absence=named), "pencil-line", partial(change, block.id))
        _add(menu, _("Take back {absence}").format(absence=named), "undo-2", partial(lift, block.id))


def standing_on(blocks: Sequence[BlockRow], resource_id: int, day: date, directory: Directory) -> list[BlockRow]:
    """Return the absences of a resource that are felt on a day."""
    begins, ends = day_bounds(day, directory.settings.zone)
    return [
        block
        for block in blocks
        if block.resource_id == resource_id and block.starts_at < ends and begins < block.ends_at
    ]


def _add(menu: Menu, words: str, icon: str, do: Callable[[], object]) -> None:
    action = menu.addAction(look().icon(icon), literal(words))
    action.triggered.connect(lambda _on=False: do())
