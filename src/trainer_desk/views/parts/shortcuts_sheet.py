"""The sheet that lists every key, drawn from the table of actions (V4)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.views.actions import ACTIONS, GESTURES, REGIONS, ActionSpec, key_text
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet


class ShortcutsSheet(Sheet):
    """All actions by region, two columns of them; `listed` holds the lines as texts."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, "Keyboard shortcuts", width=720, height=640)
        self.listed: list[tuple[str, str, str]] = []
        inner = QWidget()
        inner.setObjectName("Scrolled")
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(36)
        regions = list(REGIONS.items())
        for part in (regions[:3], regions[3:]):
            column = QVBoxLayout()
            column.setSpacing(14)
            for region, heading in part:
                column.addLayout(self._region(region, heading))
            column.addStretch()
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("List of shortcuts")
        scroll.setWidget(inner)
        self.body.addWidget(scroll)

    def _region(self, region: str, heading: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(PlainLabel(heading, "h3"), 0, 0, 1, 2)
        specs = [spec for spec in (*ACTIONS, *GESTURES) if spec.region == region]
        for line, spec in enumerate(specs, 1):
            grid.addWidget(PlainLabel(spec.text, wrap=True), line, 0)
            grid.addLayout(self._keys(spec), line, 1)
            self.listed.append((heading, spec.text, ", ".join(key_text(spec.keys))))
        return grid

    def _keys(self, spec: ActionSpec) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch()
        for text in key_text(spec.keys):
            row.addWidget(PlainLabel(text, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        return row
