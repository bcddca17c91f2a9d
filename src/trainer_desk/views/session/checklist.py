"""What is to be seen to before the session, in its panel: ticked, added to and taken from (S12)."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.orchestration.preparing import load_checklist, tick, untick
from trainer_desk.services.planning.session_checklists import add_item, remove_item
from trainer_desk.services.rows.checklists import SessionChecklist, SessionItem
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.verdict import Verdict
from trainer_desk.views.editing.verdict_line import VerdictLine
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.checklist_row import ChecklistRow
from trainer_desk.views.theme import look

TABLES = ("session_checklist_items", "sessions", "settings", "accounts")
DAYS_WIDTH = 64


class ChecklistSection(QWidget):
    """Follows the database by itself; `told` carries what was done."""

    told = Signal(str)
    look_wanted = Signal(QWidget)
    """A part that appeared and is to be scrolled into view."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._session_id: int | None = None
        self._wants_focus = False
        self.checklist: SessionChecklist | None = None
        self.rows: list[ChecklistRow] = []
        self.head, self.trouble = PlainLabel("", "field"), VerdictLine()
        self.add = Button(_("Add an item"), "plus", "small", size=14)
        self.none = PlainLabel(_("Nothing to see to before this session."), "small", wrap=True)
        self.form, self.words, self.days = QWidget(), QLineEdit(), QLineEdit("1")
        self.go, self.cancel = Button(_("Add"), kind="primary"), Button(_("Cancel"))
        self._column = QVBoxLayout()
        self._lay_out()
        self.add.clicked.connect(self.begin)
        self.go.clicked.connect(self.save)
        self.cancel.clicked.connect(self.end)
        desk.changed.connect(self._follow)
        self.hide()

    def show_session(self, session_id: int | None) -> None:
        """Show the checklist of another session; None: of none."""
        self._session_id, self.checklist, self._wants_focus = session_id, None, False
        self.form.hide()
        self.trouble.say(Verdict())
        self.hide()
        self.reload()

    def reload(self) -> None:
        """Read the checklist anew."""
        if self._session_id is not None:
            question = (self._session_id, self._desk.actor)
            self._desk.read(
                self,
                load_checklist,
                *question,
                now=self._clock.now(),
                then=self._show,
                failed=lambda _error: self.hide(),
                lane="checklist",
            )

    def go_there(self) -> None:
        """Put the focus on the first item that is open, as soon as the items are known, and show them."""
        self._wants_focus = True
        if self.checklist is not None:
            self._go()

    def begin(self) -> None:
        """Ask for something more to see to."""
        self.words.clear()
        self.days.setText("1")
        self.trouble.say(Verdict())
        self.form.show()
        self.words.setFocus()
        QTimer.singleShot(0, self, lambda: self.look_wanted.emit(self.form))  # once it has its place

    def end(self) -> None:
        """Put the form away, the focus back to the button that opened it."""
        had_focus = self.form.isAncestorOf(QApplication.focusWidget() or self)
        self.form.hide()
        self.trouble.say(Verdict())
        if had_focus:
            self.add.setFocus()

    def save(self) -> None:
        """Add what stands in the form, or say why not."""
        text, words = self.days.text().strip(), self.words.text().strip()
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            self._refuse(BadValue(field="days_before", value=text, why="not_a_number" if text else "required"))
            return
        label = _("Add “{words}” to the checklist").format(words=words)
        self._write(label, _("Added “{words}”.").format(words=words), add_item, self._session_id, words, int(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc, save it with Enter."""
        inside = self.form.isAncestorOf(QApplication.focusWidget() or self)
        if inside and event.key() == Qt.Key.Key_Escape:
            self.end()
        elif inside and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _show(self, checklist: SessionChecklist) -> None:
        if checklist.session_id != self._session_id:
            return
        self.checklist = checklist
        may_tick = checklist.is_open and checklist.is_own and self._desk.may(tick)
        may_plan = checklist.is_open and self._desk.may(add_item)
        counted = _("Checklist {done}/{n}").format(done=checklist.done, n=len(checklist.items))
        self.head.setText(counted if checklist.items else _("Checklist"))
        self.add.setVisible(may_plan)
        self.none.setVisible(not checklist.items)
        self.setVisible(bool(checklist.items) or may_plan)
        if not may_plan:
            self.form.hide()
        self._fill(checklist, may_tick, may_plan)
        if self._wants_focus:
            self._go()

    def _fill(self, checklist: SessionChecklist, may_tick: bool, may_plan: bool) -> None:
        """Say anew what the rows say; only where items came or went are rows made anew."""
        ids = [item.id for item in checklist.items]
        if ids != [row.item.id for row in self.rows]:
            focus = QApplication.focusWidget() or self
            at = next((at for at, row in enumerate(self.rows) if row.isAncestorOf(focus)), -1)
            for row in self.rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [self._row(item) for item in checklist.items]
            if at >= 0:
                self._stand_near(at)
        for row, item in zip(self.rows, checklist.items, strict=True):
            row.show_item(item, checklist.day, checklist.zone)
            row.allow(tick=may_tick, plan=may_plan)

    def _row(self, item: SessionItem) -> ChecklistRow:
        row = ChecklistRow(item)
        self._column.addWidget(row)
        row.show()
        row.ticked.connect(partial(self._tick, row))
        row.remove.clicked.connect(lambda: self._remove(row.item))
        return row

    def _stand_near(self, place: int) -> None:
        target = self.rows[min(place, len(self.rows) - 1)].box if self.rows else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self._wants_focus = False
        left = [row.box for row in self.rows if row.item.done_at is None] or [row.box for row in self.rows]
        (left[0] if left else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
        self.look_wanted.emit(self)

    def _tick(self, row: ChecklistRow, done: bool) -> None:
        words = row.item.words
        label = _("Tick “{words}”") if done else _("Take the tick off “{words}”")
        said = _("“{words}” is done.") if done else _("“{words}” is to be seen to again.")
        self._write(label.format(words=words), said.format(words=words), tick if done else untick, row.item.id)

    def _remove(self, item: SessionItem) -> None:
        label = _("Take “{words}” off the checklist").format(words=item.words)
        self._write(
            label,
            _("Removed “{words}”.").format(words=item.words),
            partial(remove_item, was_done=item.done_at is not None),
            item.id,
        )

    def _write(self, label: str, told: str, verb: object, *args: object) -> None:
        self.trouble.say(Verdict())

        def done(_value: object) -> None:
            self.end()
            self.told.emit(told)

        self._desk.write(self, label, verb, *args, then=done, refused=self._refuse)  # type: ignore[arg-type]

    def _refuse(self, error: DeskError) -> None:
        self.trouble.say(Verdict(error_text(error, self.checklist.zone if self.checklist else None), "danger"))
        self.reload()

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self.reload()

    def _lay_out(self) -> None:
        self.words.setAccessibleName(_("What is to be seen to"))
        self.words.setPlaceholderText(_("Call the gate, set out chairs"))
        self.days.setAccessibleName(_("Days before the session"))
        self.days.setFixedWidth(look().px(DAYS_WIDTH))
        head = QHBoxLayout()
        head.addWidget(self.head)
        head.addStretch()
        head.addWidget(self.add)
        days = QHBoxLayout()
        days.setSpacing(6)
        days.addWidget(self.days)
        days.addWidget(PlainLabel(_("days before"), "small"))
        days.addStretch()
        days.addWidget(self.cancel)
        days.addWidget(self.go)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 2, 0, 2)
        inside.setSpacing(6)
        inside.addWidget(self.words)
        inside.addLayout(days)
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self.none)
        whole.addLayout(self._column)
        whole.addWidget(self.form)
        whole.addWidget(self.trouble)
        self.form.hide()
