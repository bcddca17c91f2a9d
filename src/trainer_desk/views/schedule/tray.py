"""The drafts tray at the right: drafts without a date to be dragged onto the calendar, and what needs attention."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.attention import Concern
from trainer_desk.views.schedule.attention_list import AttentionList
from trainer_desk.views.schedule.card_list import GAP, HEIGHT, CardList
from trainer_desk.views.theme import look

WIDTH = 268
FILTER_FROM = 8
"""With more cards than this a field to filter them appears."""


class Tray(QWidget):
    """Drafts to place above, the open findings of the visible range below."""

    open_requested = Signal(int)
    proposal_wanted = Signal(int)
    """The first free time of this draft is to be proposed (C7)."""
    draft_wanted = Signal()
    concern_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Tray")
        self.setAccessibleName(_("Drafts to place"))
        self._drafts: tuple[SessionCard, ...] = ()
        self._directory: Directory | None = None
        self.count = PlainLabel("0", "count")
        self.hint = PlainLabel("", "small", wrap=True)
        self.filter = QLineEdit()
        self.cards = CardList()
        self.add = Button(_("Add draft"), "plus", "ghost")
        self.attention = AttentionList()
        self._heading = PlainLabel(_("NEEDS ATTENTION"), "caption")
        self._floating: QLabel | None = None
        self._lay_out()
        self._connect()

    def allow(self, plans: bool) -> None:
        """Let drafts be placed, or only be looked at."""
        self.cards.plans = plans
        self._filter()

    def show_drafts(self, drafts: Sequence[SessionCard], directory: Directory) -> None:
        """Show the undated drafts, those with most people first."""
        self._drafts = tuple(sorted(drafts, key=lambda card: (-card.enrolled, card.id)))
        self._directory = directory
        self.count.setText(str(len(drafts)))
        self.count.setAccessibleName(_("{n} drafts").format(n=len(drafts)))
        self.filter.setVisible(len(drafts) > FILTER_FROM)
        if len(drafts) <= FILTER_FROM and self.filter.text():
            self.filter.clear()
        self._filter()

    def show_concerns(self, concerns: Sequence[Concern], directory: Directory) -> None:
        """Show what needs attention; the heading goes with the last row."""
        self._heading.setVisible(bool(concerns))
        self.attention.setVisible(bool(concerns))
        self.attention.show_concerns(concerns, directory)

    def show_floating(self, at: QPoint | None) -> None:
        """Let the dragged card follow the pointer (screen pixels) where the calendar shows no ghost."""
        if at is None:
            if self._floating is not None:
                self._floating.hide()
            return
        if self._floating is None:
            self._floating = QLabel(self.window())
            self._floating.setTextFormat(Qt.TextFormat.PlainText)
            self._floating.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self._floating.isHidden():
            self._floating.setPixmap(self._picture())
            self._floating.adjustSize()
        self._floating.move(self.window().mapFromGlobal(at) + QPoint(8, 8))
        self._floating.show()
        self._floating.raise_()

    def _enter(self, session_id: int) -> None:
        """Ask for a free time of a draft; who does not plan opens it."""
        (self.proposal_wanted if self.cards.plans else self.open_requested).emit(session_id)

    def _picture(self) -> QPixmap:
        index = self.cards.currentIndex()
        return self.cards.viewport().grab(self.cards.visualRect(index)) if index.isValid() else QPixmap()

    def _filter(self) -> None:
        if self._directory is None:
            return
        wanted = search_key(self.filter.text())
        shown = [card for card in self._drafts if wanted in self._searched(card, self._directory)]
        self.cards.show_cards(shown, self._directory)
        self.cards.setMaximumHeight(max(1, len(shown) * look().px(HEIGHT + GAP)) + 2)
        if not self._drafts:
            self.hint.setText(_("All drafts are placed."))
        elif not shown:
            self.hint.setText(_("No draft matches “{text}”.").format(text=self.filter.text().strip()))
        else:
            way = _("Drag a card onto the calendar, or press Enter for a free time.")
            self.hint.setText(way if self.cards.plans else _("Press Enter to open a card."))

    @staticmethod
    def _searched(card: SessionCard, directory: Directory) -> str:
        course = directory.courses.get(card.course_id)
        names = [words.title_of(card, directory), course.code if course else "", words.trainers_of(card, directory)]
        return search_key(" ".join([*names, words.venue_name(card.venue_id, directory)]))

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(PlainLabel(_("Drafts to place"), "h3"))
        heading.addWidget(self.count)
        heading.addStretch()
        self.filter.setPlaceholderText(_("Filter drafts"))
        self.filter.setAccessibleName(_("Filter drafts"))
        self.filter.setClearButtonEnabled(True)
        self.filter.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 14, 12, 12)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self.hint)
        column.addWidget(self.filter)
        column.addWidget(self.cards, 1000)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self.attention)
        self._heading.hide()
        self.attention.hide()

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._filter())
        self.cards.opened.connect(self.open_requested)
        self.cards.entered_on.connect(self._enter)
        self.add.clicked.connect(lambda: self.draft_wanted.emit())
        self.attention.chosen.connect(self.concern_chosen)
        self.cards.drag_cancelled.connect(lambda: self.show_floating(None))
        self.cards.drag_dropped.connect(lambda _at: self.show_floating(None))
