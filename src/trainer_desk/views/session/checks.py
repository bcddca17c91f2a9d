"""The checklist before scheduling: what must hold, as findings that are there or not; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.session.verdicts import group_of, is_hard

ORDER = ("course", "when", "trainer", "co_trainers", "venue", "equipment", "capacity")
"""In which order failing groups are gone to."""
WAYS = ("use_venue", "use_trainer", "use_equipment")
SPAN = ("end_before_start", "too_long")


class Mark(Enum):
    """How an item stands: `OPEN` cannot be judged yet."""

    DONE = "done"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist and the group of the panel where it is put right."""

    text: str
    mark: Mark
    group: str


def checklist(card: SessionCard, findings: Sequence[Finding]) -> list[Item]:
    """Return the lines for a draft; `findings` are those of the session as it stands (S2)."""
    hard = [finding for finding in findings if is_hard(finding)]
    missing = [finding for finding in hard if finding.code.startswith("missing_") or finding.code in SPAN]
    is_dated = card.starts_at is not None and card.ends_at is not None
    about_trainers = [finding for finding in hard if group_of(finding) in ("trainer", "co_trainers")]
    about_venue = [finding for finding in hard if group_of(finding) == "venue" and finding not in missing]
    skilled = [finding for finding in about_trainers if finding.code == "trainer_not_qualified"]
    busy = [finding for finding in about_trainers if finding not in (*skilled, *missing)]
    has_trainer, has_venue = card.trainer_id is not None, card.venue_id is not None
    items = [
        Item(_("Trainer, venue and time are set"), _mark(missing, known=True), _first(missing, "when")),
        Item(_("Trainer is qualified"), _mark(skilled, known=has_trainer), _first(skilled, "trainer")),
        Item(_("Trainer is free"), _mark(busy, known=has_trainer and is_dated), _first(busy, "trainer")),
        Item(_("Venue is free"), _mark(about_venue, known=has_venue and is_dated), "venue"),
    ]
    told = (*missing, *about_trainers, *about_venue)
    others = [finding for finding in hard if finding not in told]
    if others:
        items.append(Item(_("Nothing else stands in the way"), Mark.FAILS, _first(others, "when")))
    return items


def first_failing(findings: Sequence[Finding]) -> str | None:
    """Return the group to go to first, None when nothing refuses."""
    groups = {group_of(finding) for finding in findings if is_hard(finding)}
    return next((group for group in ORDER if group in groups), next(iter(groups), None))


def nearest_way_out(findings: Sequence[Finding]) -> Fix | None:
    """Return the first trainer, venue or equipment that could be taken instead, for the button beside Schedule."""
    hard = [finding for finding in findings if is_hard(finding)]
    fixes = [fix for finding in hard for fix in finding.fixes if fix.code in WAYS]
    return fixes[0] if fixes else None


def _mark(failing: Sequence[Finding], *, known: bool) -> Mark:
    if failing:
        return Mark.FAILS
    return Mark.DONE if known else Mark.OPEN


def _first(failing: Sequence[Finding], otherwise: str) -> str:
    return first_failing(failing) or otherwise
