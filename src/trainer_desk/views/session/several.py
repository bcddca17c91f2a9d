"""Several at once: co-trainers and equipment, as chips, each with a list from which one more is added."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from trainer_desk.services.findings import Fix
from trainer_desk.services.rows.directory import EquipmentRow, TrainerRow
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.session.choices import equipment_choices, trainer_choices
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.flow import FlowLayout
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.session.resources import ComboField


class SeveralField(ComboField):
    """Those chosen as chips, which a click removes, and a list to add one from.

    Subclasses say which field of the card this is, who can be chosen, and how removing one is called.
    """

    of_card = ""
    icon = ""

    def __init__(self, group: str, title: str, add: str, hint: str) -> None:
        super().__init__(group, title, ResourceCombo(add, hint=hint))
        self.combo.chosen.connect(self._add)
        self.combo.hide()
        self.plus = Button(add, "plus", "small", size=14)
        self.plus.clicked.connect(self._begin)
        self.head.addWidget(self.plus)
        self._flow = FlowLayout(4)
        self._box = QWidget()
        self._box.setLayout(self._flow)
        self.chips: list[Button] = []
        self._ids: tuple[int, ...] = ()
        self.body.addWidget(self._box)
        self.body.addWidget(self.combo)

    def choices(self, facts: Facts, chosen: tuple[int, ...]) -> list[Choice]:
        """Return what can be added to those that are chosen."""
        raise NotImplementedError

    def rows(self, facts: Facts) -> Mapping[int, TrainerRow] | Mapping[int, EquipmentRow]:
        """Return all that could stand here, by id."""
        raise NotImplementedError

    def removing(self, name: str) -> str:
        """Return what a screen reader says of a chip."""
        raise NotImplementedError

    def first_editor(self) -> QWidget:
        """Return the first chip, or the button that adds one."""
        return self.chips[0] if self.chips else self.plus

    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return not self._ids

    def set_editable(self, editable: bool) -> None:
        """Let chips come and go, or only be read."""
        super().set_editable(editable)
        self.plus.setEnabled(editable)

    def refresh(self, facts: Facts) -> None:
        """Take over names without touching the choice."""
        self.facts = facts
        if not self.combo.is_busy:  # a name that is being typed stays
            self.combo.offer(self.choices(facts, self._ids))
            self.combo.set_value(None)

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored."""
        self._show(getattr(facts.card, self.of_card), facts)
        self.refresh(facts)

    def change(self, ids: tuple[int, ...]) -> None:
        """Take these instead of those that are chosen."""
        assert self.facts is not None
        self._show(ids, self.facts)
        self.refresh(self.facts)
        self.tell({self.of_card: ids})

    def _show(self, ids: tuple[int, ...], facts: Facts) -> None:
        if ids == self._ids and len(self.chips) == len(ids):
            return
        self._ids = ids
        empty(self._flow)
        self.chips = [self._chip(key, facts) for key in ids]
        self._box.setVisible(bool(ids))

    def _chip(self, key: int, facts: Facts) -> Button:
        row = self.rows(facts).get(key)
        name = row.name if row else f"#{key}"
        chip = Button(f"{name}  ×", self.icon, "chip", size=14)
        chip.setAccessibleName(self.removing(name))
        chip.clicked.connect(lambda: self._remove(key))
        self._flow.addWidget(chip)
        return chip

    def _begin(self) -> None:
        self.combo.show()
        self.combo.setFocus()

    def _add(self, key: object) -> None:
        if isinstance(key, int):
            self.plus.setFocus()
            self.combo.hide()
            self.change((*self._ids, key))

    def _remove(self, key: int) -> None:
        self.plus.setFocus()
        self.change(tuple(other for other in self._ids if other != key))


class CoTrainersField(SeveralField):
    """Further trainers."""

    of_card = "co_trainer_ids"
    icon = "user"

    def __init__(self) -> None:
        super().__init__("co_trainers", _("Co-trainers"), _("Add a co-trainer"), _("Name of the co-trainer"))

    def choices(self, facts: Facts, chosen: tuple[int, ...]) -> list[Choice]:
        """Return the trainers who are not in the session yet, with their hours."""
        lead = () if facts.card.trainer_id is None else (facts.card.trainer_id,)
        return trainer_choices(facts, by_load=False, without=(*chosen, *lead))

    def rows(self, facts: Facts) -> Mapping[int, TrainerRow]:
        """Return all trainers."""
        return facts.directory.trainers

    def removing(self, name: str) -> str:
        """Return what a screen reader says of a trainer's chip."""
        return _("Remove co-trainer {name}").format(name=name)


class EquipmentField(SeveralField):
    """The pieces of equipment that the session takes along (C3)."""

    of_card = "equipment_ids"
    icon = "package"

    def __init__(self) -> None:
        super().__init__("equipment", _("Equipment"), _("Add equipment"), _("Name of the equipment"))

    def choices(self, facts: Facts, chosen: tuple[int, ...]) -> list[Choice]:
        """Return the equipment that is not in the session yet."""
        return equipment_choices(facts, without=chosen)

    def rows(self, facts: Facts) -> Mapping[int, EquipmentRow]:
        """Return all equipment."""
        return facts.directory.equipment

    def removing(self, name: str) -> str:
        """Return what a screen reader says of a piece's chip."""
        return _("Remove {name}").format(name=name)

    def apply(self, fix: Fix) -> None:
        """Take the piece of a way out instead of the one that is taken."""
        self.change(tuple(fix.facts["id"] if key == fix.facts["instead_of"] else key for key in self._ids))
