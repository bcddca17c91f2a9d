"""A session that one may sign up for, as a card: day, time, place, spots, the own badge and the buttons (K13)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.signing_up import AskedCourse, PersonalSession
from trainer_desk.texts import length_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel
from trainer_desk.views.signup import words
from trainer_desk.views.signup.frame import SessionFrame
from trainer_desk.views.signup.hue_card import HueCard
from trainer_desk.views.theme import look

MARGINS = (18, 12, 12, 10)


class OpenCard(SessionFrame):
    """The card of an open session."""

    def __init__(self, session: PersonalSession, zone: ZoneInfo, now: datetime, *, may_act: bool) -> None:
        super().__init__(session, zone, now, may_act=may_act)
        self.day = PlainLabel("", "strong")
        self.when = ElidedLabel("", "muted")
        self.title = PlainLabel("", "h3", wrap=True)
        self.place, self.trainer = ElidedLabel("", "muted"), ElidedLabel("", "muted")
        self.spots, self.badge = Pill(), Pill()
        self.reason = PlainLabel("", "small", wrap=True)
        self._lay_out()
        self.show_session(session, now, may_act=may_act)

    def _fill(self) -> None:
        session = self.session
        self.day.setText(words.day_line(session, self.zone, self.now))
        self.when.set_whole(words.when_line(session, self.zone))
        self.title.setText(shown(session.title))
        self.place.set_whole(words.place_line(session))
        self.trainer.set_whole(shown(session.trainer) if session.trainer else _("No trainer yet"))
        self.spots.show_pill(*words.spots_pill(session))
        badge = words.place_badge(session.mine, self.zone, self.now)
        self.badge.setVisible(badge is not None)
        if badge is not None:
            self.badge.show_pill(*badge)
        reason = words.skip_words(session.mine)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.day)
        top.addStretch()
        top.addWidget(self.spots)
        column = QVBoxLayout(self)
        column.setContentsMargins(*MARGINS)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.when)
        column.addSpacing(4)
        column.addWidget(self.title)
        column.addLayout(with_icon("map-pin", self.place))
        column.addLayout(with_icon("user", self.trainer))
        column.addWidget(self.badge)
        column.addWidget(self.reason)
        column.addStretch(1)
        column.addSpacing(6)
        self.foot.addStretch()
        self.foot.addWidget(self.details)
        column.addLayout(self.foot)


class CourseCard(HueCard):
    """A course that is asked for: its name, how long it takes, and the button."""

    def __init__(self, course: AskedCourse) -> None:
        super().__init__(course.hue)
        self.course = course
        name = shown(course.title)
        self.setAccessibleName(name)
        self.ask = Button(_("Request this course"), kind="link")
        self.ask.setAccessibleName(_("Request this course: {name}").format(name=name))
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(ElidedLabel(name, "medium"))
        column.addWidget(ElidedLabel(f"{shown(course.category)} · {length_text(course.minutes)}", "small"))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 8, 8)
        row.addLayout(column, 1)
        row.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignVCenter)


def with_icon(icon: str, label: QWidget) -> QHBoxLayout:
    """Return a line with a small icon before it."""
    row = QHBoxLayout()
    row.setSpacing(look().px(6))
    row.addWidget(IconLabel(icon, "text3", 14), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label, 1)
    return row
