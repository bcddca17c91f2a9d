"""The first start (V7): four things to begin with, and what was open before; what cannot be is told right there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.joining import Tried
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.start.card import Card
from trainer_desk.views.start.choices import Choice, Choices
from trainer_desk.views.start.demo_card import DemoCard
from trainer_desk.views.start.join_card import JoinCard
from trainer_desk.views.start.new_card import NewCard
from trainer_desk.views.start.open_card import OpenCard
from trainer_desk.views.start.recent import Place, is_server
from trainer_desk.views.theme import look

TOP = 32
DEMO, NEW, OPEN, JOIN = "demo", "new", "open", "join"
ABOUT_PASSWORD = frozenset({"password_wanted", "login_refused"})


def _choices() -> list[Choice]:
    return [
        Choice(DEMO, "sun", _("Explore the demo"), _("Invented, and kept nowhere")),
        Choice(NEW, "plus", _("New database"), _("One file on this computer")),
        Choice(OPEN, "folder-open", _("Open a file"), _("A database that is there already")),
        Choice(JOIN, "users", _("Join a shared database"), _("A server that many work on at once")),
    ]


class _Inside(QWidget):
    """What is scrolled; never lower than its wrapped lines need at this width."""

    def minimumSizeHint(self) -> QSize:
        """Return the height that the content needs."""
        layout = self.layout()
        wanted = super().minimumSizeHint()
        return wanted if layout is None else QSize(wanted.width(), layout.heightForWidth(max(self.width(), 1)))

    def event(self, event: QEvent) -> bool:
        """Ask for another height when something inside comes or goes."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().event(event)


class StartPage(QWidget):
    """The choices at the left, the card of the chosen one beside them; nothing typed is lost when one is refused."""

    demo_wanted = Signal()
    new_wanted = Signal(object)
    """A NewDatabase."""
    open_wanted = Signal(str)
    """The path of a file or a server's URL."""
    upgrade_wanted = Signal(str)
    """The path of an older file, with the consent to back it up and upgrade it."""
    restore_wanted = Signal(str, str)
    """The path of a damaged file and that of the backup that takes its place."""
    join_wanted = Signal(object)
    """A Joining."""
    trial_wanted = Signal(object)
    """A Joining that is only to be tried."""
    keyring_wanted = Signal()
    """Whether a password can be kept is to be found out: somebody thinks of joining."""
    back_wanted = Signal()

    def __init__(self, folder: Path, places: Sequence[Place] = ()) -> None:
        super().__init__()
        self.setObjectName("Desk")
        self.setAccessibleName(_("Set up or open a database"))
        self.demo, self.new, self.existing, self.join = DemoCard(), NewCard(folder), OpenCard(folder), JoinCard()
        self.cards: dict[str, Card] = {DEMO: self.demo, NEW: self.new, OPEN: self.existing, JOIN: self.join}
        self._asked: Card = self.demo
        self._has_asked_for_keyring = False
        self.choices = Choices(_choices())
        self.choices.show_places(places)
        self.back = Button(_("Back to the open database"), "chevron-left", "link")
        self.back.hide()
        self._area = QScrollArea()
        self._connect()
        self._lay_out()
        self.choices.choose(DEMO)

    def choose(self, key: str) -> Card:
        """Show the card of a choice (demo, new, open, join) with the cursor in its first field, and return it."""
        self.choices.choose(key)
        self.cards[key].start_field().setFocus()
        return self.cards[key]

    def offer_demo(self, offered: bool) -> None:
        """Offer the demo, or not where nobody can make one."""
        self.choices.tiles[DEMO].setVisible(offered)

    def refuse(self, error: DeskError) -> None:
        """Say in the card that was used why it did not work; all stays as typed. An older file can be upgraded."""
        if self._asked is self.existing and error.facts.get("why") == "older_schema":
            self.set_busy(False)
            self.existing.offer_upgrade(str(error.facts["database"]))
            return
        self.fail(error_text(error))
        if self._asked is self.existing and "backup" in error.facts:
            self.existing.offer_restore(error_text(error), error.facts["backup"])
        if self._asked is self.join and error.facts.get("why") in ABOUT_PASSWORD:
            self.join.password.setFocus()
            self.join.password.selectAll()

    def fail(self, said: str) -> None:
        """Say in the card that was used that it did not work."""
        self.set_busy(False)
        self.existing.withdraw_offer()
        self._asked.alert.say(said, tone="danger")
        self._asked.first_field().setFocus()
        self._bring_up(self._asked.alert)

    def refuse_open(self, address: str, error: DeskError) -> None:
        """Say why the database of last time cannot be opened; for a server, in the card that joins one."""
        if is_server(address):
            # It was asked for already, so what reads addresses is loaded.
            from trainer_desk.services.store.joining import joining_of  # noqa: PLC0415

            self.join.show_joining(joining_of(address))
            self._asked = self.join
            self.choices.choose(JOIN)
        else:
            self.existing.address.setText(address)
            self._asked = self.existing
            self.choices.choose(OPEN)
        self.refuse(error)

    def tell_tried(self, tried: Tried) -> None:
        """Say that the shared database can be joined."""
        self.set_busy(False)
        self.join.tell_tried(tried)
        self._bring_up(self.join.passed)

    def set_busy(self, busy: bool) -> None:
        """Take no second order while one is under way."""
        for part in (*self.cards.values(), self.choices):
            part.setEnabled(not busy)
        self._asked.button.set_words(self._asked.working if busy else self._asked.verb)
        self.join.set_trying(False)

    def ask_place(self, address: str) -> None:
        """Open something that was open before."""
        self._asked = self.existing
        self._begin(self.existing)
        self.open_wanted.emit(address)

    def _bring_up(self, widget: QWidget) -> None:
        """Scroll to what was said, once there is room for it."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(widget))

    def _show_card(self, key: str) -> None:
        for name, card in self.cards.items():
            card.setVisible(name == key)
        if key == JOIN and not self._has_asked_for_keyring:
            self._has_asked_for_keyring = True
            self.keyring_wanted.emit()

    def _ask_demo(self) -> None:
        self._begin(self.demo)
        self.demo_wanted.emit()

    def _ask_new(self) -> None:
        wanted = self.new.wanted()
        if wanted is not None:
            self._begin(self.new)
            self.new_wanted.emit(wanted)

    def _ask_open(self) -> None:
        address = self.existing.address.text().strip()
        if not address:
            self.existing.alert.say(_("Choose a file, or type its name."), tone="danger")
            self.existing.address.setFocus()
            return
        self._begin(self.existing)
        self.open_wanted.emit(address)

    def _ask_upgrade(self) -> None:
        self._asked = self.existing
        self.set_busy(True)
        self.upgrade_wanted.emit(self.existing.address.text().strip())

    def _ask_restore(self) -> None:
        self._asked = self.existing
        self.set_busy(True)
        self.restore_wanted.emit(self.existing.address.text().strip(), self.existing.rescue.backup)

    def _ask_join(self) -> None:
        if not self.join.lacks():
            self._begin(self.join)
            self.join_wanted.emit(self.join.wanted())

    def _ask_trial(self) -> None:
        if not self.join.lacks():
            self._begin(self.join)
            self.join.button.set_words(self.join.verb)
            self.join.set_trying(True)
            self.trial_wanted.emit(self.join.wanted())

    def _begin(self, card: Card) -> None:
        self._asked = card
        for each in self.cards.values():
            each.alert.say("")
        self.join.passed.say("", tone="ok")
        self.existing.withdraw_offer()
        self.set_busy(True)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._show_card)
        self.choices.place_wanted.connect(self.ask_place)
        self.back.clicked.connect(lambda: self.back_wanted.emit())
        self.demo.button.clicked.connect(self._ask_demo)
        self.new.button.clicked.connect(self._ask_new)
        self.existing.button.clicked.connect(self._ask_open)
        self.new.file.returnPressed.connect(self._ask_new)
        self.new.organisation.returnPressed.connect(self._ask_new)
        self.existing.address.returnPressed.connect(self._ask_open)
        self.existing.chosen.connect(self._ask_open)
        self.existing.offer.button.clicked.connect(self._ask_upgrade)
        self.existing.rescue.button.clicked.connect(self._ask_restore)
        self.join.button.clicked.connect(self._ask_join)
        self.join.trial_wanted.connect(self._ask_trial)
        for field in (self.join.password, self.join.login, self.join.address, self.join.database):
            field.returnPressed.connect(self._ask_join)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addStretch()
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.choices)
        left.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch()
        columns.addLayout(left)
        right = QVBoxLayout()
        for card in self.cards.values():
            right.addWidget(card)
        right.addStretch()
        columns.addLayout(right)
        columns.addStretch()
        inside = _Inside()
        inside.setObjectName("Desk")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addSpacing(look().px(TOP))
        column.addLayout(self._heading())
        line = PlainLabel(_("Plan training sessions, fill them with the people who need them most."), "muted")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(line)
        column.addSpacing(24)
        column.addLayout(columns)
        column.addStretch()
        area = self._area
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        row.addWidget(IconLabel("calendar-check-2", "accent", 32))
        row.addWidget(PlainLabel("Trainer Desk", "h1"))
        row.addStretch()
        return row
