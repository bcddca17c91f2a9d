"""The page Open sessions: what one may sign up for, as cards by week, and the courses that are asked for (K13)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.dossiers.own_places import load_open_sessions
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.signing_up import OpenSessions, PersonalSession
from trainer_desk.services.rules.capacity import is_full
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.trouble import is_lost
from trainer_desk.texts import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.sentences import NOT_OWN
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.actions import bind
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.signup import words
from trainer_desk.views.signup.asked_courses import AskedCourses
from trainer_desk.views.signup.card import OpenCard
from trainer_desk.views.signup.refreshing import TABLES, each_minute
from trainer_desk.views.signup.sections import WeekSections

ALL, FREE, OWN = "all", "free", "own"
STEP = 24
"""Cards that show at first, and that come with each press on the button below them."""


class OpenSessionsPage(QWidget):
    """`bar` stands over it. `shown` is what was read last, None before; `cards` are those on show, by session."""

    deed_wanted = Signal(object, object, object)
    """The OwnDeed, the PersonalSession and the zone."""
    details_wanted = Signal(object)
    """The card whose details are wanted."""
    request_wanted = Signal(object)
    """A course, by its id, is to be asked for."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Open sessions"))
        self._desk, self._now = desk, now
        self._stale = True
        self._limit = STEP
        self.shown: OpenSessions | None = None
        self.cards: dict[int, OpenCard] = {}
        self.sections, self.asked = WeekSections(), AskedCourses()
        self.alert, self.empty = Alert("warn"), EmptyState()
        self.more = Button("", kind="small")
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()
        self.keys: dict[str, QAction] = bind(self, {"search": self.search.setFocus})

    def reload(self) -> None:
        """Ask again, at once if the page is on show, else when it is shown next."""
        self._stale = not self.isVisible()
        if not self._stale:
            login, now = self._desk.actor, self._now()
            self._desk.read(
                self, load_open_sessions, login, now=now, then=self._take, failed=self._fail, lane="open_sessions"
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def chosen(self) -> list[PersonalSession]:
        """Return the sessions that the filter lets through, by start."""
        if self.shown is None:
            return []
        text, kind = self.search.text(), self.segment.current
        return [
            one
            for one in self.shown.sessions
            if words.matches(text, one.title, one.course, one.venue, one.site, one.trainer)
            and (kind != FREE or not is_full(one.capacity, one.seats_taken))
            and (kind != OWN or one.mine is not None)
        ]

    def _take(self, shown_now: OpenSessions) -> None:
        self.shown = shown_now
        nobody = _(NOT_OWN["no_person"]) if shown_now.person_id is None else ""
        self.alert.say(nobody)
        self._render()

    def _render(self) -> None:
        if self.shown is None:
            return
        chosen = self.chosen()
        on_show = chosen[: self._limit]
        today = local(self.shown.now, self.shown.zone).date()
        weeks: dict[date, list[QWidget]] = {}
        for session in on_show:
            day = local(session.starts_at, self.shown.zone).date()
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(self._card(session))
        self.sections.show_weeks(weeks, {monday: words.week_heading(monday, today) for monday in weeks})
        self._drop(set(self.cards) - {session.session_id for session in on_show})
        self.count.setText(f"{len(chosen):,}")
        left = len(chosen) - len(on_show)
        self.more.setVisible(left > 0)
        self.more.set_words(plural("Show {n} more", "Show {n} more", min(left, STEP)))
        asked = [one for one in self.shown.on_request if words.matches(self.search.text(), one.title, one.code)]
        self.asked.show_courses(asked if self.segment.current == ALL else [])
        self._say_empty(bool(chosen), bool(asked) and self.segment.current == ALL)

    def _card(self, session: PersonalSession) -> OpenCard:
        assert self.shown is not None
        may_act, now = self.shown.person_id is not None, self.shown.now
        card = self.cards.get(session.session_id)
        if card is None:
            card = OpenCard(session, self.shown.zone, now, may_act=may_act)
            card.deed_wanted.connect(self._press)
            card.details_wanted.connect(lambda _session, card=card: self.details_wanted.emit(card))
            self.cards[session.session_id] = card
        else:
            card.show_session(session, now, may_act=may_act)
        return card

    def _drop(self, gone: set[int]) -> None:
        for session_id in gone:
            card = self.cards.pop(session_id)
            card.hide()
            card.deleteLater()

    def _say_empty(self, some: bool, asked: bool) -> None:
        self._stack.setCurrentWidget(self._scroll if some or asked else self.empty)
        self.nothing.setVisible(not some)
        text = self.search.text().strip()
        if text:
            self.nothing.setText(_("No session matches “{text}”.").format(text=shown(text)))
        elif self.segment.current == ALL:
            self.nothing.setText(_("Nothing is open for sign-up now."))
        else:
            self.nothing.setText(_("No session is like that."))
        if text or self.segment.current != ALL:
            self.empty.say(self.nothing.text(), (_("Show all"), self._clear))
        else:
            self.empty.say(self.nothing.text())

    def _clear(self) -> None:
        self.search.clear()
        self.segment.choose(ALL)
        self._filter()

    def _filter(self) -> None:
        self._limit = STEP
        self._render()

    def _show_more(self) -> None:
        self._limit += STEP
        self._render()

    def _press(self, deed: OwnDeed, session: PersonalSession) -> None:
        if self.shown is not None:
            self.deed_wanted.emit(deed, session, self.shown.zone)

    def _fail(self, error: DeskError) -> None:
        """Say why there is nothing; what was read before stays on show while the database is away."""
        if self.shown is not None and is_lost(error):
            return
        self.empty.say(error_text(error), (_("Try again"), self.reload))
        self._stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._filter())
        self.segment.chosen.connect(lambda _kind: self._filter())
        self.more.clicked.connect(self._show_more)
        self.asked.request_wanted.connect(self.request_wanted)
        self._desk.changed.connect(lambda changes: self.reload() if changes.touch(*TABLES) else None)
        self._timer: QTimer = each_minute(self, self.reload)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Open sessions"))
        kinds = ((ALL, _("All")), (FREE, _("With free spots")), (OWN, _("Mine")))
        self.segment = Segment(kinds, _("Which sessions"), narrow=0)
        self.segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Course, place or trainer"))
        self.search.setAccessibleName(_("Find an open session"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self.count = PlainLabel("", "count")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Open sessions"), "h2"))
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self.segment)
        row.addWidget(self.search)
        return bar

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("Scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        self.nothing = PlainLabel("", "muted", wrap=True)
        for part in (self.alert, self.nothing, self.sections):
            column.addWidget(part)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.asked)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
