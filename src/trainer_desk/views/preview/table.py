"""Lines of a preview, one under the other: when, what speaks against it, what becomes of it, and how to help it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import PreviewLine, Remedy, RemedyKind
from trainer_desk.texts import findings_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.line_area import LineArea
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.preview import words
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.theme import look

SHOWN = 120
"""So many lines are drawn; of a longer series those that clash come first."""
PILL_WIDTH, HELP_WIDTH = 160, 250
LINE_HEIGHT, SEEN = 48, 5
AS_IT_IS = "as it is"
"""Stands for no remedy in a drop-down, where None means that nothing is chosen."""


class PreviewRow(QFrame):
    """One line; its drop-down is there only where something can be helped."""

    changed = Signal()

    def __init__(self, line: PreviewLine, directory: Directory, *, publish: bool, named: bool) -> None:
        super().__init__()
        self.line = line
        said, tone, icon = words.fate_of(line, publish=publish)
        self.pill = Pill(said, tone, icon)
        self.when = ElidedLabel(words.when_text(line, directory, named=named), "medium")
        self.note = ElidedLabel(words.note_text(line, directory), "small", tone="muted")
        self.note.setToolTip(findings_text(line.findings, directory.settings.zone))
        self.remedies = ResourceCombo(f"{self.when.whole()}, {said}, {self.note.whole()}", optional=False)
        self._offer(directory)
        self.remedies.chosen.connect(lambda _value: self.changed.emit())
        self._lay_out()

    @property
    def choice(self) -> Remedy | None:
        """The remedy that was chosen, None to leave the line as it is judged."""
        value = self.remedies.value
        return value if isinstance(value, Remedy) else None

    def choose(self, kind: RemedyKind) -> None:
        """Take the first remedy of a kind, where there is one."""
        found = next((one for one in self.line.remedies if one.kind is kind), None)
        if found is not None:
            self.remedies.set_value(found)

    def _offer(self, directory: Directory) -> None:
        line = self.line
        offered = list(line.remedies)
        if line.chosen is not None and line.chosen not in offered:
            offered.insert(0, line.chosen)
        self.remedies.setFixedWidth(look().px(HELP_WIDTH))
        if not offered:
            self.remedies.hide()  # never shown by hand: without a parent yet it would be a window of its own
        self.remedies.offer(
            [
                Choice(AS_IT_IS, _("As it is")),
                *(Choice(one, words.remedy_text(one, directory), icon=words.ICONS[one.kind]) for one in offered),
            ]
        )
        self.remedies.set_value(AS_IT_IS if line.chosen is None else line.chosen)

    def _lay_out(self) -> None:
        what = QVBoxLayout()
        what.setSpacing(1)
        what.addWidget(self.when)
        what.addWidget(self.note)
        tag = QWidget()
        tag.setFixedWidth(look().px(PILL_WIDTH))
        held = QHBoxLayout(tag)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.pill)
        held.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(what, 1)
        row.addWidget(self.remedies, 0, Qt.AlignmentFlag.AlignVCenter)


class PreviewTable(QWidget):
    """All lines with their counts and one drop-down for all; `changed` fires when somebody chose a remedy."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.counts = PlainLabel("", "medium")
        self.for_all = QComboBox()
        self.area = LineArea(_("Sessions as they would become"))
        self.rows: list[PreviewRow] = []
        self._rest: Mapping[str, Remedy] = {}
        self._lay_out()
        self._offer_for_all()
        self.for_all.activated.connect(self._choose_for_all)

    def show_lines(self, lines: Sequence[PreviewLine], directory: Directory, *, publish: bool = False) -> None:
        """Show these lines; each comes with the remedy that it was judged with."""
        ordered = list(lines)
        if len(ordered) > SHOWN:
            ordered.sort(key=lambda line: not line.remedies)
        named = len({line.card.course_id for line in lines}) > 1
        self.rows = [PreviewRow(line, directory, publish=publish, named=named) for line in ordered[:SHOWN]]
        self._rest = {line.key: line.chosen for line in ordered[SHOWN:] if line.chosen is not None}
        self.counts.setText(words.counts(lines))
        self._offer_for_all()
        for row in self.rows:
            row.changed.connect(self.changed)
        self.area.put(self.rows, self._rest_text(len(lines) - len(self.rows)))
        self.area.see_at_least(min(len(self.rows), SEEN), LINE_HEIGHT)

    def choices(self) -> Mapping[str, Remedy]:
        """Return what somebody chose, by the keys of the lines."""
        return dict(self._rest) | {row.line.key: row.choice for row in self.rows if row.choice is not None}

    @staticmethod
    def _rest_text(number: int) -> str:
        return _("{n} more without anything in the way are not listed.").format(n=number) if number > 0 else ""

    def _offer_for_all(self) -> None:
        kinds = [kind for kind in RemedyKind if sum(_has(row, kind) for row in self.rows) > 1]
        self.for_all.clear()
        for kind in kinds:
            self.for_all.addItem(_KIND_WORDS[kind](), kind)
        self.for_all.setCurrentIndex(-1)
        for part in (self.for_all, self._label):
            part.setVisible(bool(kinds))

    def _choose_for_all(self, place: int) -> None:
        kind = self.for_all.itemData(place)
        for row in self.rows:
            row.choose(RemedyKind(kind))
        self.changed.emit()

    def _lay_out(self) -> None:
        self._label = PlainLabel(_("For all that clash"), "field")
        self._label.setBuddy(self.for_all)
        self.for_all.setAccessibleName(_("For all that clash"))
        self.for_all.setPlaceholderText(_("As chosen"))
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 8, 0)
        above.addWidget(self.counts, 1)
        above.addWidget(self._label)
        above.addWidget(self.for_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(above)
        column.addWidget(self.area, 1)


def _has(row: PreviewRow, kind: RemedyKind) -> bool:
    return any(one.kind is kind for one in row.line.remedies)


_KIND_WORDS = {
    RemedyKind.SKIP: lambda: _("Leave them out"),
    RemedyKind.DRAFT: lambda: _("Keep them as drafts"),
    RemedyKind.TRAINER: lambda: _("Other trainers"),
    RemedyKind.VENUE: lambda: _("Other venues"),
    RemedyKind.SHIFT: lambda: _("Other times"),
}
