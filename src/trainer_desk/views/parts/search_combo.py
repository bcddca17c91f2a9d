"""A drop-down that finds its choices as one types, anywhere in their text: for courses, trainers, venues."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

NOTHING = "–"


class SearchCombo(QComboBox):
    """Choices are (value, text); `chosen` carries the value that the user picked, not one set by `set_value`.

    With `optional` the first choice means none (value None). Text that matches nothing is put back.
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, optional: bool = True, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._optional = optional
        self._values: list[Hashable | None] = []
        self._current: Hashable | None = None
        self.setEditable(True)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(12)
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(name)
        self._complete()
        self.activated.connect(self._pick)

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these instead; the value stays if it is still among them, else nothing is chosen."""
        self._values = [None, *(value for value, _ in choices)] if self._optional else [value for value, _ in choices]
        texts = [NOTHING, *(text for _, text in choices)] if self._optional else [text for _, text in choices]
        self.blockSignals(True)
        self.clear()
        self.addItems(texts)
        self.blockSignals(False)
        self.set_value(self._current if self._current in self._values else None)

    @property
    def value(self) -> Hashable | None:
        """What is chosen, or None."""
        return self._current

    def set_value(self, value: Hashable | None) -> None:
        """Show a choice without telling anybody; a value that is not offered shows as empty."""
        self._current = value
        self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        if value is None:
            self.setEditText("")
        self.blockSignals(False)
        self._line.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the text, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, or put it back."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the arrows: walking through closed choices would save each of them."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.showPopup()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_typed()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel around: scrolling must not change a value."""
        event.ignore()

    def _complete(self) -> None:
        completer = QCompleter(self.model(), self)  # its answer comes back as the combo's own `activated`
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = self._matches = QListView()
        popup.setObjectName("Popup")
        popup.setAccessibleName(self.accessibleName())
        completer.setPopup(popup)
        self.setCompleter(completer)

    def _pick(self, index: int) -> None:
        value = self._values[index] if 0 <= index < len(self._values) else None
        is_new = value != self._current
        self.set_value(value)
        if is_new:
            self.chosen.emit(value)

    def _take_typed(self) -> None:
        # The list of matches waits for a key that this field does not take, and Enter is one that it does.
        self._matches.hide()
        typed = self._line.text().strip()
        if not typed and self._optional:
            self._pick(0)
            return
        exact = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        near = [place for place in range(self.count()) if typed and typed.casefold() in self.itemText(place).casefold()]
        if exact >= 0:
            self._pick(exact)
        elif len(near) == 1:
            self._pick(near[0])
        else:
            self.set_value(self._current)
