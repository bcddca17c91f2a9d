"""Everything about one person of the sheet: remark with chips, result, what to know, whom to call (A2, A4, A7)."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.marking import marked
from trainer_desk.services.rules.names import LINE_LIMIT
from trainer_desk.texts import attendance_word, date_text, error_text
from trainer_desk.texts.attendance import result_word
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.views.attendance.lines import Line
from trainer_desk.views.attendance.words import earlier_words
from trainer_desk.views.desk import Desk
from trainer_desk.views.pages.contact import EmergencyContact
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet

REMARKS = (mark("Left early"), mark("Came late"), mark("Called in sick"), mark("Did not finish"))
"""What is written most often, as chips."""


class PersonSheet(Sheet):
    """`saved` carries what changed: fields of a mark by name. The remark has the cursor."""

    saved = Signal(object)

    def __init__(
        self, desk: Desk, session_id: int, line: Line, over: QWidget, zone: ZoneInfo, *, asks_result: bool
    ) -> None:
        person = line.person
        subtitle = " · ".join(
            part for part in (person.employee_no, person.job_role, person.department, person.site) if part
        )
        super().__init__(over, person.name, width=620, subtitle=subtitle)
        self._line, self._zone = line, zone
        self.remark, self.score = QLineEdit(line.mark.remarks or ""), QLineEdit()
        self.chips = [Button(_(words), kind="chip") for words in REMARKS]
        self.results: dict[Result, Button] = {}
        self.trouble = PlainLabel("", "small", tone="danger", wrap=True)
        self.contact = EmergencyContact(desk, session_id)
        self.back, self.go = Button(_("Cancel")), Button(_("Save"), kind="primary")
        self._add_remark()
        if asks_result:
            self._add_result()
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._add_facts()
        self.contact.show_person(person.person_id)
        self.body.addWidget(self.contact)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.save)

    def ask(self) -> None:
        """Show the sheet with the cursor in the remark."""
        self.open()
        self.remark.setFocus()
        self.remark.selectAll()

    def save(self) -> None:
        """Tell what changed and close; nothing changed closes, too."""
        fields = self._fields()
        if fields is None:
            return
        self.finish()
        if fields:
            self.saved.emit(fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter, but from Cancel: there, close."""
        if event.text() in ("\r", "\n"):
            self.dismiss() if self.back.hasFocus() else self.save()
            event.accept()
            return
        super().keyPressEvent(event)

    def _add_remark(self) -> None:
        self.remark.setMaxLength(LINE_LIMIT)
        self.remark.setAccessibleName(_("Remark"))
        self.remark.setPlaceholderText(_("What should be known of this day"))
        self.body.addWidget(PlainLabel(_("Remark"), "field"))
        self.body.addWidget(self.remark)
        row = _row(self.chips)
        for chip in self.chips:
            chip.clicked.connect(lambda _checked=False, chip=chip: self._write(chip.words()))
        self.body.addLayout(row)

    def _write(self, words: str) -> None:
        """Put the words of a chip into the remark, behind what stands there already."""
        stands = self.remark.text().strip()
        if words not in stands:
            self.remark.setText(f"{stands}, {words[:1].lower()}{words[1:]}" if stands else words)
        self.remark.setFocus()

    def _add_result(self) -> None:
        for result in Result:
            button = self.results[result] = Button(result_word(result), kind="chip")
            button.setCheckable(True)
            button.setChecked(self._line.mark.result is result)
            button.clicked.connect(lambda _checked=False, one=result: self._choose(one))
        self.score.setText("" if self._line.mark.score is None else str(self._line.mark.score))
        self.score.setMaxLength(6)
        self.score.setFixedWidth(self.score.fontMetrics().horizontalAdvance("0") * 14)
        self.score.setAccessibleName(_("Score"))
        self.score.setPlaceholderText(_("Score"))
        self.body.addWidget(PlainLabel(_("Result"), "field"))
        self.body.addLayout(_row([*self.results.values(), self.score]))

    def _choose(self, result: Result) -> None:
        """Keep one result at most; the chosen one pressed again is none."""
        for one, button in self.results.items():
            button.setChecked(button.isChecked() and one is result)

    def _add_facts(self) -> None:
        person = self._line.person
        self.body.addSpacing(4)
        self.body.addWidget(PlainLabel(_("To know"), "h3"))
        facts = [_("Marked: {mark}").format(mark=attendance_word(self._line.mark.attendance))]
        if person.intake_on is not None:
            day = _("Intake of {day}").format(day=date_text(person.intake_on))
            facts.append(f"{day}: {person.intake_note}" if person.intake_note else f"{day}.")
        else:
            facts.append(_("No intake on file."))
        before = _("This course before: {words}")
        facts += [before.format(words=earlier_words(one, self._zone)) for one in person.earlier]
        if not person.earlier:
            facts.append(_("Never in this course before, as far as the program knows."))
        if person.no_shows:
            facts.append(
                plural("{n} no-show in any course so far.", "{n} no-shows in any course so far.", person.no_shows)
            )
        for fact in facts:
            self.body.addWidget(PlainLabel(fact, "muted", wrap=True))
        self.body.addSpacing(4)

    def _fields(self) -> dict[str, Any] | None:
        """Return what differs from the row; None, with a word about it, where it cannot be."""
        before = self._line.mark
        fields: dict[str, Any] = {}
        remark = " ".join(self.remark.text().split())
        if remark != (before.remarks or ""):
            fields["remarks"] = remark or None
        try:
            if self.results:
                fields |= self._result_fields()
            marked(before, **fields)
        except BadValue as error:
            self._refuse(error)
            return None
        return fields

    def _result_fields(self) -> dict[str, Any]:
        """Return result and score where they differ; whoever gets one was there. Raises BadValue for a score."""
        before, text = self._line.mark, self.score.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            raise BadValue(field="score", value=text, why="not_a_count")
        chosen = next((one for one, button in self.results.items() if button.isChecked()), None)
        given = {"result": chosen, "score": int(text) if text else None}
        fields: dict[str, Any] = {name: value for name, value in given.items() if value != getattr(before, name)}
        if any(value is not None for value in fields.values()) and before.attendance is Attendance.REGISTERED:
            fields["attendance"] = Attendance.ATTENDED
        return fields

    def _refuse(self, error: BadValue) -> None:
        self.trouble.setText(error_text(error, self._zone))
        self.trouble.show()
        (self.score if error.facts.get("field") == "score" else self.remark).setFocus()


def _row(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
