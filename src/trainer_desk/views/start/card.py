"""A card of the first start: a heading, fields, a box for what went wrong and one button."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.theme import look

SUFFIX = ".desk"
FILES = f"Trainer Desk databases (*{SUFFIX} *.db *.sqlite);;All files (*)"
WIDTH, NARROWEST = 460, 400


class Card(QFrame):
    """A card with a heading, fields, a box for what went wrong and one button."""

    verb = ""
    working = ""

    def __init__(self, heading: str, text: str, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(look().px(WIDTH))
        self.alert = Alert("danger")
        self.alert.sentence.setWordWrap(True)
        self.button = Button(self.verb, kind="primary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "accent", 20))
        row.addWidget(PlainLabel(heading, "h2"), 1)
        self._column.addLayout(row)
        self._column.addWidget(PlainLabel(text, "muted", wrap=True))
        self._column.addSpacing(8)

    def sizeHint(self) -> QSize:
        """Take the whole width where there is room for it."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def first_field(self) -> QWidget:
        """Return where the cursor belongs after a refusal, and at first unless `start_field` says otherwise."""
        return self.button

    def start_field(self) -> QWidget:
        """Return where the cursor belongs when the card shows."""
        return self.first_field()

    def _add_field(self, label: str, field: QWidget, *beside: QWidget) -> None:
        self._column.addWidget(self._label_of(label, field))
        self._add_row(field, *beside)
        self._column.addSpacing(4)

    def _add_row(self, first: QWidget, *beside: QWidget) -> None:
        """Add widgets side by side; the widest of them, a field or words, takes the room."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (first, *beside):
            wide = isinstance(widget, QLineEdit | QComboBox | PlainLabel)
            row.addWidget(widget, int(wide), Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def _add_aside(self, widget: QWidget) -> None:
        """Add something at its own width, at the left."""
        self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def _field_row(self, *fields: tuple[str, QWidget, int]) -> QWidget:
        """Return fields side by side, each under its label, with its share of the width."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        for label, field, share in fields:
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addWidget(self._label_of(label, field))
            column.addWidget(field)
            row.addLayout(column, share)
        return whole

    def _finish(self, *beside: QWidget) -> None:
        self._column.addWidget(self.alert)
        self._column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in beside:
            row.addWidget(widget)
        row.addWidget(self.button, 1)
        self._column.addLayout(row)

    def _label_of(self, label: str, field: QWidget) -> PlainLabel:
        name = PlainLabel(label, "field")
        name.setBuddy(field)
        field.setAccessibleName(label)
        return name
