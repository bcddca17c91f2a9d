"""What a sheet shows of the sessions to settle: one drop-down for all, a line for each, and why some are cancelled."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.settling import Choice, Concerned, Way
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.reason_sheet import LONGEST
from trainer_desk.views.settling.lines import Manner, Settling


class SettlingPart(QWidget):
    """`choices` is what somebody made of the sessions; `returned` fires on Enter in the reason."""

    changed = Signal()
    returned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sessions: Sequence[Concerned] = ()
        self._manner: Manner | None = None
        self._directory: Directory | None = None
        self.for_all = QComboBox()
        self.lines = Settling()
        self.reason = QLineEdit()
        self._lay_out()
        self.for_all.activated.connect(self._choose_for_all)
        self.lines.changed.connect(self._show_choices)
        self.reason.returnPressed.connect(self.returned)

    def show_sessions(self, sessions: Sequence[Concerned], manner: Manner, directory: Directory) -> None:
        """Show these; what was chosen for one that stays is kept where it still has that way."""
        self._sessions, self._manner, self._directory = sessions, manner, directory
        self.lines.show_sessions(sessions, manner, directory)
        self.lines.setVisible(bool(sessions))
        self._offer_for_all()
        self._show_choices()

    def choices(self) -> Mapping[int, Choice]:
        """Return how each session is to be settled, by its id."""
        return self.lines.choices()

    @property
    def is_cancelling(self) -> bool:
        """Whether a session is to be cancelled, which needs a reason."""
        return any(choice.way is Way.CANCEL for choice in self.choices().values())

    def lacks_reason(self) -> str:
        """Return what to say while a reason for cancelling is missing, and put the focus there; else nothing."""
        if not self.is_cancelling or self.reason.text().strip():
            return ""
        self.reason.setFocus()
        return _("Say why the sessions are cancelled. The reason is kept with them.")

    def _offer_for_all(self) -> None:
        shared = self.lines.shared_ways()
        self._all_box.setVisible(bool(shared))
        self.for_all.clear()
        self.for_all.addItem(_("As proposed for each"), None)
        for way in shared:
            self.for_all.addItem(self._word_for_all(way), way)

    def _word_for_all(self, way: Way) -> str:
        assert self._manner is not None
        if way is Way.REPLACE:
            return _("Whoever is free") if self._manner.kind == "trainer" else _("Whatever is free")
        if way is Way.TIME:
            return _("The next time that fits")
        line = next(line for line in self.lines.lines if way in line.concerned.ways)
        return self._manner.way_text(way, line.concerned.card)

    def _choose_for_all(self, place: int) -> None:
        way = self.for_all.itemData(place)
        if way is not None:
            self.lines.choose_for_all(Way(way))
        elif self._manner is not None and self._directory is not None:
            self.lines.lines = []
            self.lines.show_sessions(self._sessions, self._manner, self._directory)
            self._show_choices()

    def _show_choices(self) -> None:
        self._reason_box.setVisible(self.is_cancelling)
        self.changed.emit()

    def _lay_out(self) -> None:
        self._all_box, self._reason_box = QWidget(), QWidget()
        whole = QHBoxLayout(self._all_box)
        whole.setContentsMargins(0, 0, 8, 0)
        label = PlainLabel(_("For all"), "field")
        label.setBuddy(self.for_all)
        self.for_all.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._all_box)
        column.addWidget(self.lines, 1)
        column.addWidget(self._reason_box)
