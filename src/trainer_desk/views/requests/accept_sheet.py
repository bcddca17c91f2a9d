"""The sheet in which a request is completed and accepted: as a new session, into one that is there, or into a run."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.orchestration.accepting import accept, accept_into_run, accept_into_session
from trainer_desk.services.orchestration.foreseeing_accept import Foreseen, foresee_accept
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.requests import Accepted
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text, findings_text, moment_text, seats_text
from trainer_desk.texts.requests import headcount_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.verdict import Verdict
from trainer_desk.views.editing.verdict_line import VerdictLine
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.accept_fields import AcceptFields
from trainer_desk.views.requests.file_sheet import titled
from trainer_desk.views.requests.words import accepted_text, title_of

NEW, SESSION, RUN = "new", "session", "run"
FIXES = ("use_trainer", "use_venue", "free_from")
"""The ways out that a click can take here."""
MOST_FIXES = 3


class AcceptSheet(Sheet):
    """Open it with `ask`; `accepted` carries what came of it and a sentence, which can be undone.

    What speaks against the session is asked anew after each field, so it is known before anybody presses.
    """

    accepted = Signal(object, str)

    def __init__(self, over: QWidget, desk: Desk, clock: Clock, request_id: int) -> None:
        super().__init__(over, _("Accept request #{id}").format(id=request_id), width=640, subtitle=" ")
        self._desk, self._clock, self._request_id = desk, clock, request_id
        self.foreseen: Foreseen | None = None
        self.ways = Segment(
            ((NEW, _("New session")), (SESSION, _("Existing session")), (RUN, _("Whole run"))),
            _("Accept it as"),
            narrow=0,
        )
        self.fields = AcceptFields(self._today)
        self.session = SearchCombo(_("Session"), optional=False, hint=_("Choose a session"))
        self.run = SearchCombo(_("Run"), optional=False, hint=_("Choose a run"))
        self.findings: list[VerdictLine] = []
        self.trouble = Alert("danger")
        self.people = PlainLabel("", "small", wrap=True)
        self.cancel, self.go = Button(_("Cancel")), Button("", kind="primary")
        self._lay_out_sheet()
        self.ways.chosen.connect(lambda _way: self._follow_way())
        self.fields.changed.connect(self._look)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)

    def ask(self) -> None:
        """Look at the request, then show the sheet."""
        self._read({})

    def confirm(self) -> None:
        """Accept it as it is filled in; what refuses is told, and nothing has changed then."""
        if self.foreseen is None or not self.go.isEnabled():
            return
        verbs = {NEW: self._accept_new, SESSION: self._accept_into_session, RUN: self._accept_into_run}
        try:
            verbs[self.ways.current]()
        except DeskError as error:
            self._refuse(error)
            return
        self.trouble.say("")
        self.go.setEnabled(False)

    def _accept_new(self) -> None:
        fields, is_draft = self.fields.fields(), self.fields.draft.isChecked()
        self._write(accept, fields, as_draft=is_draft)

    def _accept_into_session(self) -> None:
        self._write(accept_into_session, _chosen(self.session, "session"))

    def _accept_into_run(self) -> None:
        self._write(accept_into_run, _chosen(self.run, "run"))

    def _write(self, verb: Callable[..., Accepted], *values: object, **more: object) -> None:
        assert self.foreseen is not None
        label = _("Accept request #{id}").format(id=self._request_id)
        self._desk.write(
            self,
            label,
            verb,
            self._request_id,
            *values,
            version=self.foreseen.request.version,
            then=self._done,
            refused=self._refuse,
            **more,
        )

    def _done(self, accepted: Accepted) -> None:
        """Ask what the session is called, which the sentence names; the change stands already."""
        is_draft = self.ways.current == NEW and self.fields.draft.isChecked()

        def tell(ref: str) -> None:
            self.accepted.emit(accepted, accepted_text(accepted, ref, is_draft=is_draft))
            self.finish()

        if accepted.session_id is None:
            tell("")
        else:
            self._desk.read(self, load_card, accepted.session_id, then=lambda card: tell(card.ref))

    def _look(self) -> None:
        try:
            fields = self.fields.fields()
        except DeskError as error:
            self._refuse(error, focus=False)
            return
        self.trouble.say("")
        self._read(fields)

    def _read(self, fields: dict[str, object]) -> None:
        self._desk.read(
            self,
            foresee_accept,
            self._request_id,
            fields,
            now=self._clock.now(),
            then=self._show,
            lane="foreseen",
        )

    def _show(self, foreseen: Foreseen) -> None:
        is_first, self.foreseen = self.foreseen is None, foreseen
        self.fields.show_foreseen(foreseen)
        if is_first:
            self._show_first(foreseen)
        self._show_findings(foreseen.findings)
        self._follow_way()
        if not self.isVisible():
            self.open()
            self.fields.first_empty().setFocus()

    def _show_first(self, foreseen: Foreseen) -> None:
        wish, directory = foreseen.request.wish, foreseen.directory
        about = f"{title_of(foreseen.request, directory)} · {headcount_text(wish)}"
        self.subtitle.set_whole(about if not wish.reason else f"{about} · {wish.reason.splitlines()[0]}")
        self.session.set_choices([(card.id, self._session_text(card)) for card in foreseen.sessions])
        today = self._today()
        runs = [
            run
            for run in directory.runs.values()
            if run.course_id == wish.course_id and (run.end_date is None or run.end_date >= today)
        ]
        self.run.set_choices([(run.id, run.name) for run in runs])
        self.ways.buttons[SESSION].setEnabled(bool(foreseen.sessions))
        self.ways.buttons[RUN].setEnabled(bool(runs))
        if wish.run_id is not None and any(run.id == wish.run_id for run in runs) and wish.starts_at is None:
            self.ways.choose(RUN)
            self.run.set_value(wish.run_id)
        what = _("The named people get a place each; who cannot is told.") if wish.person_ids else ""
        if wish.people is not None:
            what = _("The seats are held under the request until the session starts; fill them with names there.")
        self.people.setText(what)
        self.people.setVisible(bool(what))

    def _session_text(self, card: SessionCard) -> str:
        assert self.foreseen is not None
        zone = self.foreseen.directory.settings.zone
        when = _("no date yet") if card.starts_at is None else moment_text(card.starts_at, zone)
        return f"{when} · {card.ref} · {seats_text(card.seats_taken, card.capacity)}"

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        empty(self._findings)
        self.findings = []
        assert self.foreseen is not None
        zone = self.foreseen.directory.settings.zone
        for alike in _by_field(findings):
            line = VerdictLine()
            fixes = tuple(fix for fix in alike[0].fixes if fix.code in FIXES)[:MOST_FIXES]
            tone = "danger" if alike[0].refuses else "warn"
            self._findings.addWidget(line)  # first: without a parent it would show as a window of its own
            line.say(Verdict(findings_text(alike, zone), tone, fixes), self._fix_label)
            line.fix_wanted.connect(self.fields.apply)
            self.findings.append(line)

    def _fix_label(self, fix: Fix) -> str:
        if fix.code == "free_from":
            assert self.foreseen is not None
            clock = moment_text(fix.facts["starts_at"], self.foreseen.directory.settings.zone)
            return _("Start {clock}").format(clock=clock)
        return _("Use {name}").format(name=fix.facts["name"])

    def _follow_way(self) -> None:
        way, is_draft = self.ways.current, self.fields.draft.isChecked()
        self._stack.setCurrentIndex((NEW, SESSION, RUN).index(way))
        self._found_box.setVisible(way == NEW and bool(self.findings))
        words = {NEW: _("Accept and schedule"), SESSION: _("Accept into it"), RUN: _("Accept into the run")}
        self.go.set_words(_("Accept as a draft") if way == NEW and is_draft else words[way])
        refuses = self.foreseen is not None and any(one.refuses for one in self.foreseen.findings)
        self.go.setEnabled(way != NEW or is_draft or not refuses)

    def _refuse(self, error: DeskError, *, focus: bool = True) -> None:
        zone = None if self.foreseen is None else self.foreseen.directory.settings.zone
        self._follow_way()
        self.trouble.say(str(error.facts.get("sentence") or error_text(error, zone)), tone="danger")
        if focus and error.findings:
            self._show_findings(error.findings)
            self._follow_way()

    def _today(self) -> date:
        now = self._clock.now()
        return now.date() if self.foreseen is None else local(now, self.foreseen.directory.settings.zone).date()

    def _lay_out_sheet(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.fields, _top(titled(_("Session"), self.session)), _top(titled(_("Run"), self.run))):
            self._stack.addWidget(part)
        self._found_box = QWidget()
        self._findings = QVBoxLayout(self._found_box)
        self._findings.setContentsMargins(0, 0, 0, 0)
        self._findings.setSpacing(4)
        self.body.addWidget(self.ways)
        for part in (self._stack, self._found_box, self.people, self.trouble):
            self.body.addWidget(part)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)


def _by_field(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings in groups that are told in one line: those of one field that are as bad, in their order."""
    groups: dict[tuple[str | None, bool], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.field, finding.refuses), []).append(finding)
    return list(groups.values())


def _chosen(combo: SearchCombo, field: str) -> int:
    if not isinstance(combo.value, int):
        raise BadValue(field=field, value="", why="missing")
    return combo.value


def _top(part: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return box
