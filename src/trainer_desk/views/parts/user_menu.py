"""The menu behind the user's name: undo and redo, theme, text size, single-letter keys, the list of shortcuts."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from trainer_desk.views.actions import spec_of
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.theme import CHOICES, SIZES, look

THEMES = dict(zip(CHOICES, ("Theme of the system", "Light", "Dark"), strict=True))


class UserMenu(Menu):
    """Made anew each time that it opens; `keep` is called after each choice, to remember it.

    `standing` says first who works here, in which role, and what protects the database.
    """

    def __init__(
        self,
        parent: QWidget,
        keep: Callable[[], object],
        single_keys: bool,
        set_single_keys: Callable[[bool], object],
        show_shortcuts: Callable[[], object],
        standing: Sequence[str] = (),
    ) -> None:
        super().__init__(parent, "Appearance and shortcuts")
        self._keep = keep
        for words in standing:
            self.addAction(literal(words)).setEnabled(False)
        if standing:
            self.addSeparator()
        self._add_themes()
        self.addSeparator()
        self._add_sizes()
        self.addSeparator()
        letters = self.addAction("Single-letter shortcuts")
        letters.setCheckable(True)
        letters.setChecked(single_keys)
        letters.toggled.connect(set_single_keys)
        self.addAction("Keyboard shortcuts…").triggered.connect(lambda: show_shortcuts())
        self.aboutToHide.connect(self.deleteLater)

    def begin_with(self, steps: Sequence[QAction]) -> None:
        """Put actions of the window before the choices, after who works here."""
        below = next(one for one in self.actions() if one.isEnabled() and not one.isSeparator())
        for step in steps:
            step.setIcon(look().icon(spec_of(step.objectName()).icon))  # in the ink of the theme of now
        self.insertActions(below, list(steps))
        self.insertSeparator(below)
        self.setToolTipsVisible(True)

    def _add_themes(self) -> None:
        group = QActionGroup(self)
        for choice, words in THEMES.items():
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(look().choice == choice)
            action.triggered.connect(lambda _on=False, choice=choice: self._choose(choice, None))
            group.addAction(action)

    def _add_sizes(self) -> None:
        group = QActionGroup(self)
        for percent in SIZES:
            action = self.addAction(f"Text {percent} %")
            action.setCheckable(True)
            action.setChecked(look().percent == percent)
            action.triggered.connect(lambda _on=False, percent=percent: self._choose(None, percent))
            group.addAction(action)

    def _choose(self, theme: str | None, percent: int | None) -> None:
        look().choose(theme, percent)
        self._keep()
