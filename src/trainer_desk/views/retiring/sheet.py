"""The sheet that retires a person, course, trainer, venue or piece of equipment, and settles what is coming (N3)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.retiring import retire
from trainer_desk.services.orchestration.retiring_concerns import foresee
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.retiring import Retired, Retirement
from trainer_desk.services.rows.settling import Way
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.reason_sheet import LONGEST
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.retiring import words
from trainer_desk.views.retiring.settling import Settling
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.session.lines import HEIGHT, NOTE, Line, LineList
from trainer_desk.views.theme import look

TALL = 560
FEW = 4
"""Up to so many sessions the sheet is as high as its content."""


class RetireSheet(Sheet):
    """Asks what is concerned before it shows itself; `retired` carries the sentence for a toast with Undo."""

    retired = Signal(str)
    failed = Signal(object)
    """The DeskError because of which there is nothing to show."""

    def __init__(self, over: QWidget, desk: Desk, kind: str, thing_id: int, directory: Directory, clock: Clock) -> None:
        super().__init__(over, "", width=680)
        self._desk, self._kind, self._thing_id = desk, kind, thing_id
        self._directory, self._clock = directory, clock
        self._found: Retirement | None = None
        self.question = PlainLabel("", "muted", wrap=True)
        self.roles = PlainLabel("", "small", wrap=True)
        self.for_all = QComboBox()
        self.settling = Settling()
        self.places = LineList(_("Coming places"), scrolls=True)
        self.reason = QLineEdit()
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button("", kind="primary")
        self._fill()
        self._connect()

    def ask(self) -> None:
        """Look at what is coming, then show the sheet."""
        self._desk.read(
            self,
            foresee,
            self._kind,
            self._thing_id,
            now=self._clock.now(),
            then=self._show,
            failed=self.failed.emit,
            lane="retiring",
        )

    @property
    def is_cancelling(self) -> bool:
        """Whether a session is to be cancelled, which needs a reason."""
        return any(choice.way is Way.CANCEL for choice in self.settling.choices().values())

    def _show(self, found: Retirement) -> None:
        self._found = found
        self.title.setText(words.title(found))
        self.setAccessibleName(words.title(found))
        self.question.setText(words.question(found))
        self.roles.setText(words.roles(found))
        self.roles.setVisible(bool(found.roles))
        self.go.set_words(words.verb(found))
        self._show_places(found)
        self.settling.show_sessions(found, self._directory)
        self.settling.setVisible(bool(found.sessions))
        self._offer_for_all()
        self._show_choices()
        self.set_height(TALL if max(len(found.sessions), len(found.places)) > FEW else 0)
        if not self.isVisible():
            self.open()
            self.go.setFocus()

    def _show_places(self, found: Retirement) -> None:
        self.places.setVisible(bool(found.places))
        self.places.setMaximumHeight(look().px((HEIGHT + NOTE) * len(found.places) + 4))
        self.places.show_lines(
            [
                Line(
                    place.card.id,
                    words.when_of(place.card, self._directory),
                    words.place_words(place),
                    "user-x",
                    note=title_of(place.card, self._directory),
                )
                for place in found.places
            ]
        )

    def _offer_for_all(self) -> None:
        shared = self.settling.shared_ways()
        self._all_box.setVisible(bool(shared))
        self.for_all.clear()
        self.for_all.addItem(_("As proposed for each"), None)
        if self._found is None:
            return
        for way in shared:
            line = next(line for line in self.settling.lines if way in line.concerned.ways)
            said = _("Whoever is free") if way is Way.REPLACE else words.way_text(way, self._found, line.concerned.card)
            self.for_all.addItem(said, way)

    def _choose_for_all(self, place: int) -> None:
        way = self.for_all.itemData(place)
        if way is None and self._found is not None:
            self.settling.lines = []
            self.settling.show_sessions(self._found, self._directory)
            self._show_choices()
        elif way is not None:
            self.settling.choose_for_all(Way(way))

    def _show_choices(self) -> None:
        self._reason_box.setVisible(self.is_cancelling)

    def _go(self) -> None:
        if self._found is None:
            return
        if self.is_cancelling and not self.reason.text().strip():
            self.trouble.say(_("Say why the sessions are cancelled. The reason is kept with them."))
            self.reason.setFocus()
            return
        self.trouble.say("")
        self.go.setEnabled(False)
        self._desk.write(
            self,
            words.title(self._found),
            retire,
            self._kind,
            self._thing_id,
            self.settling.choices(),
            self.reason.text(),
            then=self._done,
            refused=self._refused,
        )

    def _done(self, retired: Retired) -> None:
        if self._found is not None:
            said = words.done(self._found, retired)
            self.finish()
            self.retired.emit(said)

    def _refused(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        said = error_text(error, self._directory.settings.zone)
        if isinstance(error, Stale):
            said = _("What is coming has changed meanwhile. Look at the list again.")
            self.ask()
        self.trouble.say(said)

    def _fill(self) -> None:
        self._all_box, self._reason_box = QWidget(), QWidget()
        whole = QHBoxLayout(self._all_box)
        whole.setContentsMargins(0, 0, 8, 0)
        label = PlainLabel(_("For all"), "field")
        label.setBuddy(self.for_all)
        self.for_all.setAccessibleName(_("For all sessions"))
        whole.addStretch(1)
        whole.addWidget(label)
        whole.addWidget(self.for_all)
        why = QHBoxLayout(self._reason_box)
        why.setContentsMargins(0, 0, 0, 0)
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(_("Reason for cancelling"))
        self.reason.setPlaceholderText(_("Why, in a few words"))
        reason_label = PlainLabel(_("Reason for cancelling"), "field")
        reason_label.setBuddy(self.reason)
        why.addWidget(reason_label)
        why.addWidget(self.reason, 1)
        for part in (self.question, self.roles, self._all_box):
            self.body.addWidget(part)
        self.body.addWidget(self.settling, 1)
        self.body.addWidget(self.places, 1)
        for part in (self._reason_box, self.trouble):
            self.body.addWidget(part)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.reason.returnPressed.connect(self._go)
        self.settling.changed.connect(self._show_choices)
        self.for_all.activated.connect(self._choose_for_all)
