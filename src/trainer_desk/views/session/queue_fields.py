"""Waitlist, its order, and the run of the session: choices in words, saved like every other field (K5, K8)."""

from collections.abc import Sequence

from trainer_desk.models.enums import WaitlistMode, WaitlistOrder
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.session.resources import ComboField

NARROW = 4
"""Characters that two of these side by side need at least; the list itself is as wide as its texts."""


class WaitlistField(ComboField):
    """What a freed seat does for those who wait."""

    def __init__(self) -> None:
        super().__init__("waitlist", _("Waitlist"), ResourceCombo(_("Waitlist"), optional=False))
        self.combo.offer(
            [
                Choice(WaitlistMode.OFF.value, _("Off"), _("Full is full")),
                Choice(WaitlistMode.ENROL.value, _("Enrol the next"), _("A freed seat is theirs at once")),
                Choice(WaitlistMode.OFFER.value, _("Offer the seat"), _("They are asked first")),
            ]
        )
        self.combo.setMinimumContentsLength(NARROW)
        self.combo.chosen.connect(lambda mode: self.tell({"waitlist": mode}))
        self.body.addWidget(self.combo)

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored."""
        super().show_facts(facts)
        self.combo.set_value(facts.detail.waitlist)


class OrderField(ComboField):
    """Who comes next; hidden while nobody waits and nobody can."""

    def __init__(self) -> None:
        super().__init__("waitlist_order", _("Who comes next"), ResourceCombo(_("Who comes next"), optional=False))
        self.combo.offer(
            [
                Choice(WaitlistOrder.JOINED.value, _("Joined first")),
                Choice(WaitlistOrder.URGENT.value, _("Most urgent"), _("By compliance on the day")),
            ]
        )
        self.combo.setMinimumContentsLength(NARROW)
        self.combo.chosen.connect(lambda order: self.tell({"waitlist_order": order}))
        self.body.addWidget(self.combo)

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored."""
        super().show_facts(facts)
        self.combo.set_value(facts.detail.waitlist_order)
        self.setVisible(facts.detail.waitlist != WaitlistMode.OFF.value or bool(facts.card.waiting))


class RunField(ComboField):
    """The run; it stays as it is while people have a seat, because they count in it. Hidden where there is no run."""

    def __init__(self) -> None:
        super().__init__("run", _("Run"), ResourceCombo(_("Run"), hint=_("No run")))
        self.combo.chosen.connect(lambda run_id: self.tell({"run_id": run_id}))
        self.reason = PlainLabel(
            _("The run stays as it is while people have a seat: they count in it."), "small", tone="muted", wrap=True
        )
        self.body.addWidget(self.combo)
        self.body.addWidget(self.reason)

    def refresh(self, facts: Facts) -> None:
        """Take over runs and their people without touching the choice."""
        super().refresh(facts)
        self.combo.offer(run_choices(facts))
        self.reason.setVisible(self._is_frozen(facts))
        self.setVisible(bool(run_choices(facts)))

    def show_facts(self, facts: Facts) -> None:
        """Show the stored run."""
        self.refresh(facts)
        self.combo.set_value(facts.card.run_id)

    def set_editable(self, editable: bool) -> None:
        """Let the run be changed only while nobody has a seat."""
        self.combo.setEnabled(editable and self.facts is not None and not self._is_frozen(self.facts))
        if not editable:
            self.reason.hide()

    def _is_frozen(self, facts: Facts) -> bool:
        return facts.card.seats_taken > facts.card.held


def run_choices(facts: Facts) -> Sequence[Choice]:
    """Return the runs of the course, and the session's own whatever its course, each with its people."""
    card = facts.card
    runs = [run for run in facts.directory.runs.values() if run.course_id == card.course_id or run.id == card.run_id]
    return [Choice(run.id, f"{run.name} · {run.code}", _people(run.people_taken, run.max_people)) for run in runs]


def _people(taken: int, limit: int | None) -> str:
    if limit is None:
        return people_text(taken)
    return _("{taken} of {limit} people").format(taken=taken, limit=limit)
