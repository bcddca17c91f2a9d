"""A searchable drop-down of trainers, venues or courses: a text each, and at its right what else is to be known."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.views.parts.plain_label import restyle
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.theme import look

SIDE = Qt.ItemDataRole.UserRole + 1
TONE = Qt.ItemDataRole.UserRole + 2
POPUP_WIDTH = 440


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: `side` stands at the right in the list, `icon` before the text, both in the colour of `tone`."""

    value: Hashable
    text: str
    side: str = ""
    icon: str = ""
    tone: str = "text2"


class SideDelegate(QStyledItemDelegate):
    """Paints the text of a choice, and at the right end what else is to be known of it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one choice."""
        super().paint(painter, option, index)
        side = index.data(SIDE)
        if not side:
            return
        font = look().font("small")
        width = QFontMetrics(font).horizontalAdvance(side)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(font)
        painter.setPen(look().colour(index.data(TONE) or "text2"))
        box = QRect(rect.right() - width - look().px(10), rect.top(), width, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, side)
        painter.restore()


class ResourceCombo(SearchCombo):
    """Neither the wheel nor the arrows change what is saved: arrows open the list, the wheel belongs to the panel."""

    def __init__(self, name: str, *, optional: bool = True, hint: str = "") -> None:
        super().__init__(name, optional=optional, hint=hint)
        self._choices: tuple[Choice, ...] = ()
        delegate = SideDelegate(self)
        self.setItemDelegate(delegate)
        self._typed_popup().setItemDelegate(delegate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look().changed.connect(self._draw_icons)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these; nothing happens if they are the same as before."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        self.set_choices([(choice.value, choice.text) for choice in choices])
        first = self.count() - len(choices)
        for place, choice in enumerate(choices, first):
            self.setItemData(place, choice.side, SIDE)
            self.setItemData(place, choice.tone, TONE)
            spoken = f"{choice.text}, {choice.side}" if choice.side else choice.text
            self.setItemData(place, spoken, Qt.ItemDataRole.AccessibleTextRole)
        self._draw_icons()

    @property
    def is_busy(self) -> bool:
        """Whether somebody searches in it right now."""
        is_open = self.view().isVisible() or self._typed_popup().isVisible()
        line = self.lineEdit()
        return is_open or (line is not None and line.hasFocus() and line.isModified())

    def texts(self) -> list[str]:
        """Return the texts of the choices in the order in which they are offered, without the one for none."""
        return [choice.text for choice in self._choices]

    def set_invalid(self, invalid: bool) -> None:
        """Frame it in red, or not."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            restyle(self)

    def showPopup(self) -> None:
        """Open the list wide enough for what stands at the right."""
        self.view().setMinimumWidth(max(self.width(), look().px(POPUP_WIDTH)))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the arrows instead of choosing the next one at once."""
        is_open = self.view().isVisible() or self._typed_popup().isVisible()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not is_open:
            self.showPopup()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _typed_popup(self) -> QAbstractItemView:
        completer = self.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None
        return popup

    def _draw_icons(self) -> None:
        first = self.count() - len(self._choices)
        for place, choice in enumerate(self._choices, first):
            if choice.icon:
                self.setItemIcon(place, look().icon(choice.icon, choice.tone))
