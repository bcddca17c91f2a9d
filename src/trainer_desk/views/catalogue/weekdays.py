"""The field of the working days: seven boxes in a row."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from trainer_desk.texts import weekday_name
from trainer_desk.views.catalogue.design import Weekdays
from trainer_desk.views.catalogue.fields import ThingField


class WeekdaysField(ThingField):
    """`value` is a tuple of days, Monday = 0."""

    def __init__(self, design: Weekdays) -> None:
        super().__init__(design)
        self.boxes = [QCheckBox(weekday_name(day)) for day in range(7)]
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 2, 0, 2)
        beside.setSpacing(14)
        for day, box in enumerate(self.boxes):
            box.setAccessibleName(weekday_name(day, full=True))
            box.clicked.connect(self.tell_value)
            beside.addWidget(box)
        beside.addStretch(1)
        self.body.addWidget(row)
        self.add_note()

    @property
    def value(self) -> Any:
        """The days that are ticked."""
        return tuple(day for day, box in enumerate(self.boxes) if box.isChecked())

    def first_editor(self) -> QWidget:
        """Return the first box."""
        return self.boxes[0]

    def show_value(self, value: Any) -> None:
        """Tick the stored days."""
        super().show_value(value)
        for day, box in enumerate(self.boxes):
            box.setChecked(day in (value or ()))
