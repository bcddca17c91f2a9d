"""Takes the gestures of planners away from whoever may not plan: keys, buttons, and the calendar's own (V1, U2)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from trainer_desk.services.orchestration.bulk import carry_out
from trainer_desk.services.orchestration.scheduling import cancel, edit_session, publish
from trainer_desk.services.planning.drafts import create_draft, duplicate_session
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk

if TYPE_CHECKING:
    from trainer_desk.views.schedule.page import SchedulePage

VERBS: Mapping[str, Callable[..., Any]] = {
    "new_session": create_draft,
    "schedule": publish,
    "add_people": enroll,
    "door": check_in,
    "duplicate": duplicate_session,
    "remove": cancel,
    "cancel": cancel,
    "move_by": carry_out,
    "set_trainer": carry_out,
    "set_venue": carry_out,
    "set_capacity": carry_out,
    "copy_week": carry_out,
}
"""The actions of calendar and lists that change something, and the verb by which is told who may."""


def allow_keys(desk: Desk, bound: Mapping[str, QAction]) -> None:
    """Let only the keys act whose verb the role may do."""
    for name, action in bound.items():
        if name in VERBS:
            action.setEnabled(desk.may(VERBS[name]))


def allow_buttons(desk: Desk, buttons: Mapping[str, QWidget]) -> None:
    """Show only the buttons whose verb the role may do."""
    for name, button in buttons.items():
        if name in VERBS:
            button.setVisible(desk.may(VERBS[name]))


def allow_schedule(page: "SchedulePage", desk: Desk) -> None:
    """Let sessions of the calendar be drawn, moved and made, or only be looked at."""
    plans, makes = desk.may(edit_session), desk.may(create_draft)
    page.canvases.allow(plans)
    page.tray.allow(plans)
    for new in (page.bar.new, page.tray.add):
        new.setVisible(makes)
    for bound in (page.keys, page.tray_keys):
        allow_keys(desk, bound)
    allow_buttons(desk, page.foot.buttons)
    page.table.set_empty(_("Nothing planned in this range."), *page.ways_to_begin())
