"""The session panel: one session, each field saved as one goes, and the moves of its state (V2, S1–S4)."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Refused
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rules.labels import is_over as is_over_at
from trainer_desk.services.rules.transitions import moves_for
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.texts import error_text, findings_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.attachment_list import AttachmentList
from trainer_desk.views.certificates.session_section import SessionCertificates
from trainer_desk.views.comparing.room import Comparing
from trainer_desk.views.comparing.session_words import stored_fields, told_session
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.comparing.words import Told, gone_text
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.giving_up import gives_up_pending
from trainer_desk.views.editing.saver import Saver, Saving
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.session.checklist import ChecklistSection
from trainer_desk.views.session.checks import first_failing
from trainer_desk.views.session.facts import Facts, gather
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.foot import Foot
from trainer_desk.views.session.form import Form, differs
from trainer_desk.views.session.groups_of_fields import GROUP_OF_FIELD, WORDS
from trainer_desk.views.session.header import Header
from trainer_desk.views.session.moves import Moves
from trainer_desk.views.session.people_work import LOWERING, PeopleWork
from trainer_desk.views.session.seat_words import rose
from trainer_desk.views.session.verdicts import FREE_TIMES, group_of
from trainer_desk.views.session.waiving import Waiving

SAVING = Saving(edit_session, group_of=GROUP_OF_FIELD, words=WORDS)
COMPLETED = ("trainer", "venue", "start", "end", "when")
"""Fields whose absence keeps a session from being scheduled: whoever is sent there is told so."""


class SessionPanel(QWidget):
    """Follows the database: whatever changes the open session elsewhere shows here at once."""

    closed = Signal()
    shown = Signal(int)
    """The id of another session than before, once it is on show."""
    toast_requested = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""
    qualification_wanted = Signal(int, str)
    """The form for a trainer's qualification for a course (its code) is to be opened."""
    attendance_requested = Signal(int)
    """The attendance of this session is to be taken."""
    door_requested = Signal(int)
    """People are to be checked in at the door of this session."""
    page_requested = Signal(str, int)
    """The page of a thing of a kind is to be opened."""
    free_times_wanted = Signal(int)
    """The free times of this session are to be listed."""
    substitute_wanted = Signal(int)
    """Somebody else is to lead this session."""
    picker_requested = Signal(int)
    """People are to be added to this session."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock or Clock()
        self._session_id: int | None = None
        self._facts: Facts | None = None
        self._findings: tuple[Finding, ...] = ()
        self._strict = False
        self._after: Callable[[], object] | None = None
        self._saved = ""
        self.saver, self.moves, self.waiving = (
            Saver(desk, SAVING, self),
            Moves(desk, self, self._clock),
            Waiving(desk, self),
        )
        self.header, self.form, self.foot = Header(), Form(), Foot()
        self.files = AttachmentList(desk, AttachmentOwner.SESSION)
        self.checklist = ChecklistSection(desk, self._clock)
        self.form.corners["checklist"] = self.checklist.go_there
        self.certificates = SessionCertificates(desk)
        for part in (self.certificates, self.checklist, self.files):
            self.form.files.addWidget(part)
        self.work = PeopleWork(desk, self.form.people, self, self._clock, self._do)
        self.comparing = Comparing(
            self, desk, self.saver, self._told_now, lambda: Thing("session", self._session_id or 0)
        )
        self.setAccessibleName(_("Session"))
        self._lay_out()
        self._connect()

    @property
    def session_id(self) -> int | None:
        """The session on show, None while there is none."""
        return self._session_id

    @property
    def facts(self) -> Facts | None:
        """What is shown of it, None until it was read."""
        return self._facts

    def show_session(self, session_id: int, focus_first_empty: bool = False, field: str = "") -> bool:
        """Open a session; False if the user rather stays with what is pending in another.

        The focus goes to the first empty field, or to the one named as in a finding (`venue`, `start`); then also
        what is missing is told at its field.
        """
        if session_id != self._session_id:
            if not self.may_close():
                return False
            self._begin(session_id)
        if focus_first_empty:
            self._after = self.form.go_to_first_empty
        elif field:
            self._strict = field in COMPLETED
            group = field if field in self.form.corners else GROUP_OF_FIELD.get(field, "when")
            self._after = lambda: self.form.go_to(group)
        self.reload()
        return True

    def allow(self, allowed: bool) -> None:
        """Let sessions be changed as far as their state does, or only be read: what the role may."""
        self.form.allow(allowed)
        self.foot.allow(allowed)
        self.header.allow(plans=allowed, checks_in=self._desk.may(check_in))
        self.reload()

    def may_close(self) -> bool:
        """Save what is being typed; if something stays pending, ask whether to give it up (V2)."""
        self._settle()
        if gives_up_pending(self, self.saver):
            return True
        if not self.saver.is_comparing:
            self._go_to_pending()
        return False

    def close_session(self) -> bool:
        """Close the panel if it may; returns whether it did."""
        if not self.may_close():
            return False
        self._begin(None)
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On Esc put back what is being typed; when nothing is, close."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        typed = [field.group for field in self.form.fields.values() if field.is_being_edited]
        if typed:
            self._put_back(typed[0])
        else:
            self.close_session()

    def reload(self) -> None:
        """Read the open session anew."""
        if self._session_id is None:
            return
        now = self._clock.now()
        self._desk.read(
            self,
            gather,
            self._session_id,
            now=now,
            actor=self._desk.actor,
            then=self._show,
            failed=self._gone,
            lane="panel",
        )

    def schedule(self) -> None:
        """Schedule the draft; every problem is shown together, and the focus goes to the first (S2)."""
        self._settle()
        if self._facts is None:
            return
        if self.saver.pending:
            self.foot.refuse(_("Some of what was typed is not saved yet. Settle it first, or put it back."))
            self._go_to_pending()
            return
        self.moves.schedule(self._facts)

    def add_people(self) -> None:
        """Ask for the picker."""
        if self._session_id is not None:
            self.picker_requested.emit(self._session_id)

    def _do(self, move: Callable[[Facts], None]) -> None:
        self._settle()
        if self._facts is not None:
            move(self._facts)

    def _take_way_out(self, fix: Fix) -> None:
        if fix.code in LOWERING:
            self.work.lower(fix)
        elif fix.code == "record_qualification":
            course = self._facts.course if self._facts else None
            if course is not None:
                self.qualification_wanted.emit(fix.facts["trainer_id"], course.code)
        elif fix.code == FREE_TIMES.code:
            self._do(lambda facts: self.free_times_wanted.emit(facts.card.id))
        else:
            self.form.take(fix)

    def _tell_saved(self, followed: str = "") -> None:
        """Tell what was saved once it shows what followed from it."""
        told, self._saved = self._saved, ""
        if told:
            self.toast_requested.emit(f"{told} {followed}".strip(), True)

    def _keep_told(self, told: str) -> None:
        self._tell_saved()
        self._saved = told

    def _begin(self, session_id: int | None) -> None:
        self._tell_saved()
        self._session_id, self._facts, self._findings = session_id, None, ()
        self._strict, self._after = False, None
        self.saver.open(session_id)
        self.files.show_owner(session_id)
        self.checklist.show_session(session_id)
        self.certificates.show_session(session_id)
        self.form.people.reset()
        self.form.verticalScrollBar().setValue(0)
        self.foot.refuse("")

    def _show(self, facts: Facts) -> None:
        if facts.card.id != self._session_id:
            return
        if facts.detail.deleted_at is not None:
            lost = gone_text(told_session(facts.card, facts.directory), self.saver.pending)
            self._begin(None)
            if lost:
                self.toast_requested.emit(lost, False)
            self.closed.emit()
            return
        before, self._facts, self._findings = self._facts, facts, facts.findings
        if before is not None and before.card.version != facts.card.version:
            self.foot.refuse("")
        self.saver.show_version(facts.card.version, facts.title, stored_fields(facts.detail))
        self._render()
        self._tell_saved("" if before is None else rose(before, facts))
        if before is None:
            self.shown.emit(facts.card.id)
        if self._after is not None:
            after, self._after = self._after, None
            after()

    def _told_now(self) -> Told | None:
        return None if self._facts is None else told_session(self._facts.card, self._facts.directory)

    def _gone(self, error: DeskError) -> None:
        """Close what is not there any more; what only could not be read again stays, with what is typed in it."""
        if self._facts is not None and error.code != "not_found":
            self._desk.failed.emit(error)
            return
        self._begin(None)
        self.toast_requested.emit(error_text(error), False)
        self.closed.emit()

    def _render(self) -> None:
        if self._facts is None:
            return
        self.header.show_facts(self._facts)
        self.form.show_facts(self._facts, self.saver.pending, self._findings, strict=self._strict)
        self.foot.show_facts(self._facts, self._findings, self._moves())

    def _moves(self) -> list[str]:
        """Return what whoever is here may do with the session, by the table of moves (S4)."""
        facts = self._facts
        if facts is None:
            return []
        is_over = is_over_at(facts.card, facts.now)
        moves = moves_for(self._desk.role, facts.status, is_own=facts.is_own, is_over=is_over)
        return [move.verb for move in moves]

    def _take(self, field: Field, values: Mapping[str, Any]) -> None:
        if self._facts is None:
            return
        if differs(values, self._facts):
            self.saver.change(field.group, values)
        else:
            self._put_back(field.group)

    def _put_back(self, group: str) -> None:
        self.saver.put_back(group)
        if self._facts is not None:
            self.form.fields[group].show_facts(self._facts)

    def _publish_refused(self, error: DeskError) -> None:
        if not isinstance(error, Refused) or self._facts is None:
            self._move_refused(error)
            return
        self._strict, self._findings = True, error.findings
        self._render()
        zone = self._facts.directory.settings.zone
        told = Refused(error.findings, verb="publish", title=self._facts.title)
        self.foot.refuse(error_text(told, zone))
        group = first_failing(error.findings)
        if group is not None:
            self.form.go_to(group)
            own = [finding for finding in error.findings if group_of(finding) == group]
            announce(self, findings_text(own, zone), urgent=True)

    def _move_refused(self, error: DeskError) -> None:
        zone = None if self._facts is None else self._facts.directory.settings.zone
        self.foot.refuse(error_text(error, zone))
        self.reload()

    def _go_on(self) -> None:
        """Give the focus to what one does next: filling the session, or leaving it."""
        add = self.form.people.add
        (add if add.isEnabled() else self.header.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        """Take what is being typed and wait, with a live window, until it is saved or refused."""
        self.form.finish_typing()
        self.saver.wait()

    def _go_to_pending(self) -> None:
        for group, entry in self.saver.pending.entries.items():
            if entry.is_refused:
                self.form.go_to(group)
                announce(self, self.form.fields[group].verdict.verdict.text, urgent=True)
                return

    def _connect(self) -> None:
        for field in self.form.fields.values():
            field.typed.connect(lambda values, field=field: self._take(field, values))
            field.unreadable.connect(lambda error, group=field.group: self.saver.refuse(group, error))
            field.begun.connect(lambda group=field.group: self.saver.begin(group))
        self.form.fix_wanted.connect(self._take_way_out)
        self.form.again_wanted.connect(self.saver.try_again)
        self.form.back_wanted.connect(self._put_back)
        self.form.waive_wanted.connect(lambda finding: self._do(lambda facts: self.waiving.waive(facts, finding)))
        self.form.take_back_wanted.connect(
            lambda finding: self._do(lambda facts: self.waiving.take_back(facts, finding))
        )
        self.files.toast_requested.connect(self.toast_requested)
        self.checklist.told.connect(lambda told: self.toast_requested.emit(told, True))
        self.checklist.look_wanted.connect(lambda part: self.form.ensureWidgetVisible(part, 0, 24))
        self.waiving.told.connect(lambda told: self.toast_requested.emit(told, True))
        self.waiving.refused.connect(self._move_refused)
        self.form.people.add_wanted.connect(self.add_people)
        self.work.person_wanted.connect(lambda person: self.page_requested.emit("people", person))
        self.form.trainer.page_wanted.connect(lambda trainer: self.page_requested.emit("trainers", trainer))
        self.form.course.page_wanted.connect(lambda course: self.page_requested.emit("courses", course))
        self.work.told.connect(lambda told: self.toast_requested.emit(told, True))
        self.work.refused.connect(self._move_refused)
        self.work.holding.lowered.connect(lambda: self._put_back("capacity"))
        header, moves = self.header, self.moves
        header.attendance_wanted.connect(lambda: self._do(lambda facts: self.attendance_requested.emit(facts.card.id)))
        header.door_wanted.connect(lambda: self._do(lambda facts: self.door_requested.emit(facts.card.id)))
        header.free_times_wanted.connect(lambda: self._do(lambda facts: self.free_times_wanted.emit(facts.card.id)))
        header.substitute_wanted.connect(lambda: self._do(lambda facts: self.substitute_wanted.emit(facts.card.id)))
        header.duplicate_wanted.connect(lambda: self._do(moves.duplicate))
        header.delete_wanted.connect(lambda: self._do(moves.delete))
        header.cancel_wanted.connect(lambda: self._do(moves.cancel))
        header.close_wanted.connect(self.close_session)
        self.foot.fix_wanted.connect(self.form.take)
        self.foot.focus_left.connect(self._go_on)
        self.foot.move_wanted.connect(self._move)
        moves.told.connect(lambda told: self.toast_requested.emit(told, self._desk.may_undo("sessions")))
        moves.refused.connect(self._move_refused)
        moves.publish_refused.connect(self._publish_refused)
        moves.copied.connect(self.show_session)
        self.comparing.warned.connect(lambda told: self.toast_requested.emit(told, False))
        self.saver.saved.connect(self._keep_told)
        self.saver.lost.connect(self._desk.failed)
        self.saver.pending_changed.connect(self._render)
        self.saver.reload_wanted.connect(self.reload)
        self._desk.changed.connect(lambda _changes: self.reload())

    def _move(self, verb: str) -> None:
        if verb == "publish":
            self.schedule()
            return
        self._do(self.moves.by_verb[verb])

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 12, 4)
        top.addWidget(self.header)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.form, 1)
        column.addWidget(self.foot)
