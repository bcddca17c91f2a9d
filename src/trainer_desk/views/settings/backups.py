"""The backups on the settings page: the newest one, where they lie, and one right now (O4)."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.orchestration.keeping import load_keeping
from trainer_desk.services.rows.backups import Keeping
from trainer_desk.texts.attachments import size_text
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.translate import _
from trainer_desk.views.backups import Backups
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class BackupSection(QWidget):
    """Shown for a file that is kept: its newest copy. A server has tools of its own, and nothing of a demo is kept."""

    told = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""

    def __init__(self, desk: Desk, backups: Backups | None) -> None:
        super().__init__()
        self.setAccessibleName(_("Backups"))
        self._desk, self._backups = desk, backups
        self._zone = ZoneInfo("UTC")
        self._is_asked = False
        self.newest = PlainLabel("", "medium", wrap=True)
        self.place = PlainLabel("", "muted", wrap=True)
        self.alert = Alert("danger")
        self.now = Button(_("Back up now"), "database")
        self.now.clicked.connect(self._back_up)
        self._lay_out()
        if backups is None:
            self.hide()
        else:
            backups.changed.connect(self.reload)

    def show_zone(self, zone: ZoneInfo) -> None:
        """Tell times of day in the organisation's zone, and look again."""
        self._zone = zone
        self.reload()

    def reload(self) -> None:
        """Look again which copies there are."""
        if self._backups is not None:
            self._desk.read(self, load_keeping, self._backups.address, then=self._show, lane="backups")

    def _back_up(self) -> None:
        if self._backups is not None:
            self._is_asked = True
            self.now.setEnabled(False)
            self._backups.look(wanted=True)

    def _show(self, keeping: Keeping) -> None:
        trouble = self._backups.trouble if self._backups is not None else ""
        self.alert.say(trouble, tone="danger")
        self.newest.setText(self._newest(keeping))
        self.place.setText(_("{folder}, at most {most} kept").format(folder=keeping.folder, most=keeping.most))
        if self._is_asked and not self.now.isEnabled() and not trouble:
            self.told.emit(_("Backed up."), False)
        self._is_asked = False
        self.now.setEnabled(True)

    def _newest(self, keeping: Keeping) -> str:
        if keeping.newest is None:
            return _("There is no backup yet.") if keeping.hours else _("There is no backup, and none is made.")
        when = moment_text(keeping.newest.made_at, self._zone, year=True)
        said = _("Last backup {when}, {size}.").format(when=when, size=size_text(keeping.newest.size))
        return said if keeping.hours else said + " " + _("No more are made.")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.alert)
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.newest)
        words.addWidget(self.place)
        row.addLayout(words, 1)
        row.addWidget(self.now)
        column.addLayout(row)
