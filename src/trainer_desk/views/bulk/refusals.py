"""The sheet that tells which of many were refused, each with its reason (ux 4.9)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.line_area import LineArea
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.parts.sheet import Sheet

WIDTH, TALL, FEW = 560, 460, 5


class Refusals(Sheet):
    """`refused` are names with their reasons, whole sentences."""

    def __init__(self, over: QWidget, refused: Sequence[tuple[str, str]]) -> None:
        title = plural("{n} session was refused", "{n} sessions were refused", len(refused))
        super().__init__(over, title, width=WIDTH, height=TALL if len(refused) > FEW else 0)
        self.refused = tuple(refused)
        area = LineArea(title, gap=10)
        area.put(_line(name, reason) for name, reason in refused)
        self.body.addWidget(area, 1)
        close = Button(_("Close"), kind="primary")
        close.clicked.connect(self.dismiss)
        self.foot.addStretch(1)
        self.foot.addWidget(close)


def _line(name: str, reason: str) -> QWidget:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(PlainLabel(name, "strong", wrap=True))
    words.addWidget(PlainLabel(reason, "small", wrap=True))
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(IconLabel("octagon-alert", "danger", 17), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return line
