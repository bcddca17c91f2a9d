"""Every action with a key as data: one table for shortcuts, menus and the sheet that lists them (V4, ux 6)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from trainer_desk.views.theme import look


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action; `keys` in Qt's portable spelling. `region` says where they work: `window` is everywhere.

    Keys of other regions work only while the focus is inside the widget that they are bound to.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    icon: str
    region: str

    @property
    def single(self) -> bool:
        """Whether it has a key without Ctrl or Alt that writes a character, which can be switched off."""
        return any(len(key.removeprefix("Shift+")) == 1 for key in self.keys)


REGIONS: Mapping[str, str] = {
    "window": "Everywhere",
    "page": "On every page",
    "schedule": "Schedule",
    "session": "Selected session",
    "list": "Lists",
    "dossier": "Page of a person, trainer or course",
    "picker": "Add people",
    "groups": "Groups",
    "field": "Panel and sheets",
    "door": "Check-in at the door",
    "attendance": "Attendance",
}
"""Regions in the order of the sheet, with their headings."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo-2", "window"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", "window"),
    ActionSpec("next_finding", "Next finding", ("F8",), "triangle-alert", "window"),
    ActionSpec("previous_finding", "Previous finding", ("Shift+F8",), "triangle-alert", "window"),
    ActionSpec("notifications", "Notifications", ("F9",), "bell", "window"),
    ActionSpec("next_region", "Next region", ("F6",), "", "window"),
    ActionSpec("previous_region", "Previous region", ("Shift+F6",), "", "window"),
    ActionSpec("sidebar", "Show or hide the sidebar", ("[",), "panel-left", "page"),
    ActionSpec("panel", "Show or hide the panel", ("]",), "panel-right", "page"),
    ActionSpec("shortcuts", "Keyboard shortcuts", ("?", "F1"), "keyboard", "page"),
    ActionSpec("new_session", "New session", ("N",), "plus", "schedule"),
    ActionSpec("today", "Today", ("T",), "calendar-days", "schedule"),
    ActionSpec("go_to_day", "Go to a day", ("Ctrl+G",), "calendar-days", "schedule"),
    ActionSpec("view_day", "Day", ("D",), "", "schedule"),
    ActionSpec("view_week", "Week", ("W",), "", "schedule"),
    ActionSpec("view_month", "Month", ("M",), "", "schedule"),
    ActionSpec("view_trainers", "Trainers", ("R",), "", "schedule"),
    ActionSpec("view_venues", "Venues", ("V",), "", "schedule"),
    ActionSpec("view_equipment", "Equipment", ("Q",), "", "schedule"),
    ActionSpec("view_list", "List", ("L",), "", "schedule"),
    ActionSpec("previous_range", "Previous week, day or month", ("PgUp",), "chevron-left", "schedule"),
    ActionSpec("next_range", "Next week, day or month", ("PgDown",), "chevron-right", "schedule"),
    ActionSpec("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+="), "", "schedule"),
    ActionSpec("zoom_out", "Zoom out", ("Ctrl+-",), "", "schedule"),
    ActionSpec("zoom_reset", "Zoom back", ("Ctrl+0",), "", "schedule"),
    ActionSpec("select_all", "Select everything shown", ("Ctrl+A",), "check-check", "schedule"),
    ActionSpec("toggle_selection", "Select or leave out", ("X",), "check", "schedule"),
    ActionSpec("pick_up", "Pick up and move with the arrows", ("G",), "grip-vertical", "session"),
    ActionSpec("open", "Open the panel", ("Return", "Enter"), "pencil-line", "session"),
    ActionSpec("schedule", "Schedule", ("S",), "calendar-check", "session"),
    ActionSpec("add_people", "Add people", ("A",), "user-plus", "session"),
    ActionSpec("attendance", "Take attendance", ("E",), "clipboard-check", "session"),
    ActionSpec("door", "Check-in at the door", ("I",), "log-in", "session"),
    ActionSpec("export_roster", "Save the roster as CSV", ("Ctrl+E",), "file-spreadsheet", "session"),
    ActionSpec(
        "print_sign_in", "Sign-in sheet on paper; with nothing selected the plan", ("Ctrl+P",), "printer", "session"
    ),
    ActionSpec("duplicate", "Duplicate", ("Ctrl+D",), "copy", "session"),
    ActionSpec("remove", "Delete a draft, cancel a session", ("Del",), "trash-2", "session"),
    ActionSpec("search", "Search", ("Ctrl+F",), "search", "list"),
    ActionSpec("edit_here", "Edit day, time, trainer or venue in its place", ("F2",), "pencil-line", "list"),
    ActionSpec("copy_rows", "Copy the selected rows as a table", ("Ctrl+C",), "copy", "list"),
    ActionSpec("back", "Back to where one came from", ("Alt+Left",), "chevron-left", "dossier"),
    ActionSpec("print", "Print the page", ("Ctrl+P",), "printer", "dossier"),
    ActionSpec("door_in", "Badges check in", ("F2",), "log-in", "door"),
    ActionSpec("door_out", "Badges check out", ("F3",), "log-out", "door"),
    ActionSpec("door_full", "Full screen", ("F11",), "maximize", "door"),
    ActionSpec("attendance_remark", "Remark of the current person", ("F2",), "pencil-line", "attendance"),
    ActionSpec("attendance_print", "Print the sign-in sheet", ("Ctrl+P",), "printer", "attendance"),
    ActionSpec("attendance_full", "Full screen", ("F11",), "maximize", "attendance"),
)

GESTURES: tuple[ActionSpec, ...] = (
    ActionSpec("walk", "Walk from session to session", ("Left", "Right", "Up", "Down"), "", "schedule"),
    ActionSpec("extend", "Extend the selection", ("Shift+Left", "Shift+Right"), "", "schedule"),
    ActionSpec("ends", "First or last session shown", ("Home", "End"), "", "schedule"),
    ActionSpec("let_go", "Put down what is moved, clear the selection", ("Esc",), "", "schedule"),
    ActionSpec("lane_menu", "Leave or closure of a trainer, venue or piece of equipment", ("Ctrl+M",), "", "schedule"),
    ActionSpec("move_time", "Move by 15 minutes", ("Alt+Up", "Alt+Down"), "", "session"),
    ActionSpec("move_day", "Move by a day", ("Alt+Left", "Alt+Right"), "", "session"),
    ActionSpec("change_end", "Change the end by 15 minutes", ("Alt+Shift+Up", "Alt+Shift+Down"), "", "session"),
    ActionSpec("menu", "Menu of the session", ("Menu", "Shift+F10"), "", "session"),
    ActionSpec("show_panel", "Show one in the panel", ("Space",), "", "list"),
    ActionSpec("open_page", "Open the page of one", ("Return",), "", "list"),
    ActionSpec("retire", "Retire a course, a trainer, a venue, a person", ("Del",), "", "list"),
    ActionSpec("select_rows", "Select every row", ("Ctrl+A",), "", "list"),
    ActionSpec("save_cell", "Save what was edited", ("Return",), "", "list"),
    ActionSpec("next_cell", "Save, and edit the next or previous cell", ("Tab", "Shift+Tab"), "", "list"),
    ActionSpec("leave_cell", "Leave it as it was", ("Esc",), "", "list"),
    ActionSpec("follow_row", "Open what a row names", ("Return",), "", "dossier"),
    ActionSpec("walk_people", "Walk through the people", ("Up", "Down"), "", "picker"),
    ActionSpec("toggle_person", "Choose or leave out", ("Return",), "", "picker"),
    ActionSpec("choose_group", "Choose or leave out the whole group", ("Ctrl+Shift+A",), "", "picker"),
    ActionSpec("add_chosen", "Add the chosen", ("Ctrl+Return",), "", "picker"),
    ActionSpec("find_dates", "Find each of the chosen the next date", ("Ctrl+Shift+Return",), "", "picker"),
    ActionSpec("leave", "Close", ("Esc",), "", "picker"),
    ActionSpec("to_group", "Put the chosen people into group 1 to 9", ("1", "9"), "", "groups"),
    ActionSpec("out_of_group", "Take the chosen people out of their group", ("0", "Del"), "", "groups"),
    ActionSpec("next_group", "Next or previous group", ("Right", "Left"), "", "groups"),
    ActionSpec("choose_a_group", "Choose a group from a menu", ("Return", "Menu"), "", "groups"),
    ActionSpec("step_field", "A day or 15 minutes later or earlier", ("Up", "Down"), "", "field"),
    ActionSpec("step_fine", "5 minutes later or earlier", ("Shift+Up", "Shift+Down"), "", "field"),
    ActionSpec("step_week", "A week later or earlier", ("PgUp", "PgDown"), "", "field"),
    ActionSpec("open_choices", "Open the small month or the list", ("Alt+Down", "F4"), "", "field"),
    ActionSpec("end_text", "Save a long text", ("Ctrl+Return",), "", "field"),
    ActionSpec("put_back", "Put back what stood there", ("Esc",), "", "field"),
    ActionSpec("people_menu", "Everything that can be done with the selected people", ("Return",), "", "field"),
    ActionSpec("take_out", "Withdraw or leave out the selected people", ("Del", "Backspace"), "", "field"),
    ActionSpec("take_badge", "Take the badge or the chosen person", ("Return",), "", "door"),
    ActionSpec("walk_expected", "Walk through the expected people", ("Up", "Down"), "", "door"),
    ActionSpec("leave_door", "Empty the field, then close", ("Esc",), "", "door"),
    ActionSpec("mark", "Not marked, attended, no-show, and on to the next person", ("1", "2", "3"), "", "attendance"),
    ActionSpec("mark_result", "Attended and passed, or failed", ("4", "5"), "", "attendance"),
    ActionSpec("walk_attendees", "Walk through the people", ("Up", "Down"), "", "attendance"),
    ActionSpec("open_attendee", "Everything about the current person", ("Return",), "", "attendance"),
    ActionSpec("leave_attendance", "Close", ("Esc",), "", "attendance"),
    ActionSpec("move_column", "Move a column of the roster", ("Alt+Up", "Alt+Down"), "", "field"),
)
"""Keys that widgets read themselves; they are here to be listed."""

_ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
_BY_ID = {spec.id: spec for spec in ACTIONS}


def spec_of(action: str) -> ActionSpec:
    """Return an action of the table; raises KeyError for an unknown id."""
    return _BY_ID[action]


def key_text(keys: tuple[str, ...]) -> list[str]:
    """Return keys as this computer spells them, arrows as arrows and those with the same modifiers together."""
    spelt: dict[str, list[str]] = {}
    for key in keys:
        text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        prefix, last = re.fullmatch(r"(.*\+)?(.+)", text).groups("")  # type: ignore[union-attr]
        is_arrow = last in _ARROWS
        spelt.setdefault(prefix if is_arrow else text, []).append(_ARROWS[last] if is_arrow else "")
    return list(dict.fromkeys((key + " ".join(arrows)).replace("Return", "Enter") for key, arrows in spelt.items()))


def bind(
    widget: QWidget, handlers: Mapping[str, Callable[[], object]], *, single_keys: bool = True
) -> dict[str, QAction]:
    """Give `widget` the named actions with their keys; each handler is called without arguments.

    Actions of the region `window` work in the whole window, others only with the focus inside `widget`. Without
    `single_keys` those that are one character have no key (WCAG 2.1.4). Raises KeyError for an unknown id.
    """
    bound: dict[str, QAction] = {}
    for name, handler in handlers.items():
        spec = spec_of(name)
        action = QAction(spec.text, widget)
        action.setObjectName(name)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut if spec.region == "window" else inside)
        action.triggered.connect(lambda _checked=False, handler=handler: handler())
        if spec.icon:
            action.setIcon(look().icon(spec.icon))
        widget.addAction(action)
        bound[name] = action
    use_keys(bound, single_keys=single_keys)
    return bound


def use_keys(bound: Mapping[str, QAction], *, single_keys: bool) -> None:
    """Switch the keys of one character on or off for actions that `bind` made."""
    for name, action in bound.items():
        keys = spec_of(name).keys
        kept = keys if single_keys else [key for key in keys if len(key.removeprefix("Shift+")) > 1]
        action.setShortcuts([QKeySequence(key) for key in kept])
