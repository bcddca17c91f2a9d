"""The painted schedule for screen readers: a list whose items are the sessions in reading order (ux 14, 16.3).

Every item stands on a QObject of its own that the view owns, so that Qt itself forgets it when the view goes.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleObject,
)
from PySide6.QtWidgets import QAccessibleWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.drag import Target
from trainer_desk.views.schedule.layout import More
from trainer_desk.views.schedule.surface import Surface
from trainer_desk.views.schedule.verdict import Level

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas

MORE = "more"
Key = int | tuple[str, More]
"""A session's id, or a tile "+n"."""
NOBODY = cast(QAccessibleInterface, None)
"""Qt takes None for "no such item", which its type hints do not know."""


class Node(QObject):
    """The stand-in of one session, or of the tile "+n" of a day; `key` is the session's id or the tile's day."""

    def __init__(self, canvas: "ScheduleCanvas", key: Key) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.key = key

    def rect(self) -> QRect:
        """Return where it is on the screen; empty when it is not shown."""
        canvas = self.canvas
        canvas.ensure_layout()
        if isinstance(self.key, int):
            boxes = [piece.box for piece in canvas.laid.by_session.get(self.key, ())[:1]]
        else:
            boxes = [self.key[1].box]
        if not boxes:
            return QRect()
        box = canvas.to_view(boxes[0]).toRect()
        return QRect(canvas.viewport().mapToGlobal(box.topLeft()), box.size())

    def name(self) -> str:
        """Return the sentence that is spoken."""
        shown = self.canvas.shown
        if shown is None:
            return ""
        if isinstance(self.key, int):
            card = shown.cards.get(self.key)
            return words.sentence(card, shown.directory, clashes=card.id in shown.clashing) if card else ""
        tile = self.key[1]
        return words.more_on(len(tile.session_ids), tile.day)


class NodeInterface(QAccessibleObject):
    """What a screen reader learns about one item."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self._node = node

    def parent(self) -> QAccessibleInterface:
        """Return the list."""
        return QAccessible.queryAccessibleInterface(self._node.canvas)

    def child(self, index: int) -> QAccessibleInterface:
        """Return nothing: items have no parts."""
        return NOBODY

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return -1."""
        return -1

    def role(self) -> QAccessible.Role:
        """Return list item, or button for a tile "+n"."""
        return QAccessible.Role.ListItem if isinstance(self._node.key, int) else QAccessible.Role.Button

    def text(self, kind: QAccessible.Text) -> str:
        """Return the sentence, and how keys move the session."""
        if kind == QAccessible.Text.Name:
            return self._node.name()
        if kind == QAccessible.Text.Help and isinstance(self._node.key, int):
            return _("Alt with arrows moves it, G picks it up, Enter opens it.")
        return ""

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._node.rect()

    def state(self) -> QAccessible.State:
        """Return whether it is selected and has the cursor."""
        state = QAccessible.State()
        canvas, key = self._node.canvas, self._node.key
        if isinstance(key, int):
            state.focusable = True
            state.selectable = True
            state.focused = canvas.selection.cursor == key and canvas.hasFocus()
            state.selected = key in canvas.selection
        return state


class CanvasInterface(QAccessibleWidget):
    """The list itself; sessions come first, in order of time, then the tiles "+n"."""

    def __init__(self, canvas: "ScheduleCanvas") -> None:
        super().__init__(canvas, QAccessible.Role.List, canvas.accessibleName())
        self._canvas = canvas

    def _keys(self) -> list[Key]:
        canvas = self._canvas
        return [*canvas.order(), *((MORE, tile) for tile in canvas.laid.more)]

    def childCount(self) -> int:
        """Return how many items are shown."""
        return len(self._keys())

    def child(self, index: int) -> QAccessibleInterface:
        """Return an item."""
        keys = self._keys()
        return _interface(self._canvas, keys[index]) if 0 <= index < len(keys) else NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of an item."""
        node = child.object()
        keys = self._keys()
        return keys.index(node.key) if isinstance(node, Node) and node.key in keys else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the item at a point of the screen."""
        point = self._canvas.viewport().mapFromGlobal(QPoint(x, y))
        piece = self._canvas.piece_at(point.toPointF())
        return _interface(self._canvas, piece.session_id) if piece else NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """Return the item under the cursor."""
        cursor = self._canvas.selection.cursor
        known = cursor is not None and cursor in self._canvas.laid.by_session
        return _interface(self._canvas, cursor) if cursor is not None and known else NOBODY


class _Registry(QObject):
    """Keeps the Python halves of interfaces until their objects die."""

    def __init__(self) -> None:
        super().__init__()
        self._halves: dict[int, QAccessibleInterface] = {}

    def make(self, _class_name: str, thing: QObject) -> QAccessibleInterface:
        """Return an interface for a node or a canvas; Qt asks once per object."""
        interface: QAccessibleInterface
        if isinstance(thing, Node):
            interface = NodeInterface(thing)
        elif isinstance(thing, Surface):
            interface = CanvasInterface(cast("ScheduleCanvas", thing))
        else:
            return NOBODY
        key = id(thing)
        self._halves[key] = interface
        thing.destroyed.connect(lambda: self._halves.pop(key, None), Qt.ConnectionType.DirectConnection)
        return interface

    def __len__(self) -> int:
        return len(self._halves)


@lru_cache(maxsize=1)
def registry() -> _Registry:
    """Return the one registry of this process."""
    return _Registry()


@lru_cache(maxsize=1)
def install() -> None:
    """Tell Qt once that schedules describe themselves."""
    QAccessible.installFactory(registry().make)


def _node(canvas: "ScheduleCanvas", key: Key) -> Node:
    nodes = canvas.nodes
    if key not in nodes:
        nodes[key] = Node(canvas, key)
    return nodes[key]


def _interface(canvas: "ScheduleCanvas", key: Key) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(_node(canvas, key))


def focus_moved(canvas: "ScheduleCanvas") -> None:
    """Have the session under the cursor read out."""
    cursor = canvas.selection.cursor
    if QAccessible.isActive() and cursor is not None and cursor in canvas.laid.by_session:
        QAccessible.updateAccessibility(QAccessibleEvent(_node(canvas, cursor), QAccessible.Event.Focus))


def board_changed(canvas: "ScheduleCanvas") -> None:
    """Forget the items of sessions that are gone, and say that the list is another one."""
    shown = canvas.shown
    for key in [key for key in canvas.nodes if not isinstance(key, int) or shown is None or key not in shown.cards]:
        canvas.nodes.pop(key).deleteLater()
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.ObjectReorder))


def announce(canvas: "ScheduleCanvas", text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say something, at once if it is urgent."""
    canvas.said = text
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(canvas, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def announce_target(canvas: "ScheduleCanvas", target: Target | None) -> None:
    """Say where a carried session would land and what is said about it."""
    if target is not None:
        announce(canvas, ". ".join(target.lines), urgent=target.verdict.level is Level.BLOCK)
