"""Files that are to be attached to something that is not made yet (N2)."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.choosing import files_in, pick_files
from trainer_desk.views.attachments.file_lines import FileLines
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.lines import Line


class WaitingFiles(QWidget):
    """Remembers where the files are; they are read and judged when the thing is made. Del leaves one out."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []
        self.files = FileLines(_("Attachments"))
        self.add = Button(_("Add…"), "paperclip", "small")
        self.hint = PlainLabel(_("Drop the signed sheet or the card here, or add it."), "small", wrap=True)
        self.setAcceptDrops(True)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(_("Attachments"), "field"), 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.files)
        column.addWidget(self.hint)
        self.add.clicked.connect(lambda: self.take(pick_files(self)))
        self.files.remove_wanted.connect(self._leave_out)
        self._render()

    def take(self, paths: Sequence[Path]) -> None:
        """Add files, each once."""
        self.paths += [path for path in dict.fromkeys(paths) if path not in self.paths]
        self._render()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files from elsewhere."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        event.acceptProposedAction()
        self.take(files_in(event.mimeData()))

    def _leave_out(self) -> None:
        gone = {line.key for line in self.files.chosen()}
        self.paths = [path for place, path in enumerate(self.paths) if place not in gone]
        self._render()

    def _render(self) -> None:
        lines = [Line(place, shown(path.name), icon="paperclip") for place, path in enumerate(self.paths)]
        self.files.show_lines(lines)
        self.hint.setVisible(not lines)
