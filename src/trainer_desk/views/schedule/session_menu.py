"""The menu of one or several sessions: every action that their states allow, with its key (ux 4.5)."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.transitions import DELETABLE, OPEN_FOR_PEOPLE
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import key_text, spec_of
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.theme import look

Do = Callable[[str], object]
DRAFT, SCHEDULED, CANCELLED = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.CANCELLED


def session_menu(
    parent: QWidget, cards: Sequence[SessionCard], do: Do, edit: Callable[[], object] | None = None
) -> Menu:
    """Return the menu; `do` is called with the id of the action that was chosen, `edit` edits a cell of a list."""
    menu = Menu(parent, _("Session"))
    states = {card.status for card in cards}
    single = len(cards) == 1
    if single:
        _add(menu, do, "open", _("Open"))
        _add(menu, do, "move_to", _("Move to…"), "clock")
        if edit is not None:
            _add(menu, lambda _name: edit(), "edit_here", _("Edit here"))
        menu.addSeparator()
    if DRAFT in states:
        _add(menu, do, "schedule", _("Schedule"))
    if SCHEDULED in states:
        _add(menu, do, "unpublish", _("Back to draft"), "pencil-line")
        _add(menu, do, "unplace", _("Put back to the drafts"), "undo-2")
    elif states == {DRAFT} and any(card.starts_at is not None for card in cards):
        _add(menu, do, "unplace", _("Take its date away"), "undo-2")
    if CANCELLED in states:
        _add(menu, do, "reinstate", _("Reinstate as a draft"), "undo-2")
    menu.addSeparator()
    if single:
        _add_people(menu, do, cards[0].status)
    _add(menu, do, "export_roster", _("Save the roster as CSV"))
    _add(menu, do, "duplicate", _("Duplicate"))
    menu.addSeparator()
    if states <= DELETABLE:
        _add(menu, do, "remove", _("Delete"))
    elif SCHEDULED in states or SessionStatus.IN_PROGRESS in states:
        _add(menu, do, "remove", _("Cancel session") if single else _("Cancel sessions"), "ban")
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def trash_menu(parent: QWidget, do: Do) -> Menu:
    """Return the menu of sessions in the trash."""
    menu = Menu(parent, _("Session"))
    _add(menu, do, "restore", _("Restore as a draft"), "undo-2")
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add_people(menu: Menu, do: Do, status: SessionStatus) -> None:
    if status in OPEN_FOR_PEOPLE:
        _add(menu, do, "add_people", _("Add people"))
    if status in CLAIMING:
        _add(menu, do, "door", _("Check-in at the door"))


def _add(menu: Menu, do: Do, name: str, text: str, icon: str = "") -> QAction:
    keys: tuple[str, ...] = ()
    if name in ("open", "schedule", "add_people", "door", "export_roster", "duplicate", "remove", "edit_here"):
        spec = spec_of(name)
        keys, icon = spec.keys, icon or spec.icon
    action = menu.addAction(text if not keys else f"{text}\t{key_text(keys)[0]}")
    if icon:
        action.setIcon(look().icon(icon))
    action.triggered.connect(lambda _on=False: do(name))
    return action
