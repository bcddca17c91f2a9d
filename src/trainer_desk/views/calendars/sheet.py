"""The sheet that saves sessions as a calendar file: of what, with what, and where to (X3)."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from trainer_desk.models.enums import Role
from trainer_desk.services.exchange.calendar_saving import CalendarOf, look_at_calendar, save_calendar
from trainer_desk.services.rights import PLANNERS
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.file_sheet import FileSheet, Step, Work
from trainer_desk.views.export.roster_facts import safe_name
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel

NAMED = ("sessions", "courses", "venues")
"""The kinds of calendar in which the names of others may stand; a person's and a trainer's own never have them."""
DRAFTED = (*NAMED, "trainers")
"""The kinds that may hold what is not scheduled yet."""


class CalendarSheet(FileSheet):
    """Of sessions by their ids, or of one thing of a kind that `look_at_calendar` knows."""

    folder_wanted = Signal()
    """A folder with the calendars of all trainers is wanted instead."""

    def __init__(
        self, window: MainWindow, desk: Desk, kind: str, ids: Sequence[int], now: datetime, *, has_folder: bool = False
    ) -> None:
        super().__init__(
            window,
            desk,
            window.memory,
            window.toasts,
            title=_("Save as a calendar"),
            kinds=_("Calendars (*.ics)"),
            remembers="calendar/folder",
            told=_told,
            counted=_("{n} sessions"),
            subtitle=" ",
        )
        self.of: CalendarOf | None = None
        self.drafts = QCheckBox(_("Drafts with a time, too, as tentative"))
        self.names = QCheckBox(_("Names of who has a seat"))
        self.folder = Button(_("A folder for all trainers…"), "folder-open", "link")
        self._offer(kind, may_have_folder=has_folder)
        self.folder.clicked.connect(self._want_folder)
        self.save.setEnabled(False)
        desk.read(self, look_at_calendar, kind, list(ids), desk.actor, now=now, then=self._show, failed=self._refused)

    def make_work(self) -> Work | None:
        """Return what writes the calendar with what is chosen now."""
        if self.of is None:
            return None
        return partial(_write, self.of, self.drafts.isChecked(), self.names.isChecked())

    def _show(self, of: CalendarOf) -> None:
        self.of = of
        if not of.coming and self.drafts.isVisible():
            self.drafts.setChecked(True)  # a draft alone was meant
        count = plural("{n} session", "{n} sessions", of.coming)
        self.subtitle.set_whole(f"{of.name} · {count}")
        self.propose(f"{safe_name(of.name.rstrip(' …')) or 'calendar'}.ics")
        self.save.setEnabled(True)
        self.save.setFocus()

    def _want_folder(self) -> None:
        if self.dismiss():
            self.folder_wanted.emit()

    def _offer(self, kind: str, *, may_have_folder: bool) -> None:
        role = self._desk.role
        self.drafts.setVisible(kind in DRAFTED and role in PLANNERS)
        self.names.setVisible(kind in NAMED and role in (*PLANNERS, Role.TRAINER))
        said = _(
            "For Outlook, Google and other calendars. Opened there again later, the file moves what has moved "
            "and takes out what was cancelled."
        )
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(PlainLabel(said, "muted", wrap=True))
        for part in (self.drafts, self.names):
            column.addWidget(part)
        self.middle.addLayout(column, 1)
        self.folder.setVisible(may_have_folder and role in (*PLANNERS, Role.TRAINER))
        self.foot.insertWidget(0, self.folder)


def _told(sessions: int, name: str) -> str:
    said = plural("Saved {n} session to “{{name}}”.", "Saved {n} sessions to “{{name}}”.", sessions)
    return said.format(name=name)


def _write(of: CalendarOf, drafts: bool, names: bool, db: Any, path: Path, step: Step) -> int:
    return save_calendar(db, path, step, of, drafts=drafts, names=names)
