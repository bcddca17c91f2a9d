"""Who and where: trainer, venue and course, each chosen from a searchable list with what speaks for or against."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.findings import Fix
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.choices import NO_LOAD, trainer_choices, venue_choices
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo


class ComboField(Field):
    """A field whose editor is a searchable list; with words to `opens` there is a way to the chosen thing's page."""

    page_wanted = Signal(int)
    """The page of what is chosen is to be opened."""

    def __init__(self, group: str, title: str, combo: ResourceCombo, *, opens: str = "") -> None:
        super().__init__(group, title)
        self.combo = combo
        self.open_page = IconButton("square-arrow-out-up-right", opens, "small", size=14)
        self.open_page.clicked.connect(self._open)
        if not opens:
            self.open_page.hide()  # never shown by hand: without a parent yet it would be a window of its own
        self.head.addWidget(self.open_page)

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

    def _open(self) -> None:
        if isinstance(self.combo.value, int):
            self.page_wanted.emit(self.combo.value)


class TrainerField(ComboField):
    """The lead trainer; their hours stand in the text itself, those delivered beside it."""

    def __init__(self) -> None:
        combo = ResourceCombo(_("Trainer"), hint=_("Choose a trainer"))
        super().__init__("trainer", _("Trainer"), combo, opens=_("Open the trainer's page"))
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
        self.open_page.setVisible(chosen is not None)
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


class CourseField(ComboField):
    """The course; only a session that has not begun may change it (S3)."""

    def __init__(self) -> None:
        combo = ResourceCombo(_("Course"), optional=False)
        super().__init__("course", _("Course"), combo, opens=_("Open the course's page"))
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
