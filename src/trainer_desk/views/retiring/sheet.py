"""The sheet that retires a person, course, trainer, venue or piece of equipment, and settles what is coming (N3)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.retiring import retire
from trainer_desk.services.orchestration.retiring_concerns import foresee
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.retiring import Retired, Retirement
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.retiring import words
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.session.lines import HEIGHT, NOTE, Line, LineList
from trainer_desk.views.settling.lines import Manner
from trainer_desk.views.settling.part import SettlingPart
from trainer_desk.views.settling.words import when_of
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
        self.part = SettlingPart()
        self.for_all, self.settling, self.reason = self.part.for_all, self.part.lines, self.part.reason
        self.places = LineList(_("Coming places"), scrolls=True)
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

    def _show(self, found: Retirement) -> None:
        self._found = found
        self.title.setText(words.title(found))
        self.setAccessibleName(words.title(found))
        self.question.setText(words.question(found))
        self.roles.setText(words.roles(found))
        self.roles.setVisible(bool(found.roles))
        self.go.set_words(words.verb(found))
        self._show_places(found)
        manner = Manner(found.kind, lambda way, card: words.way_text(way, found, card), found.kind != "course")
        self.part.show_sessions(found.sessions, manner, self._directory)
        self.part.setVisible(bool(found.sessions))
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
                    when_of(place.card, self._directory),
                    words.place_words(place),
                    "user-x",
                    note=title_of(place.card, self._directory),
                )
                for place in found.places
            ]
        )

    def _go(self) -> None:
        if self._found is None:
            return
        lacking = self.part.lacks_reason()
        self.trouble.say(lacking)
        if lacking:
            return
        self.go.setEnabled(False)
        self._desk.write(
            self,
            words.title(self._found),
            retire,
            self._kind,
            self._thing_id,
            self.part.choices(),
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
        for part in (self.question, self.roles):
            self.body.addWidget(part)
        self.body.addWidget(self.part, 1)
        self.body.addWidget(self.places, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.part.returned.connect(self._go)
