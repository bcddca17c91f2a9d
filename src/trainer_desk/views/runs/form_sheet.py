"""The form of a run: its course, name, days, limit and who may take its days (R1, K8)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.run_days import change_run
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.comparing.forms import FormAsking, Typed, told_form, values_of
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.sheet import Sheet


class RunSheet(Sheet):
    """For a new run, or for one that there is; `saved` carries its id and a sentence about it, which can be undone."""

    saved = Signal(int, str)

    def __init__(
        self, over: QWidget, desk: Desk, directory: Directory, today: Callable[[], date], run: RunRow | None = None
    ) -> None:
        title = _("New run") if run is None else _("Edit {run}").format(run=run.name)
        said = _("A run groups the sessions of a course; its days are numbered by their start.")
        super().__init__(over, title, width=600, subtitle=said)
        self._desk, self._directory, self.run = desk, directory, run
        self.course = SearchCombo(_("Course"), optional=False, hint=_("Choose a course"))
        self.code, self.name, self.limit = QLineEdit(), QLineEdit(), QLineEdit()
        self.first, self.last = DateField(_("First day"), today), DateField(_("Last day"), today)
        self.members_only = QCheckBox(_("Only people on the run may take its days"))
        self.one_course = QCheckBox(_("All days are one course: it renews when all of them are attended"))
        self.trouble, self.asking = Alert("danger"), FormAsking(desk, self, self.finish)
        self.cancel, self.go = Button(_("Cancel")), Button(_("Save") if run else _("Make run"), kind="primary")
        self._lay_out_form()
        self._show(run)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)
        for line in (self.code, self.name, self.limit):
            line.returnPressed.connect(self.confirm)

    def ask(self) -> None:
        """Show the form, with the focus where something is missing first."""
        self.open()
        (self.code if self.run is None else self.name).setFocus()

    def confirm(self) -> None:
        """Save what was typed; what is refused is told, and the form stays."""
        if not self.go.isEnabled():
            return
        try:
            fields = self.values()
        except DeskError as error:
            self._refuse(error)
            return
        self.trouble.say("")
        self.go.setEnabled(False)
        name = fields["name"] or self.code.text().strip()
        if self.run is None:
            said = _("Made the run {run}.").format(run=name)
            wanted = {key: value for key, value in fields.items() if key != "name" or value}
            self._desk.write(
                self,
                _("Make run {run}").format(run=name),
                create_run,
                self.code.text(),
                wanted,
                then=lambda key: self._end(key, said),
                refused=self._refuse,
            )
            return
        self._change(self.run, fields, self.run.version)

    def _change(self, run: RunRow, fields: Mapping[str, Any], version: int) -> None:
        name = str(fields.get("name") or run.name)
        said = _("Changed the run {run}.").format(run=name)
        self._desk.write(
            self,
            _("Edit run {run}").format(run=name),
            change_run,
            run.id,
            fields,
            version=version,
            then=lambda _changed: self._end(run.id, said),
            refused=lambda error: self._refuse_change(error, run, fields),
        )

    def _refuse_change(self, error: DeskError, run: RunRow, fields: Mapping[str, Any]) -> None:
        """Lay both side by side where somebody else changed the run meanwhile (U5)."""
        self._refuse(error)
        if not isinstance(error, Stale):
            return
        limit = str(fields.get("max_people") or "").strip()
        mine = {**fields, "max_people": int(limit) if limit.isdecimal() else limit or None}
        stored: list[RunRow] = []

        def read(directory: Directory) -> tuple[Mapping[str, Any], int]:
            stored.append(directory.runs[run.id])
            return values_of(stored[-1]), stored[-1].version

        self.asking.ask(
            load_directory,
            typed=Typed({name: getattr(run, name) for name in mine}, mine, Thing("run", run.id), run.version),
            read=read,
            told=told_form(run.name, self._directory),
            error=error,
            save=lambda kept, new: self._change(stored[-1], kept, new),
        )

    def values(self) -> Mapping[str, Any]:
        """Return the fields as the service takes them. Raises DeskError for a day that cannot be read."""
        for name, field in (("start_date", self.first), ("end_date", self.last)):
            if field.problem:
                raise DeskError("bad_value", field=name, sentence=field.problem)
        return {
            "course_id": self.course.value,
            "name": self.name.text(),
            "start_date": self.first.value,
            "end_date": self.last.value,
            "max_people": self.limit.text(),
            "members_only": self.members_only.isChecked(),
            "one_course": self.one_course.isChecked(),
        }

    def _show(self, run: RunRow | None) -> None:
        kept = run.course_id if run else None
        courses = [one for one in self._directory.courses.values() if one.active or one.id == kept]
        self.course.set_choices([(one.id, f"{one.title} · {one.code}") for one in courses])
        if run is None:
            return
        self.course.set_value(run.course_id)
        self.code.setText(run.code)
        self.code.setEnabled(False)
        self.name.setText(run.name)
        self.first.set_value(run.start_date)
        self.last.set_value(run.end_date)
        self.limit.setText("" if run.max_people is None else str(run.max_people))
        self.members_only.setChecked(run.members_only)
        self.one_course.setChecked(run.one_course)

    def _end(self, run_id: int, said: str) -> None:
        self.finish()
        self.saved.emit(run_id, said)

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        zone = self._directory.settings.zone
        self.trouble.say(str(error.facts.get("sentence") or error_text(error, zone)), tone="danger")
        fields: dict[str, QWidget] = {
            "code": self.code, "course": self.course, "name": self.name, "start_date": self.first,
            "end_date": self.last, "max_people": self.limit, "one_course": self.one_course,
        }  # fmt: skip
        named = [str(error.facts.get("field")), *(str(finding.field) for finding in error.findings)]
        field = next((fields[each] for each in named if each in fields), None)
        if error.code == "duplicate_ref":
            field = self.code
        if field is not None:
            field.setFocus()

    def _lay_out_form(self) -> None:
        names = ((self.code, _("Code")), (self.name, _("Name")), (self.limit, _("Most people")))
        for line, name in names:
            line.setAccessibleName(name)
        self.code.setPlaceholderText(_("JULY-2026"))
        self.name.setPlaceholderText(_("Called by its code otherwise"))
        self.limit.setPlaceholderText(_("No limit"))
        self.body.addLayout(_side_by_side((_("Code"), self.code, 1), (_("Name"), self.name, 2)))
        self.body.addLayout(_side_by_side((_("Course"), self.course, 1)))
        self.body.addLayout(
            _side_by_side(
                (_("First day"), self.first, 1), (_("Last day"), self.last, 1), (_("Most people"), self.limit, 1)
            )
        )
        self.body.addSpacing(4)
        self.body.addWidget(self.members_only)
        self.body.addWidget(self.one_course)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)


def _side_by_side(*fields: tuple[str, QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for title, field, share in fields:
        column = QVBoxLayout()
        column.setSpacing(4)
        label = PlainLabel(title, "field")
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        row.addLayout(column, share)
    return row
