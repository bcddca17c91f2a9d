"""The sheet that saves a page as a PDF: where to, and what is in the way."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.roster_facts import free_name
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.confirm import may_write_to
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.toast import Toasts

FOLDER = "pdf/folder"
NO_NAME = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))
"""Signs that no file's name may hold on some computers."""


class SaveSheet(Sheet):
    """Writes the bytes of a PDF; the folder of last time is remembered."""

    saved = Signal(str)
    """The path of the file that was written."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        *,
        name: str,
        content: bytes,
        subtitle: str = "",
    ) -> None:
        super().__init__(over, _("Save as PDF"), width=600, subtitle=subtitle or _("One page."))
        self._desk, self._memory, self._toasts, self._content = desk, memory, toasts, content
        self.path = QLineEdit(str(self._folder() / f"{' '.join(name.translate(NO_NAME).split())}.pdf"))
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.save = Button(_("Save"), kind="primary")
        self.cancel = Button(_("Cancel"))
        self._lay_out_sheet()
        self.choose.clicked.connect(self._pick_file)
        self.cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self.write)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter; on a button it presses that one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton):
                focus.click()
            else:
                self.write()
            event.accept()
            return
        super().keyPressEvent(event)

    def write(self) -> None:
        """Save; a file that is there already is only replaced after a question."""
        text = self.path.text().strip()
        target = Path(text).expanduser()
        if not text or not self.save.isEnabled():
            self.path.setFocus()
            return
        if not may_write_to(self, target):
            self.path.setFocus()
            return
        self._write_to(target)

    def _write_to(self, target: Path) -> None:
        self.notice.hide()
        self.save.setEnabled(False)
        self._desk.read(
            self,
            save_bytes,
            target,
            self._content,
            then=lambda _nothing: self._written(target),
            failed=lambda error: self._refused(error, target),
        )

    def _written(self, target: Path) -> None:
        self._memory.put(FOLDER, str(target.parent))
        self._memory.save()
        folder = QUrl.fromLocalFile(str(target.parent))
        told = _("Saved the page to “{name}”.").format(name=target.name)
        self._toasts.show(told, "ok", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.saved.emit(str(target))
        self.finish()

    def _refused(self, error: DeskError, target: Path) -> None:
        self.save.setEnabled(True)
        said = error_text(error)
        if error.facts.get("why") in ("file_busy", "not_writable") and target.exists():
            self.notice.say(said, "danger", (_("Save as a new file"), lambda: self._save_as_new(target)))
        else:
            self.notice.say(said, "danger")
        self.path.setFocus()

    def _save_as_new(self, taken: Path) -> None:
        target = free_name(taken)
        self.path.setText(str(target))
        self._write_to(target)

    def _folder(self) -> Path:
        """Return the folder of last time, else that of documents, as far as it is there; else one's own."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = (Path(name) for name in (self._memory.get(FOLDER, ""), documents) if name)
        return next((folder for folder in wanted if folder.is_dir()), Path.home())

    def _pick_file(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), self.path.text(), _("PDF files (*.pdf)"), options=options
        )
        if name:
            self.path.setText(name)

    def _lay_out_sheet(self) -> None:
        self.path.setAccessibleName(_("File"))
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        self.body.addWidget(self.notice)
        self.body.addWidget(PlainLabel(_("File"), "field"))
        self.body.addLayout(file)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)
