"""The button with everything that one or several sessions can leave on: files and paper."""

from PySide6.QtCore import Signal

from trainer_desk.texts.translate import _
from trainer_desk.views.actions import spec_of
from trainer_desk.views.parts.buttons import IconButton, literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.out_menu import offered
from trainer_desk.views.theme import look


class OutButton(IconButton):
    """Opens a menu; `wanted` carries the action of `out_menu` that was chosen."""

    wanted = Signal(str)

    def __init__(self, kind: str = "iconghost") -> None:
        super().__init__("printer", _("Print or save"), kind)
        self._prints = self._has_proof = True
        self.clicked.connect(self._choose)

    def offer(self, *, prints: bool, has_proof: bool) -> None:
        """Say whether names may go to paper, and whether there may be certificates."""
        self._prints, self._has_proof = prints, has_proof

    def _choose(self) -> None:
        menu = Menu(self, _("Print or save"))
        for name, word, icon in offered(prints=self._prints, has_proof=self._has_proof):
            action = menu.addAction(literal(word))
            action.setIcon(look().icon(icon or spec_of(name).icon))
            action.triggered.connect(lambda _on=False, name=name: self.wanted.emit(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
