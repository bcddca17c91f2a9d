"""The line at the foot of the matrix: what is selected, and what can be done for it; else what day it is judged on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import ElidedLabel
from trainer_desk.views.theme import look

HEIGHT = 48


class MatrixFoot(QFrame):
    """`wanted` carries `add` or `copy`."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("StatusLine")
        self.setAccessibleName(_("Selected people"))
        self.words = ElidedLabel("", "small")
        self.add = Button(_("Add to a session…"), "user-plus", "primary")
        self.copy = Button(_("Copy"), "copy")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for name, button in (("copy", self.copy), ("add", self.add)):
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
        self.setMinimumHeight(look().px(HEIGHT))
        self.show_chosen(0, (), "")

    def show_chosen(self, people: int, titles: tuple[str, ...], note: str, *, may_add: bool = True) -> None:
        """Say who and which courses are chosen; without anybody, `note` stands there, or how to choose."""
        is_any = bool(people)
        self.add.setVisible(is_any and may_add)
        self.copy.setVisible(is_any)
        if not is_any:
            how = _("Choose cells, a name or a course to add people to a session.")
            self.words.set_whole(note or how)
            return
        courses = titles[0] if len(titles) == 1 else plural("{n} course", "{n} courses", len(titles))
        self.words.set_whole(_("{people} · {courses}").format(people=people_text(people), courses=courses))
