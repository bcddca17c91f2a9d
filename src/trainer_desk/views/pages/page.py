"""The page of one thing in the window: its bar with the day that is looked at, its head and its sections."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.store.trouble import is_lost
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind
from trainer_desk.views.desk import Desk
from trainer_desk.views.pages.contact import EmergencyContact
from trainer_desk.views.pages.content import PEOPLE, Content
from trainer_desk.views.pages.head import Head
from trainer_desk.views.pages.kinds import DEEDS, KINDS
from trainer_desk.views.pages.section import SectionView
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

WIDEST, DAY = 1040, 150
"""Pixels at 100 % text size: of the page, so that a row can be read across, and of the field for its day."""
MARGIN = 24

PACKED = ("people", "courses")
"""Kinds of which an inspector pack can be made."""


class DossierPage(QWidget):
    """`bar` stands over it. `content` is what it shows as of `judged_on` in `zone`, None until the first was read."""

    link_wanted = Signal(object)
    """The Link of a fact or a row that was followed."""
    shown = Signal()
    """Another thing has come on show."""
    back_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    calendar_wanted = Signal(str, int)
    """The calendar of this thing, by kind and id, is to be saved."""
    pack_wanted = Signal(str, int)
    """An inspector pack of this thing, by kind and id, is to be made."""
    action_wanted = Signal(str)
    """The button of a section was pressed: the section's id."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self._desk, self._now = desk, now
        self._thing: tuple[str, int] | None = None
        self.zone: ZoneInfo | None = None
        self.judged_on: date | None = None
        self._stale = False
        self._is_new = False
        self.content: Content | None = None
        self.head = Head()
        self.sections: list[SectionView] = []
        self.contact = EmergencyContact(desk)
        self.empty = EmptyState()
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()
        self.keys: dict[str, QAction] = bind(self, {"back": self.back_wanted.emit, "print": self.print_wanted.emit})
        bind(self.bar, {"back": self.back_wanted.emit, "print": self.print_wanted.emit})

    @property
    def thing(self) -> tuple[str, int] | None:
        """The kind and the id of what is shown."""
        return self._thing

    @property
    def day(self) -> date | None:
        """The day that is looked at; None: today."""
        return self.as_of.value

    def show_thing(self, kind: str, thing_id: int, day: date | None = None) -> None:
        """Show another page as of a day, None: today."""
        self._is_new = True
        self._thing = (kind, thing_id)
        self.as_of.set_value(day)
        self._word.setText(_(KINDS[kind].word))
        self.setAccessibleName(self._word.text())
        self.pack_button.setVisible(kind in PACKED and self._desk.role in PLANNERS)
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        if self._thing is None:
            return
        self._stale = False
        kind, thing_id = self._thing
        load, now = KINDS[kind].load, self._now()
        self._desk.read(self, load, thing_id, self.day, now=now, then=self._take, failed=self._fail, lane="page")

    def section(self, name: str) -> SectionView:
        """Return a section on show by its id. Raises LookupError."""
        return next(view for view in self.sections if view.section.id == name)

    def showEvent(self, event: QShowEvent) -> None:
        """Load what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _take(self, dossier: Any) -> None:
        if self._thing is None:
            return
        content = KINDS[self._thing[0]].tell(dossier)
        self.zone, self.judged_on = dossier.zone, dossier.day
        self.content = content
        self.head.show_content(content)
        self.contact.show_person(content.id if content.kind == PEOPLE else None)
        self._show_sections(content)
        self._stack.setCurrentWidget(self.area)
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        if self._is_new:
            self._is_new = False
            self.area.verticalScrollBar().setValue(0)
            self.shown.emit()
            announce(self, f"{self._word.text()}: {content.title}, {content.pill[0]}")

    def _show_sections(self, content: Content) -> None:
        same = len(self.sections) == len(content.sections) and all(
            view.fits(section) for view, section in zip(self.sections, content.sections, strict=True)
        )
        if not same:
            for view in self.sections:
                self._column.removeWidget(view)
                view.hide()
                view.deleteLater()
            self.sections = [SectionView(section) for section in content.sections]
            for view in self.sections:
                self._column.insertWidget(self._column.count() - 1, view)
                view.show()  # at once, so that it can take the focus
                view.link_wanted.connect(self.link_wanted)
                view.action_wanted.connect(self.action_wanted)
                view.reached.connect(lambda area, view=view: self._reach(view, area))
        else:
            for view, section in zip(self.sections, content.sections, strict=True):
                view.show_section(section)
        for view in self.sections:
            deed = DEEDS.get(view.section.id)
            view.offer_action(deed is not None and self._desk.may(deed))

    def _reach(self, view: SectionView, area: QRect) -> None:
        place = area.translated(view.pos())
        self.area.ensureVisible(place.left(), place.top(), 0, look().px(MARGIN))
        self.area.ensureVisible(place.left(), place.bottom(), 0, look().px(MARGIN))

    def _fail(self, error: DeskError) -> None:
        """Say why there is no page; what stood there before would be taken for the wrong thing.

        The same thing stays on show while the database is away.
        """
        if is_lost(error) and not self._is_new and self.content is not None:
            return
        self.content = None
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        self.empty.say(error_text(error, self.zone), (_("Back"), self.back_wanted.emit))
        self._stack.setCurrentWidget(self.empty)

    def _changed(self, changes: Changes) -> None:
        if self._thing is not None and changes.touch(*KINDS[self._thing[0]].tables):
            self._stale = True
            if self.isVisible():
                self.reload()

    def _today(self) -> date:
        return self._now().astimezone(self.zone).date()

    def _show_today(self) -> None:
        self.as_of.set_value(None)
        self.reload()

    def _resize(self) -> None:
        self.as_of.setFixedWidth(look().px(DAY))
        self._inside.setMaximumWidth(look().px(WIDEST))

    def _want_calendar(self) -> None:
        if self._thing is not None:
            self.calendar_wanted.emit(*self._thing)

    def _want_pack(self) -> None:
        if self._thing is not None:
            self.pack_wanted.emit(*self._thing)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Page"))
        self.back = IconButton("chevron-left", _("Back"))
        self._word = PlainLabel("", "h2")
        self.as_of = DateField(_("As of"), self._today)
        self.as_of.setPlaceholderText(_("Today"))
        self.today_button = Button(_("Today"))
        self.print_button = Button(_("Print…"), "printer")
        self.save_button = Button(_("Save as PDF…"), "file-down")
        self.calendar_button = IconButton("calendar-days", _("Save as a calendar"))
        self.pack_button = Button(_("Inspector pack…"), "shield-check")
        self.pack_button.hide()
        label = PlainLabel(_("As of"), "field")
        label.setBuddy(self.as_of)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self._word)
        row.addStretch()
        for part in (
            label,
            self.as_of,
            self.today_button,
            self.print_button,
            self.save_button,
            self.pack_button,
            self.calendar_button,
        ):
            row.addWidget(part)
        return bar

    def _lay_out(self) -> None:
        inside = self._inside = QWidget()
        inside.setObjectName("Scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(MARGIN, 18, MARGIN, MARGIN)
        self._column.setSpacing(24)
        self._column.addWidget(self.head)
        self._column.addWidget(self.contact)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.today_button.clicked.connect(self._show_today)
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.pack_button.clicked.connect(self._want_pack)
        self.calendar_button.clicked.connect(self._want_calendar)
        self.as_of.changed.connect(lambda _day: self.reload())
        self.head.link_wanted.connect(self.link_wanted)
        look().changed.connect(self._resize)
        self._resize()
        self._desk.changed.connect(self._changed)
