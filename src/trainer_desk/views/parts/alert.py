"""A boxed sentence inside a form, such as the yellow one about a venue's capacity (K1)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel, restyle

ICONS = {"warn": "triangle-alert", "danger": "octagon-alert", "ok": "circle-check"}


class Alert(QFrame):
    """A bold sentence and a remark after it; hidden until `say`."""

    def __init__(self, tone: str = "warn") -> None:
        super().__init__()
        self.setObjectName("Alert")
        self.setProperty("tone", tone)
        self._icon = IconLabel(ICONS[tone], tone)
        self.sentence = PlainLabel("", "strong", tone=tone)
        self.remark = PlainLabel("", tone=tone, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence)
        row.addWidget(self.remark, 1)
        self.hide()

    def say(self, sentence: str, remark: str = "", tone: str = "warn") -> None:
        """Show `sentence` and speak it if it is new; an empty one hides the box."""
        is_new = sentence != self.sentence.text()
        self.sentence.setText(sentence)
        self.sentence.setWordWrap(not remark)  # alone it has all the room, beside a remark its own width
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.setAccessibleName(f"{sentence} {remark}".strip())
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self._icon.show_icon(ICONS[tone], tone)
            self.sentence.set_tone(tone)
            self.remark.set_tone(tone)
            restyle(self)
        self.setVisible(bool(sentence))
        if sentence and is_new:
            announce(self, self.accessibleName(), urgent=tone == "danger")
