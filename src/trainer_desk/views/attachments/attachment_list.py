"""The files of one thing: add by a dialog or by dropping them, open, save, take back (N2)."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import attach_file, remove
from trainer_desk.services.attachments.unpacking import unpack
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.attachment_out import save_attachment
from trainer_desk.texts import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.choosing import files_in, pick_files
from trainer_desk.views.attachments.facts import Attached, gather, line_of
from trainer_desk.views.attachments.file_lines import FileLines
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel


class AttachmentList(QWidget):
    """Shows the files of what `kind` and `owner_id` name, and follows the database; other things by `show_owner`.

    It stands by itself in any panel, page or sheet; who embeds it shows its toasts.
    """

    toast_requested = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""

    def __init__(self, desk: Desk, kind: AttachmentOwner, owner_id: int | None = None) -> None:
        super().__init__()
        self._desk, self._kind, self._owner_id = desk, kind, owner_id
        self._attached: Attached | None = None
        self.files = FileLines(_("Attachments"))
        self.add, self.open = Button(_("Add…"), "paperclip", "small"), Button(_("Open"), kind="small")
        self.save = IconButton("download", _("Save as…"), "tiny", size=14)
        self.take_back = IconButton("trash-2", _("Remove"), "tiny", size=14)
        self.hint = PlainLabel("", "small", wrap=True)
        self.trouble = Alert("danger")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect_all()
        self.reload()

    def show_owner(self, owner_id: int | None) -> None:
        """Show the files of another thing; None: of none."""
        if owner_id != self._owner_id:
            self._owner_id = owner_id
            self.trouble.say("")
        self.reload()

    def reload(self) -> None:
        """Read the files anew."""
        if self._owner_id is None:
            self._attached = None
            self._render()
            return
        question = (self._kind, self._owner_id, self._desk.actor)
        self._desk.read(self, gather, *question, then=self._show, lane="files")

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach files one after the other, each as a change of its own; what is refused is told below the list."""
        if self._owner_id is None or not self._is_editable:
            return
        self.trouble.say("")
        for path in paths:
            name = shown(path.name)
            self._desk.apply(
                self,
                attach_file,
                self._kind,
                self._owner_id,
                path,
                label=_("Attach {name}").format(name=name),
                then=partial(self._tell, _("Attached “{name}”.").format(name=name)),
                refused=self._refuse,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files from elsewhere."""
        if self._is_editable and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.attach(files_in(event.mimeData()))

    @property
    def _is_editable(self) -> bool:
        return self._attached is not None and self._attached.is_editable

    def _show(self, attached: Attached) -> None:
        self._attached = attached
        self._render()

    def _render(self) -> None:
        rows = () if self._attached is None else self._attached.rows
        lines = [] if self._attached is None else [line_of(row, self._attached.zone) for row in rows]
        self.files.show_lines(lines)
        self.add.setVisible(self._is_editable)
        hint = _("Drop a file here, or add one: a PDF, a picture, a text or a table, of at most 10 MB.")
        self.hint.setText(hint if self._is_editable else _("None."))
        self.hint.setVisible(not lines)
        self._show_buttons()

    def _show_buttons(self) -> None:
        has_one = bool(self.files.chosen())
        for button in (self.open, self.save):
            button.setVisible(has_one)
        self.take_back.setVisible(has_one and self._is_editable)

    def _open(self) -> None:
        for line in self.files.chosen():
            self.trouble.say("")
            self._desk.read(self, unpack, line.key, then=self._hand_over, failed=self._refuse)

    def _hand_over(self, path: Path) -> None:
        """Have the system's viewer open a file; it goes with the program's end."""
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(partial(shutil.rmtree, path.parent, ignore_errors=True))
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = _("No program on this computer opens “{name}”. Save it, and open it yourself.")
            self.trouble.say(sentence.format(name=path.name), tone="danger")

    def _save(self) -> None:
        for line in self.files.chosen():
            proposed = QDir.home().filePath(line.name)
            target, _kind = QFileDialog.getSaveFileName(self, _("Save the attachment"), proposed)
            if target:
                self.save_to(line.key, Path(target))

    def save_to(self, attachment_id: int, target: Path) -> None:
        """Save a file there."""
        said = _("Saved “{name}”.").format(name=shown(target.name))
        self._desk.read(
            self,
            save_attachment,
            attachment_id,
            target,
            then=lambda _path: self.toast_requested.emit(said, False),
            failed=self._refuse,
        )

    def _remove(self) -> None:
        if not self._is_editable:
            return
        for line in self.files.chosen():
            said = partial(self._tell, _("Removed “{name}”.").format(name=line.name))
            label = _("Remove {name}").format(name=line.name)
            self._desk.write(self, label, remove, line.key, then=said, refused=self._refuse)

    def _tell(self, sentence: str, _value: object) -> None:
        self.toast_requested.emit(sentence, True)

    def _refuse(self, error: DeskError) -> None:
        said = error_text(error, None if self._attached is None else self._attached.zone)
        before = self.trouble.sentence.text()
        self.trouble.say(f"{before}\n{said}" if before and said not in before else said, tone="danger")

    def _ask_menu(self, at: QPoint) -> None:
        menu = Menu(self, _("Attachment"))
        menu.addAction(_("Open")).triggered.connect(self._open)
        menu.addAction(_("Save as…")).triggered.connect(self._save)
        if self._is_editable:
            menu.addAction(_("Remove")).triggered.connect(self._remove)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _follow(self, changes: Changes) -> None:
        if changes.touch("attachments", "accounts"):
            self.reload()

    def _connect_all(self) -> None:
        self.add.clicked.connect(lambda: self.attach(pick_files(self)))
        self.open.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.take_back.clicked.connect(self._remove)
        self.files.open_wanted.connect(self._open)
        self.files.remove_wanted.connect(self._remove)
        self.files.menu_wanted.connect(self._ask_menu)
        self.files.selectionModel().selectionChanged.connect(lambda *_chosen: self._show_buttons())
        self._desk.changed.connect(self._follow)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(PlainLabel(_("Attachments"), "field"))
        row.addStretch(1)
        for button in (self.open, self.save, self.take_back, self.add):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        for part in (self.files, self.hint, self.trouble):
            column.addWidget(part)
