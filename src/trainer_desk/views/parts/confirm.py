"""A small question with two buttons that say what they do; used only where undo cannot help (ux 12)."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

WIDTH = 420


class Confirm(QDialog):
    """`go` does what the title asks, `back` leaves everything as it is and is what Esc and Enter press."""

    def __init__(self, over: QWidget, title: str, sentence: str, verb: str, back: str) -> None:
        super().__init__(over.window())
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setFixedWidth(look().px(WIDTH))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.go = Button(verb)
        self.back = Button(back, kind="primary")
        self.go.setAutoDefault(False)
        self.back.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.back.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.go)
        foot.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, "h3", wrap=True))
        column.addWidget(PlainLabel(sentence, "muted", wrap=True))
        column.addSpacing(8)
        column.addLayout(foot)
        self.back.setFocus()


def confirmed(over: QWidget, title: str, sentence: str, verb: str, back: str) -> bool:
    """Ask and wait; True if the user chose `verb`."""
    return Confirm(over, title, sentence, verb, back).exec() == QDialog.DialogCode.Accepted


def may_write_to(over: QWidget, target: Path) -> bool:
    """Whether a file may be written: it is not there yet, or the user chose to replace it."""
    if not target.is_file():
        return True
    sentence = _("“{name}” is there already.").format(name=target.name)
    return confirmed(over, _("Replace the file?"), sentence, _("Replace"), _("Keep it"))
