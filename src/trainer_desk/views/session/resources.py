"""Who and where: trainer, co-trainers and venue, each chosen from a searchable list with what speaks for or against."""

from PySide6.QtWidgets import QWidget

from trainer_desk.services.findings import Fix
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.choices import NO_LOAD, trainer_choices, venue_choices
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.flow import FlowLayout
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo


class ComboField(Field):
    """A field whose editor is a searchable list."""

    def __init__(self, group: str, title: str, combo: ResourceCombo) -> None:
        super().__init__(group, title)
        self.combo = combo

    @property
    def is_being_edited(self) -> bool:
        """Whether somebody searches in the list."""
        return self.combo.is_busy

    def first_editor(self) -> QWidget:
        """Return the list."""
        return self.combo

    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return self.combo.value is None

    def set_invalid(self, invalid: bool) -> None:
        """Frame the list in red, or not."""
        self.combo.set_invalid(invalid)


class TrainerField(ComboField):
    """The lead trainer; their hours stand in the text itself, those delivered beside it."""

    def __init__(self) -> None:
        super().__init__("trainer", _("Trainer"), ResourceCombo(_("Trainer"), hint=_("Choose a trainer")))
        self.combo.chosen.connect(self._choose)
        self.delivered = PlainLabel("", "caption")
        self.sort = Button(_("By load"), kind="small")
        self.sort.setCheckable(True)
        self.sort.setAccessibleName(_("Sort trainers by load"))
        self.sort.toggled.connect(self._sort)
        self.head.addWidget(self.delivered)
        self.head.addWidget(self.sort)
        self.body.addWidget(self.combo)

    def refresh(self, facts: Facts) -> None:
        """Take over hours and names without touching the choice."""
        self.facts = facts
        self.combo.offer(trainer_choices(facts, by_load=self.sort.isChecked()))
        chosen = self.combo.value
        minutes = facts.loads.get(chosen, NO_LOAD).delivered if isinstance(chosen, int) else 0
        self.delivered.setText(_("{hours} delivered").format(hours=hours_text(minutes)) if minutes else "")

    def show_facts(self, facts: Facts) -> None:
        """Show the stored trainer."""
        self.combo.offer(trainer_choices(facts, by_load=self.sort.isChecked()))
        self.combo.set_value(facts.card.trainer_id)
        self.refresh(facts)

    def apply(self, fix: Fix) -> None:
        """Take the trainer of a way out."""
        self.combo.set_value(fix.facts["id"])
        self._choose(fix.facts["id"])

    def _choose(self, trainer_id: object) -> None:
        assert self.facts is not None
        co_trainers = self.facts.card.co_trainer_ids
        if trainer_id in co_trainers:
            rest = tuple(key for key in co_trainers if key != trainer_id)
            self.tell({"trainer_id": trainer_id, "co_trainer_ids": rest})
        else:
            self.tell({"trainer_id": trainer_id})

    def _sort(self, by_load: bool) -> None:
        self.sort.setAccessibleName(_("Sort trainers by name") if by_load else _("Sort trainers by load"))
        self.sort.setText(_("By name") if by_load else _("By load"))
        if self.facts is not None:
            self.combo.offer(trainer_choices(self.facts, by_load=by_load))


class CoTrainersField(ComboField):
    """Further trainers as chips, and a list to add one from."""

    def __init__(self) -> None:
        combo = ResourceCombo(_("Add a co-trainer"), hint=_("Name of the co-trainer"))
        super().__init__("co_trainers", _("Co-trainers"), combo)
        self.combo.chosen.connect(self._add)
        self.combo.hide()
        self.plus = Button(_("Add a co-trainer"), "plus", "small", size=14)
        self.plus.clicked.connect(self._begin)
        self.head.addWidget(self.plus)
        self._flow = FlowLayout(4)
        self._box = QWidget()
        self._box.setLayout(self._flow)
        self.chips: list[Button] = []
        self._ids: tuple[int, ...] = ()
        self.body.addWidget(self._box)
        self.body.addWidget(self.combo)

    def first_editor(self) -> QWidget:
        """Return the first chip, or the button that adds one."""
        return self.chips[0] if self.chips else self.plus

    def is_empty(self) -> bool:
        """Whether the lead trainer is alone."""
        return not self._ids

    def set_editable(self, editable: bool) -> None:
        """Let co-trainers come and go, or only be read."""
        super().set_editable(editable)
        self.plus.setEnabled(editable)

    def refresh(self, facts: Facts) -> None:
        """Take over hours and names without touching the choice."""
        self.facts = facts
        lead = () if facts.card.trainer_id is None else (facts.card.trainer_id,)
        self.combo.offer(trainer_choices(facts, by_load=False, without=(*self._ids, *lead)))
        self.combo.set_value(None)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored co-trainers."""
        self._show(facts.card.co_trainer_ids, facts)
        self.refresh(facts)

    def _show(self, ids: tuple[int, ...], facts: Facts) -> None:
        if ids == self._ids and len(self.chips) == len(ids):
            return
        self._ids = ids
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.chips = [self._chip(trainer_id, facts) for trainer_id in ids]
        self._box.setVisible(bool(ids))

    def _chip(self, trainer_id: int, facts: Facts) -> Button:
        trainer = facts.directory.trainers.get(trainer_id)
        name = trainer.name if trainer else f"#{trainer_id}"
        chip = Button(f"{name}  ×", "user", "chip", size=14)
        chip.setAccessibleName(_("Remove co-trainer {name}").format(name=name))
        chip.clicked.connect(lambda: self._remove(trainer_id))
        self._flow.addWidget(chip)
        return chip

    def _begin(self) -> None:
        self.combo.show()
        self.combo.setFocus()

    def _add(self, trainer_id: object) -> None:
        if isinstance(trainer_id, int):
            self.plus.setFocus()
            self.combo.hide()
            self._change((*self._ids, trainer_id))

    def _remove(self, trainer_id: int) -> None:
        self.plus.setFocus()
        self._change(tuple(key for key in self._ids if key != trainer_id))

    def _change(self, ids: tuple[int, ...]) -> None:
        assert self.facts is not None
        self._show(ids, self.facts)
        self.refresh(self.facts)
        self.tell({"co_trainer_ids": ids})


class CourseField(ComboField):
    """The course; only a session that has not begun may change it (S3)."""

    def __init__(self) -> None:
        super().__init__("course", _("Course"), ResourceCombo(_("Course"), optional=False))
        self.combo.chosen.connect(lambda course_id: self.tell({"course_id": course_id}))
        self.body.addWidget(self.combo)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored course."""
        super().show_facts(facts)
        rows = facts.directory.courses.values()
        offered = [row for row in rows if row.active or row.id == facts.card.course_id]
        self.combo.offer([Choice(row.id, row.title, row.code) for row in offered])
        self.combo.set_value(facts.card.course_id)


class VenueField(ComboField):
    """The venue with its seats."""

    def __init__(self) -> None:
        super().__init__("venue", _("Venue"), ResourceCombo(_("Venue"), hint=_("Choose a venue")))
        self.combo.chosen.connect(lambda venue_id: self.tell({"venue_id": venue_id}))
        self.body.addWidget(self.combo)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored venue."""
        super().show_facts(facts)
        self.combo.offer(venue_choices(facts))
        self.combo.set_value(facts.card.venue_id)

    def apply(self, fix: Fix) -> None:
        """Take the venue of a way out."""
        self.combo.set_value(fix.facts["id"])
        self.tell({"venue_id": fix.facts["id"]})
