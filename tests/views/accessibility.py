"""The accessibility audit that every page's tests call: names, focus, sizes and plain text of all visible widgets."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizeGrip,
    QWidget,
)

SMALLEST = 24
"""Pixels that a target must have at least in each direction (WCAG 2.2, 2.5.8)."""


def audit(root: QWidget) -> list[str]:
    """Return what is wrong with `root` and everything visible in it, one sentence each; an empty list is good.

    Checks that whatever takes the focus has an accessible name and can be reached by Tab or is inside such a widget,
    that buttons are at least 24 × 24 pixels, and that no label or tooltip reads text as markup.
    """
    problems: list[str] = []
    for widget in _visible(root):
        problems += _focus_problems(widget)
        problems += _text_problems(widget)
        if (
            isinstance(widget, QAbstractButton)
            and not _is_inner(widget)
            and min(widget.width(), widget.height()) < SMALLEST
        ):
            problems.append(f"{_call(widget)} is only {widget.width()} × {widget.height()} pixels")
    return problems


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    spoken = interface.text(QAccessible.Text.Name) if interface is not None else ""
    return widget.accessibleName() or spoken


def focusable(root: QWidget) -> list[QWidget]:
    """Return the visible, enabled widgets that Tab reaches."""
    return [
        widget for widget in _visible(root) if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _visible(root: QWidget) -> Iterator[QWidget]:
    for widget in (root, *root.findChildren(QWidget)):
        if (widget is root or widget.isVisibleTo(root)) and widget.window() is root.window():
            yield widget


def _is_inner(widget: QWidget) -> bool:
    """Whether Qt made the widget itself, inside another that is checked."""
    inside = widget.parent()
    if isinstance(inside, QLineEdit):
        return True
    if isinstance(widget, QHeaderView | QAbstractSlider | QSizeGrip) or widget.objectName().startswith("qt_"):
        return True
    return isinstance(widget, QLineEdit) and isinstance(inside, QWidget) and inside.focusProxy() is widget


def _is_reached_by_arrows(widget: QWidget) -> bool:
    """Whether it is one of several choices, where Tab stops at the one chosen and arrows go on to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    chosen = None if group is None else group.checkedButton()
    return chosen is not None and bool(chosen.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _focus_problems(widget: QWidget) -> list[str]:
    policy = widget.focusPolicy()
    if policy == Qt.FocusPolicy.NoFocus or _is_inner(widget) or widget.focusProxy() is not None:
        return []
    if type(widget) is QAbstractScrollArea and not isinstance(widget, QAbstractItemView):
        return []
    problems = []
    if not name_of(widget).strip():
        problems.append(f"{_call(widget)} takes the focus but has no accessible name")
    if not policy & Qt.FocusPolicy.TabFocus and not _is_reached_by_arrows(widget):
        problems.append(f"{_call(widget)} takes the focus by mouse only")
    return problems


def _size_problems(widget: QWidget) -> list[str]:
    if not isinstance(widget, QAbstractButton) or _is_inner(widget):
        return []
    if min(widget.width(), widget.height()) >= SMALLEST:
        return []
    return [f"{_call(widget)} is only {widget.width()} × {widget.height()} pixels"]


def _text_problems(widget: QWidget) -> list[str]:
    problems = []
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        problems.append(f"{_call(widget)} would read markup in its text")
    tip = widget.toolTip()
    if tip and not tip.startswith("<qt>") and "<" in tip:
        problems.append(f"{_call(widget)} has a tooltip that is read as markup")
    return problems


def _call(widget: QWidget) -> str:
    label = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__} {widget.objectName() or label or widget.accessibleName() or '(unnamed)'}"
