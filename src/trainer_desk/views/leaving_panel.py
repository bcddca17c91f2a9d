"""Puts a panel beside the page away, and gives the focus that was in it back to the page."""

from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.holding_focus import holds_focus


def leave_panel(window: MainWindow, name: str, instead: str = "") -> None:
    """Close a panel if it is open, or show another one in its place."""
    panel = window.panel
    if panel.current != name:
        return
    had_focus = holds_focus(panel)
    if instead:
        panel.open(instead)
    else:
        panel.close_panel()
    if had_focus:
        window.focus_page()
