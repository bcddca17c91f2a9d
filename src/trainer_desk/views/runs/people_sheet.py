"""Puts people on a run: found by name or pasted as a list, with a seat on every coming day or without one yet (R4)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DeskError
from trainer_desk.services.people.people_list import list_people
from trainer_desk.services.rows.catalogue import Asked, Found
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.on_run import put_on_run
from trainer_desk.services.seats.pasted import Line, match_pasted
from trainer_desk.services.seats.whole_run import enroll_in_run
from trainer_desk.texts import error_text, finding_text, people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.picker.paste_lines import PasteLines
from trainer_desk.views.runs.facts import OneRun
from trainer_desk.views.theme import look

NO_SESSION = 0
"""Stands for the run as a whole: people who are on it already are told so afterwards."""
REST, HITS, TEXT_HEIGHT, HITS_HEIGHT = 150, 6, 84, 132
"""Milliseconds without a key before something is asked; how many people a search shows; heights in pixels."""


class RunPeopleSheet(Sheet):
    """`added` carries a sentence about what was done, which can be undone. Who is refused stays listed, with why."""

    added = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, one: OneRun) -> None:
        summary = one.page.detail.summary
        super().__init__(
            over, _("Add people to {run}").format(run=summary.run.name), width=640, height=640,
            subtitle=_("Search by name, or paste a list"),
        )  # fmt: skip
        self._desk, self._one, self._asked, self._is_adding = desk, one, "", False
        self.search, self.hits = QLineEdit(), QListWidget()
        self.text, self.lines = QPlainTextEdit(), PasteLines()
        self.seats = QCheckBox(_("Give each a seat on every coming day"))
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button(_("Add"), kind="primary")
        self._typed, self._pasted = QTimer(self), QTimer(self)
        self._lay_out_people()
        self._connect_people()
        has_days = any(card.starts_at is None or card.starts_at > one.now for card in self._days())
        self.seats.setChecked(has_days)
        self.seats.setEnabled(has_days)
        self._count()

    def ask(self) -> None:
        """Show the sheet with the focus in the search."""
        self.open()
        self.search.setFocus()

    @property
    def is_settled(self) -> bool:
        """Whether the lines answer what stands in the text."""
        return not self._pasted.isActive() and self._asked == self.text.toPlainText()

    def confirm(self) -> None:
        """Put whom the lines name on the run."""
        people = list(self.lines.chosen())
        if not people or self._is_adding or not self.is_settled:
            return
        self._is_adding = True
        self.go.setEnabled(False)
        run = self._one.page.detail.summary.run
        verb = enroll_in_run if self.seats.isChecked() else put_on_run
        said = _("Add {people} to {run}").format(people=people_text(len(people)), run=run.name)
        self._desk.write(self, said, verb, run.id, people, then=self._told, refused=self._refuse)

    def _days(self) -> list[SessionCard]:
        cards = [one.card for one in self._one.page.detail.sessions]
        return [card for card in cards if card.status in (SessionStatus.DRAFT, SessionStatus.SCHEDULED)]

    def _told(self, outcomes: Sequence[Outcome]) -> None:
        self._is_adding = False
        done = sum(one.outcome in ("enrolled", "on_run") for one in outcomes)
        run = self._one.page.detail.summary.run.name
        if done:
            self.added.emit(
                plural("{n} person is on {{run}} now.", "{n} people are on {{run}} now.", done).format(run=run)
            )
        refused = [one for one in outcomes if one.outcome == "refused"]
        if not refused:
            if not done:
                self.added.emit("")
            self.finish()
            return
        zone = self._one.directory.settings.zone
        lines = [f"{one.employee_no}: {_why(one, zone)}" for one in refused]
        self.text.setPlainText("\n".join(one.employee_no for one in refused))
        self._match()
        self.trouble.say("\n".join(lines[:8]), tone="danger")
        self._count()

    def _refuse(self, error: DeskError) -> None:
        self._is_adding = False
        self.trouble.say(error_text(error, self._one.directory.settings.zone), tone="danger")
        self._count()

    def look_up(self) -> None:
        """Ask for the people whom the search names."""
        words = self.search.text().strip()
        if not words:
            self._show_hits(Found((), 0))
            return
        self._desk.read(self, list_people, Asked(search=words), then=self._show_hits, lane="hits")

    def _show_hits(self, found: Found) -> None:
        self.hits.clear()
        for thing in found.things[:HITS]:
            department = str(thing.values.get("department") or "")
            item = QListWidgetItem(" · ".join(part for part in (thing.name, thing.key, department) if part))
            item.setData(Qt.ItemDataRole.UserRole, thing.key)
            self.hits.addItem(item)
        self.hits.setVisible(self.hits.count() > 0)
        if self.hits.count():
            self.hits.setCurrentRow(0)

    def take_hit(self) -> None:
        """Put the person with the cursor among those to be added."""
        item = self.hits.currentItem()
        if not self.hits.count() or self.hits.isHidden():
            return
        number = str(item.data(Qt.ItemDataRole.UserRole))
        known = self.text.toPlainText().splitlines()
        if number not in known:
            self.text.setPlainText("\n".join([*(line for line in known if line.strip()), number]))
        self.search.clear()
        self.search.setFocus()

    def _match(self) -> None:
        self._pasted.stop()
        text = self.text.toPlainText()
        self._desk.read(
            self,
            match_pasted,
            NO_SESSION,
            text,
            then=lambda found: self._show_lines(text, found),
            failed=self._refuse,
            lane="pasted",
        )

    def _show_lines(self, text: str, found: Sequence[Line]) -> None:
        self._asked = text
        self.lines.show_lines(found)

    def _count(self) -> None:
        number = len(self.lines.chosen())
        self.go.set_words(_("Add {people}").format(people=people_text(number)) if number else _("Add"))
        self.go.setEnabled(bool(number) and not self._is_adding)

    def _connect_people(self) -> None:
        for timer, act in ((self._typed, self.look_up), (self._pasted, self._match)):
            timer.setSingleShot(True)
            timer.setInterval(REST)
            timer.timeout.connect(act)
        self.search.textEdited.connect(lambda _text: self._typed.start())
        self.search.textChanged.connect(lambda text: None if text else self.look_up())
        self.search.returnPressed.connect(self.take_hit)
        self.hits.itemClicked.connect(lambda _item: self.take_hit())
        self.hits.itemActivated.connect(lambda _item: self.take_hit())
        self.text.textChanged.connect(self._pasted.start)
        self.lines.changed.connect(self._count)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)

    def _lay_out_people(self) -> None:
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Search people by name, number or department"))
        self.search.setAccessibleName(_("Search people"))
        self.hits.setAccessibleName(_("People found"))
        self.hits.setMaximumHeight(look().px(HITS_HEIGHT))
        self.hits.hide()
        self.text.setAccessibleName(_("People to add"))
        self.text.setProperty("kind", "text")
        self.text.setPlaceholderText(_("One person on each line: a name, or an employee number"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look().px(TEXT_HEIGHT))
        label = PlainLabel(_("People to add"), "field")
        label.setBuddy(self.text)
        for part in (self.search, self.hits, label, self.text):
            self.body.addWidget(part)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.seats)
        self.body.addWidget(self.trouble)
        self.foot.addWidget(self.lines.summary, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)


def _why(outcome: Outcome, zone: ZoneInfo) -> str:
    """Return why somebody was refused, and on which day."""
    finding = next((one for one in outcome.findings if one.refuses), None)
    said = finding_text(finding, zone) if finding else error_text(DeskError(outcome.code or "not_found"), zone)
    return f"{said} ({outcome.session})" if outcome.session else said
