"""The frame of a panel that shows one thing: its head, a body that scrolls, and its buttons two by two at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget


def frame(panel: QWidget, head: QVBoxLayout, parts: Sequence[QWidget], foot: QWidget) -> None:
    """Lay a panel out: `parts` stand below each other between head and foot, and scroll."""
    inside = QWidget()
    inside.setObjectName("Scrolled")
    body = QVBoxLayout(inside)
    body.setContentsMargins(16, 4, 16, 16)
    body.setSpacing(14)
    for part in parts:
        body.addWidget(part)
    body.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    whole = QVBoxLayout(panel)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(head)
    whole.addWidget(area, 1)
    whole.addWidget(foot)


def head_of(state: QWidget, buttons: Sequence[QWidget], lines: Sequence[QWidget]) -> QVBoxLayout:
    """Return the head: the state at the left, buttons at the right, and lines below."""
    row = QHBoxLayout()
    row.addWidget(state)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    head = QVBoxLayout()
    head.setContentsMargins(16, 12, 12, 10)
    head.setSpacing(4)
    head.addLayout(row)
    for line in lines:
        head.addWidget(line)
    return head


def foot_of(buttons: Sequence[QWidget]) -> QWidget:
    """Return the foot: its buttons two beside each other, equally wide."""
    foot = QWidget()
    grid = QGridLayout(foot)
    grid.setContentsMargins(16, 10, 16, 14)
    grid.setSpacing(8)
    for place, button in enumerate(buttons):
        grid.setColumnStretch(place % 2, 1)
        grid.addWidget(button, place // 2, place % 2)
    return foot
