"""The sheet that tells which of many were refused, each with its reason (ux 4.9)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.parts.sheet import Sheet

WIDTH, TALL, FEW = 560, 460, 5


class Refusals(Sheet):
    """`refused` are names with their reasons, whole sentences."""

    def __init__(self, over: QWidget, refused: Sequence[tuple[str, str]]) -> None:
        title = plural("{n} session was refused", "{n} sessions were refused", len(refused))
        super().__init__(over, title, width=WIDTH, height=TALL if len(refused) > FEW else 0)
        self.refused = tuple(refused)
        box = QWidget()
        box.setObjectName("Page")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for name, reason in refused:
            column.addLayout(_line(name, reason))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(title)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(box)
        self.body.addWidget(area, 1)
        close = Button(_("Close"), kind="primary")
        close.clicked.connect(self.dismiss)
        self.foot.addStretch(1)
        self.foot.addWidget(close)


def _line(name: str, reason: str) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(PlainLabel(name, "strong", wrap=True))
    words.addWidget(PlainLabel(reason, "small", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconLabel("octagon-alert", "danger", 17), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row
