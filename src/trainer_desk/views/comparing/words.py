"""What the side-by-side says: whose value, what goes together, and what a click on Save comes to; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.comparing import Comparison, Difference, FieldChange, Side
from trainer_desk.texts import time_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.editing.pending import Pending

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """How a thing and its fields are said: its `name`, a group's `title`, and the `value` of the fields of a group."""

    name: str
    zone: ZoneInfo
    title: Callable[[str], str]
    value: Callable[[str, Mapping[str, Any]], str]


def heading(told: Told) -> str:
    """Return the title of the sheet."""
    return _("{name} was changed meanwhile").format(name=told.name)


def lead(found: Comparison, told: Told) -> str:
    """Return who saved before me, and that mine is not saved yet."""
    said = _("Somebody else saved before you.")
    if found.by and found.at:
        clock = time_text(found.at.replace(second=0), told.zone)
        said = _("{by} saved at {clock}, before you.").format(by=found.by, clock=clock)
    count = len(found.contested)
    if not count:
        return said + " " + _("You both changed different things, so both can stand.")
    asked = plural("You both changed one thing. Choose which one stands.", _both_changed(), count)
    return f"{said} {asked}"


def whose(found: Comparison, one: Difference, side: Side, told: Told) -> str:
    """Return `Yours`, or who left the other value and when."""
    if side is Side.MINE:
        return _("Yours")
    changes = [found.changes[name] for name in one.theirs if name in found.changes]
    last = max(changes, key=lambda change: change.at, default=None)
    who = _who(last.by, last.at, told) if last else _who(found.by, found.at, told)
    return who or _("Theirs")


def before(one: Difference, told: Told) -> str:
    """Return what stood there when both began."""
    return _("Before: {value}").format(value=told.value(one.group, one.base))


def beside(found: Comparison, one: Difference, told: Told) -> str:
    """Return a change that is in nobody's way: `Capacity: 20 → 16 · Yours`."""
    side = one.side or Side.MINE
    after = one.mine if side is Side.MINE else one.theirs
    facts = {
        "field": told.title(one.group),
        "before": told.value(one.group, one.base),
        "after": told.value(one.group, after),
        "who": whose(found, one, side, told),
    }
    return _("{field}: {before} → {after} · {who}").format(**facts)


def save(found: Comparison) -> str:
    """Return what the button says."""
    return _("Save what is chosen") if found.contested else _("Save yours too")


def meanwhile_text(name: str, fields: str, changes: Mapping[str, FieldChange]) -> str:
    """Return that somebody saved while something is being typed: by whom, where the journal tells."""
    names = sorted({change.by for change in changes.values()})
    who = _(" and ").join(names) if 0 < len(names) < MOST_NAMES else _("Somebody else")
    said = _("{who} changed {fields} of {name} meanwhile. What you are typing is kept; when you save it, you choose.")
    return said.format(who=who, fields=fields, name=name)


def gone_text(told: Told, pending: Pending) -> str:
    """Return what was typed and cannot be saved, because the thing went into the trash; empty if nothing was."""
    typed = [
        f"{told.title(group)}: {told.value(group, entry.values)}"
        for group, entry in pending.entries.items()
        if entry.values is not None
    ]
    if not typed:
        return ""
    said = _("{name} was moved to the trash meanwhile. Not saved: {typed}. Restore it there to go on.")
    return said.format(name=told.name, typed="; ".join(typed))


def _both_changed() -> str:
    return _("You both changed {n} things. Choose which ones stand.")


def _who(by: str | None, at: Any, told: Told) -> str:
    if not by:
        return ""
    return _("{by} at {clock}").format(by=by, clock=time_text(at.replace(second=0), told.zone)) if at else by
