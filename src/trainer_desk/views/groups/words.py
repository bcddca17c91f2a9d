"""The sentences of the sheet of groups: what it is about, what was done, and who stays where they were; pure."""

from collections.abc import Sequence

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.times import local
from trainer_desk.texts import day_text, people_text, span_text, state_word
from trainer_desk.texts.facts import shown
from trainer_desk.texts.groups import group_outcome_text, places_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.groups.facts import GroupFacts
from trainer_desk.views.picker.words import title_of

TOLD = 3
"""Refusals that are told one by one; of more, the first are enough."""


def subtitle_of(facts: GroupFacts, directory: Directory) -> str:
    """Return `Fire Warden · Tue 24 Nov 2026 · 13:30–16:30 · 14 people, 3 without a group`."""
    card, zone = facts.card, directory.settings.zone
    parts = [title_of(card, directory)]
    if card.starts_at is not None and card.ends_at is not None:
        parts.append(day_text(local(card.starts_at, zone).date(), year=True))
        parts.append(span_text(card.starts_at, card.ends_at, zone))
    left = len(facts.without_group())
    people = people_text(len(facts.people))
    parts.append(_("{people}, {left} without a group").format(people=people, left=left) if left else people)
    return " · ".join(parts)


def fill_of(group: GroupRow) -> tuple[str, str, str]:
    """Return words, icon and tone of how full a group is: shape and word, never colour alone."""
    free = available(group.capacity, len(group.members))
    if free is None:
        return places_text(None), "users", "muted"
    return (places_text(0), "ban", "danger") if free == 0 else (places_text(free), "circle-check", "ok")


def choice_of(group: GroupRow) -> str:
    """Return what a menu says of a group: `Red — 2 places left`."""
    return f"{group.name} — {fill_of(group)[0]}"


def closed_text(facts: GroupFacts) -> str:
    """Return why nothing can be changed any more."""
    return _("The session is {state}; its groups stay as they are.").format(state=state_word(facts.card.status).lower())


def chosen_text(count: int) -> str:
    """Return what is chosen, or how one goes about it."""
    if not count:
        return _("Choose people, then press the number of a group; 0 takes them out.")
    return plural("{n} person chosen", "{n} people chosen", count)


def put_text(outcomes: Sequence[GroupOutcome], group: str) -> str:
    """Return what was done, for screen readers: `2 people put into Red.`; empty if nothing was."""
    count = sum(not outcome.is_refused for outcome in outcomes)
    return _("{people} put into {group}.").format(people=people_text(count), group=group) if count else ""


def stay_text(outcomes: Sequence[GroupOutcome], facts: GroupFacts, group: str) -> str:
    """Return who was not put into the group and why: `Group full (6/6). Ann and 2 more were not put into Red.`"""
    full = [outcome for outcome in outcomes if outcome.code == "group_full"]
    others = [outcome for outcome in outcomes if outcome.is_refused and outcome not in full]
    parts = []
    if full:
        first = facts.people.get(full[0].person_id)
        name, more = first.name if first else full[0].employee_no, len(full) - 1
        who = plural("{{name}} and {n} more were", "{{name}} and {n} more were", more) if more else _("{name} was")
        stay = _("{who} not put into {group}.").format(who=who.format(name=shown(name)), group=shown(group))
        parts += [group_outcome_text(full[0]), stay]
    parts += dict.fromkeys(group_outcome_text(outcome) for outcome in others[:TOLD])
    return " ".join(parts)


def spread_text(outcomes: Sequence[GroupOutcome]) -> tuple[str, str]:
    """Return what spreading brought about, and its tone."""
    left = [outcome for outcome in outcomes if outcome.is_refused]
    placed = len(outcomes) - len(left)
    if not outcomes:
        return _("Everybody is in a group."), "muted"
    done = plural("{n} person was put into a group.", "{n} people were put into groups.", placed)
    if not left:
        return done, "ok"
    rest = plural("{n} person is left over.", "{n} people are left over.", len(left))
    return " ".join([*([done] if placed else []), rest, group_outcome_text(left[0])]), "warn"


def removed_text(group: GroupRow) -> str:
    """Return what became of a group that was removed, and of its people."""
    said = _("{group} was removed.").format(group=shown(group.name))
    count = len(group.members)
    if not count:
        return said
    rest = plural("{n} person is without a group now.", "{n} people are without a group now.", count)
    return f"{said} {rest}"


def next_name(facts: GroupFacts) -> str:
    """Return a name that no group of the session has: `Group 3`."""
    taken = {group.name.casefold() for group in facts.groups}
    numbers = range(len(facts.groups) + 1, 2 * len(facts.groups) + 2)
    names = (_("Group {n}").format(n=number) for number in numbers)
    return next(name for name in names if name.casefold() not in taken)
