"""What a trainer may teach, below the fields of the panel: from when, until when, and which have lapsed (C5)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.planning.qualifications import give_qualification, take_back_qualification
from trainer_desk.services.rows.catalogue import Held
from trainer_desk.texts.formats import date_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.attachment_list import AttachmentList
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.owned import OwnedSection, beside
from trainer_desk.views.catalogue.owned_row import OwnedRow
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo


class QualificationsSection(OwnedSection):
    """A line for each course; lapsed ones say so with an icon and a word."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today, _("May teach"), _("Add a course"), _("Nothing yet. Add the first course."))
        self.course = ResourceCombo(_("Course"), hint=_("Choose a course"))
        self.course.setMinimumContentsLength(4)
        self.begins = DateField(_("First valid day"), today, weekday=False)
        self.ends = DateField(_("Last valid day"), today, weekday=False)
        for day in (self.begins, self.ends):
            day.setPlaceholderText(_("No day"))
        self.form_body.addLayout(beside((_("Course"), self.course)))
        self.form_body.addLayout(beside((_("First valid day"), self.begins), (_("Last valid day"), self.ends)))
        self.files = AttachmentList(desk, AttachmentOwner.QUALIFICATION)
        self.files.toast_requested.connect(self.toast_requested)
        self.form_body.addWidget(self.files)
        self._wanted: tuple[int, str] | None = None

    def want(self, trainer_id: int, course: str) -> None:
        """Open the form for a course (its code) as soon as this trainer is on show."""
        self._wanted = (trainer_id, course)
        if self.facts is not None and self.facts.thing.id == trainer_id:
            self.show_facts(self.facts)

    def show_facts(self, facts: Facts) -> None:
        """Show what the trainer may teach."""
        super().show_facts(facts)
        if not self.course.is_busy:
            offered = [each for each in facts.around.names.get("courses", ()) if each.active]
            chosen = self.course.value
            self.course.offer([Choice(each.code, each.name, each.code) for each in offered])
            self.course.set_value(chosen)
        if self._wanted is not None and self._wanted[0] == facts.thing.id:
            code, self._wanted = self._wanted[1], None
            self.edit(next((held for held in facts.thing.notes["held"] if held.code == code), Held(code, code)))

    def lines_of(self, facts: Facts) -> Sequence[OwnedRow]:
        """Return a line for each qualification."""
        return [self._row(held) for held in facts.thing.notes["held"]]

    def begin(self) -> None:
        """Ask for a course and its days."""
        super().begin()
        self._fill(None)
        self.course.setFocus()

    def edit(self, held: Held) -> None:
        """Ask for the days of a course."""
        super().begin()
        self._fill(held)
        self.ends.setFocus()

    def save(self) -> None:
        """Write the qualification, or say why not."""
        for day in (self.begins, self.ends):
            if day.problem:
                self.refuse(DeskError("bad_value", field="valid_until", sentence=day.problem))
                return
        if self.course.value is None:
            self.refuse(BadValue(field="course", value="", why="required"))
            return
        assert self.facts is not None
        trainer, days = self.facts.thing, {"valid_from": self.begins.value, "valid_until": self.ends.value}
        self.go.setEnabled(False)
        self._desk.write(
            self,
            _("Qualify {name}").format(name=trainer.name),
            give_qualification,
            trainer.id,
            self.course.value,
            then=lambda title: self.done(_("{name} may teach {title}.").format(name=trainer.name, title=title)),
            refused=self.refuse,
            **days,
        )

    def _take_back(self, held: Held) -> None:
        assert self.facts is not None
        trainer = self.facts.thing
        told = _("{name} may no longer teach {title}.").format(name=trainer.name, title=held.title)
        self._desk.write(
            self,
            _("Take back the qualification of {name}").format(name=trainer.name),
            take_back_qualification,
            trainer.id,
            held.code,
            then=lambda _title: self.done(told),
            refused=self.refuse,
        )

    def _fill(self, held: Held | None) -> None:
        self.course.set_value(held.code if held else None)
        self.course.setEnabled(held is None)
        self.files.show_owner(held.id if held else None)
        self.files.setVisible(held is not None and held.id is not None)
        self.begins.set_value(held.valid_from if held else None)
        self.ends.set_value(held.valid_until if held else None)

    def _row(self, held: Held) -> OwnedRow:
        row = OwnedRow(
            held.title,
            days_text(held),
            edit=_("Change the days of {title}").format(title=held.title),
            remove=_("Take back {title}").format(title=held.title),
        )
        today = self._today()
        if held.valid_until is not None and held.valid_until < today:
            row.mark(_("Lapsed"), "danger", "octagon-alert")
        elif held.valid_from is not None and held.valid_from > today:
            row.mark(_("Not yet"), "muted", "clock")
        row.edit.clicked.connect(partial(self.edit, held))
        row.remove.clicked.connect(partial(self._take_back, held))
        return row


def days_text(held: Held) -> str:
    """Return `3 Mar 2026 to 2 Mar 2028`, or what is known of it."""
    begins = date_text(held.valid_from) if held.valid_from else ""
    ends = date_text(held.valid_until) if held.valid_until else ""
    if begins and ends:
        return _("{first} to {last}").format(first=begins, last=ends)
    if ends:
        return _("until {day}").format(day=ends)
    return _("from {day}").format(day=begins) if begins else _("without an end")
