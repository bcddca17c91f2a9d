"""The sheet that makes or changes a saved export: its name, what it holds, which days, and what narrows it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.texts.exports import RANGES, WHAT, range_text
from trainer_desk.texts.translate import _
from trainer_desk.views.exports.saved import SavedExport
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.sheet import Sheet

LONGEST = 80


class ExportSheet(Sheet):
    """`confirmed` carries what was made of the export given."""

    confirmed = Signal(object)

    def __init__(self, over: QWidget, directory: Directory, saved: SavedExport, *, is_new: bool) -> None:
        super().__init__(over, _("New export") if is_new else _("Edit the export"), width=560)
        self._saved = saved
        self.name = QLineEdit(saved.name)
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(_("What it is for, in a few words"))
        self.what = Segment([(code, _(word)) for code, word in WHAT.items()], _("What it holds"), narrow=0)
        self.what.choose(saved.what)
        self.days = _combo(_("Days"), [(code, _begun(range_text(code))) for code in RANGES], saved.days, optional=False)
        courses = [(one.code, one.title) for one in directory.courses.values()]
        self.course = _combo(_("Course"), courses, saved.course)
        self.trainer = _combo(
            _("Trainer"), [(one.code, one.name) for one in directory.trainers.values()], saved.trainer
        )
        self.venue = _combo(_("Venue"), [(one.code, one.name) for one in directory.venues.values()], saved.venue)
        self.back = Button(_("Cancel"))
        self.go = Button(_("Save"), kind="primary")
        self._lay_out_form()
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._confirm)
        self.name.returnPressed.connect(self._confirm)

    def ask(self) -> None:
        """Show the sheet with the cursor in the name."""
        self.open()
        self.name.setFocus()

    def _confirm(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        course, trainer, venue = (_text(combo.value) for combo in (self.course, self.trainer, self.venue))
        days = _text(self.days.value) or self._saved.days
        made = replace(
            self._saved, name=name, what=self.what.current, days=days, course=course, trainer=trainer, venue=venue
        )
        self.finish()
        self.confirmed.emit(made)

    def _lay_out_form(self) -> None:
        self.name.setAccessibleName(_("Name"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        parts: Sequence[tuple[str, QWidget]] = (
            (_("Name"), self.name), (_("What it holds"), self.what), (_("Days"), self.days),
            (_("Course"), self.course), (_("Trainer"), self.trainer), (_("Venue"), self.venue),
        )  # fmt: skip
        for word, part in parts:
            label = PlainLabel(word, "field")
            label.setBuddy(part)
            form.addRow(label, part)
        self.body.addLayout(form)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)


def _combo(name: str, choices: Sequence[tuple[str, str]], value: str, *, optional: bool = True) -> SearchCombo:
    combo = SearchCombo(name, optional=optional, hint=_("All"))
    combo.set_choices(choices)
    combo.set_value(value or None)
    return combo


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
