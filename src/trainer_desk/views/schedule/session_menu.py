"""The menu of one or several sessions: every action that their states allow, with its key (ux 4.5)."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.marking import MARKABLE
from trainer_desk.services.rules.transitions import DELETABLE, OPEN_FOR_PEOPLE, is_editable
from trainer_desk.texts.translate import _, mark
from trainer_desk.views.actions import key_text, spec_of
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.out_menu import offered
from trainer_desk.views.schedule.possible import Possible
from trainer_desk.views.theme import look

Do = Callable[[str], object]
DRAFT, SCHEDULED = SessionStatus.DRAFT, SessionStatus.SCHEDULED

MOVES = {
    "publish": ("schedule", mark("Schedule"), ""),
    "start": ("start", mark("Start session"), "clock"),
    "complete": ("complete", mark("Complete session"), "circle-check"),
    "reopen": ("reopen", mark("Reopen session"), "undo-2"),
    "unpublish": ("unpublish", mark("Back to draft"), "pencil-line"),
    "reinstate": ("reinstate", mark("Reinstate as a draft"), "undo-2"),
}
"""Action, words and icon of each verb of the table of moves; cancelling stands at the end, beside deleting."""

KEYS = ("schedule", "attendance", "add_people", "door", "export_roster", "print_sign_in", "duplicate", "remove")
"""What a key does with the selected sessions of a calendar or a list, besides opening them."""
WITH_KEYS = ("open", *KEYS, "edit_here")


def session_menu(
    parent: QWidget,
    cards: Sequence[SessionCard],
    do: Do,
    can: Possible,
    edit: Callable[[], object] | None = None,
) -> Menu:
    """Return the menu; `do` is called with the id of the action that was chosen, `edit` edits a cell of a list."""
    menu = Menu(parent, _("Session"))
    single = len(cards) == 1
    if single:
        _add(menu, do, "open", _("Open"))
        if can.plans:
            _add(menu, do, "move_to", _("Move to…"), "clock")
            _add_finding(menu, do, cards[0])
        if can.plans and edit is not None:
            _add(menu, lambda _name: edit(), "edit_here", _("Edit here"))
        menu.addSeparator()
    for verb, (action, word, icon) in MOVES.items():
        if verb in can.moves:
            _add(menu, do, action, _(word), icon)
    if can.plans:
        _add_unplace(menu, do, cards)
    menu.addSeparator()
    if single:
        _add_people(menu, do, cards[0].status, can)
    _add_out(menu, do, can, has_proof=any(card.status is SessionStatus.COMPLETED for card in cards))
    if can.plans:
        _add(menu, do, "tell", _("Tell its people…") if single else _("Tell their people…"), "phone")
        _add(menu, do, "duplicate", _("Duplicate"))
        if not single:
            _add_many(menu, do)
        menu.addSeparator()
        _add_remove(menu, do, cards, can)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def trash_menu(parent: QWidget, do: Do) -> Menu:
    """Return the menu of sessions in the trash."""
    menu = Menu(parent, _("Session"))
    _add(menu, do, "restore", _("Restore as a draft"), "undo-2")
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add_finding(menu: Menu, do: Do, card: SessionCard) -> None:
    """Offer free times where the start can move, substitutes where somebody leads it, and to repeat it (C7, C8, R2)."""
    if is_editable(card.status, "starts_at"):
        _add(menu, do, "free_times", _("Show free times"), "calendar-check-2")
    if card.trainer_id is not None and card.starts_at is not None and is_editable(card.status, "trainer_id"):
        _add(menu, do, "substitute", _("Substitute…"), "users")
    if card.starts_at is not None and card.status is not SessionStatus.CANCELLED:
        _add(menu, do, "repeat", _("Repeat…"), "calendar-days")


def _add_many(menu: Menu, do: Do) -> None:
    """Offer what is done to many at once, each rehearsed in a sheet (R5)."""
    menu.addSeparator()
    _add(menu, do, "move_by", _("Move by…"), "clock")
    _add(menu, do, "copy_week", _("Copy to week…"), "copy")
    _add(menu, do, "set_trainer", _("Trainer…"), "users")
    _add(menu, do, "set_venue", _("Venue…"), "map-pin")
    _add(menu, do, "set_capacity", _("Capacity…"), "columns-3")


def _add_out(menu: Menu, do: Do, can: Possible, *, has_proof: bool) -> None:
    """Offer the files and the paper that sessions leave on."""
    for name, word, icon in offered(prints=can.prints, has_proof=has_proof):
        _add(menu, do, name, word, icon)


def _add_unplace(menu: Menu, do: Do, cards: Sequence[SessionCard]) -> None:
    states = {card.status for card in cards}
    if SCHEDULED in states:
        _add(menu, do, "unplace", _("Put back to the drafts"), "undo-2")
    elif states == {DRAFT} and any(card.starts_at is not None for card in cards):
        _add(menu, do, "unplace", _("Take its date away"), "undo-2")


def _add_people(menu: Menu, do: Do, status: SessionStatus, can: Possible) -> None:
    if status in MARKABLE and can.checks_in:
        _add(menu, do, "attendance", _("Take attendance"))
    if status in OPEN_FOR_PEOPLE and can.enrols:
        _add(menu, do, "add_people", _("Add people"))
    if status in CLAIMING and can.checks_in:
        _add(menu, do, "door", _("Check-in at the door"))


def _add_remove(menu: Menu, do: Do, cards: Sequence[SessionCard], can: Possible) -> None:
    if {card.status for card in cards} <= DELETABLE:
        _add(menu, do, "remove", _("Delete"))
    elif "cancel" in can.moves:
        _add(menu, do, "remove", _("Cancel session") if len(cards) == 1 else _("Cancel sessions"), "ban")


def _add(menu: Menu, do: Do, name: str, text: str, icon: str = "") -> QAction:
    keys: tuple[str, ...] = ()
    if name in WITH_KEYS:
        spec = spec_of(name)
        keys, icon = spec.keys, icon or spec.icon
    action = menu.addAction(text if not keys else f"{text}\t{key_text(keys)[0]}")
    if icon:
        action.setIcon(look().icon(icon))
    action.triggered.connect(lambda _on=False: do(name))
    return action
