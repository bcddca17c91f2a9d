"""The sheet that chooses the folder in which each trainer's calendar is kept up to date (X3)."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QLineEdit

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.calendar_folder import Kept, keep_folder
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.calendars.keeper import Keeper
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet


class FolderSheet(Sheet):
    """Writes the calendars once, so that it shows whether the folder will do; then the keeper goes on."""

    def __init__(self, window: MainWindow, desk: Desk, keeper: Keeper, now: datetime) -> None:
        super().__init__(window, _("A calendar for each trainer"), width=600)
        self._desk, self._keeper, self._now, self._toasts = desk, keeper, now, window.toasts
        self.path = QLineEdit(keeper.folder)
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.stop = Button(_("Keep it no longer"))
        self.keep = Button(_("Keep up to date"), kind="primary")
        self.cancel = Button(_("Cancel"))
        self._lay_out_sheet()
        self.choose.clicked.connect(self._pick_folder)
        self.stop.clicked.connect(self._stop)
        self.keep.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.dismiss)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with Enter; on a button it presses that one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton):
                focus.click()
            else:
                self.begin()
            event.accept()
            return
        super().keyPressEvent(event)

    def begin(self) -> None:
        """Write the calendars into the folder, and keep them up to date if that goes well."""
        folder = self.path.text().strip()
        if not folder or not self.keep.isEnabled():
            self.path.setFocus()
            return
        target = Path(folder).expanduser()
        self.notice.hide()
        self._show_busy(busy=True)
        self._desk.read(
            self,
            keep_folder,
            target,
            self._desk.actor,
            now=self._now,
            then=lambda kept: self._begun(target, kept),
            failed=self._refused,
        )

    def _begun(self, folder: Path, kept: Kept) -> None:
        self._keeper.choose(str(folder))
        count = plural("{n} calendar is", "{n} calendars are", kept.files)
        self._toasts.show(_("{count} kept up to date in “{name}”.").format(count=count, name=folder.name))
        self.finish()

    def _refused(self, error: DeskError) -> None:
        self._show_busy(busy=False)
        self.notice.say(error_text(error), "danger")
        self.path.setFocus()

    def _stop(self) -> None:
        self._keeper.choose("")
        self._toasts.show(_("The calendars are kept no longer; what was written stays."))
        self.finish()

    def _show_busy(self, *, busy: bool) -> None:
        self.keep.setEnabled(not busy)
        self.keep.set_words(_("Writing…") if busy else _("Keep up to date"))

    def _pick_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.title.text(), self.path.text())
        if name:
            self.path.setText(name)

    def _lay_out_sheet(self) -> None:
        said = _(
            "One file per trainer, with the sessions of the last 90 days and all that follow, and nobody's name but "
            "those of trainers. The files are written again whenever something changes while this window is open."
        )
        self.path.setAccessibleName(_("Folder"))
        folder = QHBoxLayout()
        folder.addWidget(self.path, 1)
        folder.addWidget(self.choose)
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addWidget(PlainLabel(_("Folder"), "field"))
        self.body.addLayout(folder)
        self.stop.setVisible(bool(self._keeper.folder))
        self.foot.addWidget(self.stop)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.keep)
