"""One person to tell: a tick, who it is, what to say, and how to reach them or their manager (D7)."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from trainer_desk.services.rows.tellings import News, ToTell
from trainer_desk.texts.facts import shown
from trainer_desk.texts.tellings import detail_text, last_told_text, news_text, news_word
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel, plain_tip
from trainer_desk.views.theme import look

LOOKS: Mapping[News, tuple[str, str]] = {
    News.PLACE: ("ok", "calendar-check"),
    News.OFFER: ("accent", "bell"),
    News.WAITING: ("muted", "clock"),
    News.LOST: ("danger", "user-x"),
    News.MOVED: ("warn", "calendar-days"),
    News.CANCELLED: ("danger", "ban"),
    News.UNSCHEDULED: ("warn", "circle-dashed"),
}
"""Tone and icon of each: shape and word, never colour alone."""

WHO, REACH = 200, 290


class PersonLine(QFrame):
    """`ticked` says that somebody was told, or not after all."""

    ticked = Signal(bool)

    def __init__(self, row: ToTell, zone: ZoneInfo, now: datetime) -> None:
        super().__init__()
        self.setObjectName("Row")
        self.row = row
        self.tick = QCheckBox()
        said = {"name": shown(row.name), "what": news_text(row, zone, now)}
        self.tick.setAccessibleName(_("{name} was told: {what}").format_map(said))
        self.tick.toggled.connect(self.ticked)
        self._lay_out(detail_text(row, zone, now), last_told_text(row, zone))

    def show_ticked(self, ticked: bool) -> None:
        """Show whether the person was told, without telling anybody."""
        self.tick.blockSignals(True)
        self.tick.setChecked(ticked)
        self.tick.blockSignals(False)

    def _lay_out(self, detail: str, last: str) -> None:
        row, pill = self.row, LOOKS[self.row.news]
        who = _column(
            ElidedLabel(shown(row.name), "medium"),
            ElidedLabel(" · ".join(filter(None, (row.employee_no, shown(row.department)))), "small"),
        )
        self.setToolTip(plain_tip(last))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Pill(news_word(row.news), pill[0], pill[1]))
        if row.has_bell:
            head.addWidget(PlainLabel(_("In the bell, not seen yet"), "small"))
        head.addStretch(1)
        what = QVBoxLayout()
        what.setSpacing(3)
        what.addLayout(head)
        if detail:
            what.addWidget(PlainLabel(detail, wrap=True))
        reach = _column(_reachable(row), _manager(row))
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 8, 4, 8)
        grid.setHorizontalSpacing(12)
        grid.addWidget(self.tick, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(who, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(what, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(reach, 0, 3, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(1, look().px(WHO))
        grid.setColumnMinimumWidth(3, look().px(REACH))
        grid.setColumnStretch(2, 1)


def _column(*labels: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for label in labels:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(label)
    return column


def _reachable(row: ToTell) -> ElidedLabel:
    """Return a number that can be marked with the mouse and copied, else the address."""
    known = row.phone or row.email
    if not known:
        return ElidedLabel(_("No phone on file"), "muted")
    label = ElidedLabel(shown(known), "medium")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def _manager(row: ToTell) -> ElidedLabel:
    if row.manager is None:
        return ElidedLabel(_("No manager on file"), "small")
    return ElidedLabel(
        _("Manager: {who}").format(who=", ".join(filter(None, (shown(row.manager), row.manager_phone)))), "small"
    )
