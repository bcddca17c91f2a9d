"""What the schedule says after a change: short sentences in the past tense, and refusals with their way out."""

from collections.abc import Mapping, Sequence

from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import error_text, findings_text, fix_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.requests import PlaceRequest


def named(ids: Sequence[int], title: str, one: str, many: str) -> str:
    """Return `one` with the title for a single session, else `many` with the number."""
    return one.format(title=title) if len(ids) == 1 else many.format(n=len(ids))


def placed(card: SessionCard, directory: Directory, *, copy: bool, was_dated: bool) -> str:
    """Return `Fire Warden moved to Tue 24 Nov · 13:30–16:30.`."""
    facts = {"title": words.title_of(card, directory), "when": words.when(card, directory)}
    if copy:
        return _("{title} copied as a draft to {when}.").format(**facts)
    if not was_dated:
        return _("{title} placed on {when}.").format(**facts)
    return _("{title} moved to {when}.").format(**facts)


def dropped(card: SessionCard, request: PlaceRequest, directory: Directory) -> str:
    """Return what a drop did: `Equipment of First Aid: CPR dummy 2.`, else where the session is now."""
    after = request.applied(card)
    if _only_equipment(card, request):
        facts = {"title": words.title_of(card, directory), "names": words.equipment_of(after, directory)}
        return _("Equipment of {title}: {names}.").format(**facts)
    return placed(after, directory, copy=request.copy, was_dated=card.starts_at is not None)


def drop_label(card: SessionCard, request: PlaceRequest) -> str:
    """Return the name of a drop in the list of undo, for a `title`."""
    if request.copy:
        return _("Copy {title}")
    return _("Change the equipment of {title}") if _only_equipment(card, request) else _("Move {title}")


def _only_equipment(card: SessionCard, request: PlaceRequest) -> bool:
    stays = (request.starts_at, request.ends_at) == (card.starts_at, card.ends_at)
    return not request.copy and stays and request.applied(card).equipment_ids != card.equipment_ids


def edit_label(fields: Mapping[str, object], title: str) -> str:
    """Return the name of an edit in the list of undo: `Change the trainer of Fire Warden`."""
    if "trainer_id" in fields:
        return _("Change the trainer of {title}").format(title=title)
    if "venue_id" in fields:
        return _("Change the venue of {title}").format(title=title)
    return _("Move {title}").format(title=title)


def edited(before: SessionCard, after: SessionCard, directory: Directory) -> str:
    """Return what an edit in a list did: `Trainer of Fire Warden: John Smith.`, or where it was moved."""
    facts = {"title": words.title_of(after, directory)}
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        if after.starts_at is None or after.ends_at is None:
            return _("{title} has no date any more; it waits among the drafts.").format(**facts)
        return placed(after, directory, copy=False, was_dated=before.starts_at is not None)
    if before.trainer_id != after.trainer_id:
        name = words.trainer_name(after.trainer_id, directory)
        return _("Trainer of {title}: {name}.").format(name=name, **facts)
    return _("Venue of {title}: {name}.").format(name=words.venue_name(after.venue_id, directory), **facts)


def refused(error: DeskError, title: str, verb: str, directory: Directory) -> str:
    """Return what did not happen, why, and the first way out."""
    error.facts.setdefault("title", title)
    error.facts.setdefault("verb", verb)
    said = error_text(error, directory.settings.zone)
    way_out = first_way_out(error.findings, directory)
    return f"{said} {way_out}".strip()


def drop_refused(findings: Sequence[Finding], title: str, directory: Directory) -> str:
    """Return why a session sprang back: the first reason, how many more there are, and a way out."""
    zone = directory.settings.zone
    said = [_("{title} was not moved.").format(title=title), findings_text(findings[:1], zone)]
    if len(findings) > 1:
        said.append(plural("There is {n} more reason.", "There are {n} more reasons.", len(findings) - 1))
    return " ".join([*said, first_way_out(findings, directory)]).strip()


def first_way_out(findings: Sequence[Finding], directory: Directory) -> str:
    """Return the words of the first way out that is more than filling in the field."""
    fixes = (fix for finding in findings for fix in finding.fixes if fix.code != "set_field")
    return next((said for fix in fixes if (said := fix_text(fix, directory.settings.zone))), "")


def first_fix(findings: Sequence[Finding]) -> Fix | None:
    """Return the first way out that a button can carry out."""
    known = ("use_trainer", "use_venue", "free_from")
    return next((fix for finding in findings for fix in finding.fixes if fix.code in known), None)


def fix_word(fix: Fix) -> str:
    """Return the verb of the button that takes a way out."""
    if fix.code == "free_from":
        return _("Move there")
    return _("Use {name}").format(name=fix.facts.get("name", ""))


def like_piece(findings: Sequence[Finding], card: SessionCard) -> Fix | None:
    """Return the way out of equipment that is in use: a free piece of its kind, other than those of the session."""
    fixes = (fix for finding in findings for fix in finding.fixes if fix.code == "use_equipment")
    return next((fix for fix in fixes if fix.facts["id"] not in card.equipment_ids), None)


def batch_refused(refusals: Sequence[tuple[int, DeskError]], done: int, verb: str) -> str:
    """Return `4 sessions scheduled, 2 not.`."""
    head = plural("{n} session", "{n} sessions", done)
    return _("{head} {verb}, {n} not.").format(head=head, verb=verb, n=len(refusals))
