"""A session of the own schedule as a line: time, what and where, how one stands, and the buttons (K13)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.signing_up import PersonalSession
from trainer_desk.texts import length_text, span_text, state_word
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.signup import words
from trainer_desk.views.signup.frame import SessionFrame
from trainer_desk.views.theme import look

TIMES = 116
"""Pixels at 100 % of the column with the times."""


class ScheduleLine(SessionFrame):
    """With `names_day` the day stands with the time: among offers to be answered, which no heading dates."""

    def __init__(
        self, session: PersonalSession, zone: ZoneInfo, now: datetime, *, may_act: bool, names_day: bool = False
    ) -> None:
        super().__init__(session, zone, now, may_act=may_act)
        self.names_day = names_day
        self.when, self.length = PlainLabel("", "strong", wrap=True), PlainLabel("", "small")
        self.title, self.where = ElidedLabel("", "h3"), ElidedLabel("", "muted")
        self.reason = PlainLabel("", "small", wrap=True)
        self.badge, self.state = Pill(), Pill()
        self._lay_out()
        self._fit()
        look().changed.connect(self._fit)
        self.show_session(session, now, may_act=may_act)

    def _fill(self) -> None:
        session, zone = self.session, self.zone
        minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
        span = span_text(session.starts_at, session.ends_at, zone)
        day = words.day_line(session, zone, self.now)
        self.when.setText(f"{day}\n{span}" if self.names_day else span)
        self.length.setText(length_text(minutes))
        self.title.set_whole(shown(session.title))
        trainer = shown(session.trainer) if session.trainer else _("No trainer yet")
        self.where.set_whole(f"{words.place_line(session)} · {trainer}")
        badge = words.place_badge(session.mine, zone, self.now)
        if badge is not None:
            self.badge.show_pill(*badge)
        running = session.status is SessionStatus.IN_PROGRESS
        self.state.setVisible(running)
        if running:
            self.state.show_pill(state_word(session.status), "accent", "circle-dashed")
        reason = words.skip_words(session.mine)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _fit(self) -> None:
        self._times.setFixedWidth(look().px(TIMES))

    def _lay_out(self) -> None:
        self._times = QWidget()
        times = QVBoxLayout(self._times)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(2)
        times.addWidget(self.when)
        times.addWidget(self.length)
        times.addStretch()
        what = QVBoxLayout()
        what.setSpacing(2)
        for part in (self.title, self.where, self.reason):
            what.addWidget(part)
        what.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._times)
        row.addLayout(what, 1)
        for pill in (self.state, self.badge):
            row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self.foot.addWidget(self.details)
        row.addLayout(self.foot)
