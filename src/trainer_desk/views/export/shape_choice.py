"""How a table is written: CSV or a workbook, separator, mark and dates; remembered per kind of list (ux 13)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.exchange.table_out import WORKBOOK, Shape
from trainer_desk.texts.translate import _
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
CSV, XLSX = "csv", "xlsx"


class ShapeChoice(QWidget):
    """`changed` fires when something else was chosen; a workbook has no separator, and its dates are dates."""

    changed = Signal()

    def __init__(self, *, has_dates: bool = True) -> None:
        super().__init__()
        self._has_dates = has_dates
        self.kind = Segment(((CSV, _("CSV")), (XLSX, _("Excel workbook"))), _("Kind of file"), narrow=0)
        names = (("comma", _("Comma")), ("semicolon", _("Semicolon")), ("tab", _("Tab")))
        self.separator = Segment(names, _("Separator"), narrow=0)
        self.bom = QCheckBox(_("UTF-8 mark for Excel"))
        self.local = QCheckBox(_("Dates like 24/11/2026"))
        self._csv = QWidget()
        self._lay_out()
        for segment in (self.kind, self.separator):
            segment.chosen.connect(lambda _key: self._tell())
        for box in (self.bom, self.local):
            box.toggled.connect(lambda _on: self._tell())

    @property
    def ending(self) -> str:
        """How the name of the file ends."""
        return WORKBOOK if self.kind.current == XLSX else ".csv"

    def shape(self) -> Shape:
        """Return what is chosen."""
        return Shape(SEPARATORS[self.separator.current], self.bom.isChecked(), self.local.isChecked())

    def recall(self, memory: Memory, key: str) -> None:
        """Choose what was chosen last time for this kind of list."""
        kind, separator = memory.get(f"{key}/kind", CSV), memory.get(f"{key}/separator", "comma")
        self.kind.choose(kind if kind in (CSV, XLSX) else CSV)
        self.separator.choose(separator if separator in SEPARATORS else "comma")
        self.bom.setChecked(memory.get(f"{key}/bom", True))
        self.local.setChecked(self._has_dates and memory.get(f"{key}/local", False))
        self._csv.setVisible(self.kind.current == CSV)

    def keep(self, memory: Memory, key: str) -> None:
        """Remember what is chosen."""
        memory.put(f"{key}/kind", self.kind.current)
        memory.put(f"{key}/separator", self.separator.current)
        memory.put(f"{key}/bom", self.bom.isChecked())
        memory.put(f"{key}/local", self.local.isChecked())

    def _tell(self) -> None:
        self._csv.setVisible(self.kind.current == CSV)
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("Kind of file"), "field"))
        column.addWidget(self.kind)
        inner = QVBoxLayout(self._csv)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(PlainLabel(_("Separator"), "field"))
        inner.addWidget(self.separator)
        boxes = QHBoxLayout()
        boxes.setSpacing(16)
        boxes.addWidget(self.bom)
        boxes.addWidget(self.local)
        boxes.addStretch(1)
        inner.addLayout(boxes)
        self.local.setVisible(self._has_dates)
        column.addWidget(self._csv)
