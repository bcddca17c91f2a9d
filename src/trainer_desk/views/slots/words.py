"""The words of free times and substitutes in the window."""

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.slots import Slot
from trainer_desk.services.rows.substitutes import StandIns, Substituted
from trainer_desk.texts import day_text, error_text, load_line, span_text
from trainer_desk.texts.translate import _, plural


def slot_when(slot: Slot, directory: Directory) -> str:
    """Return `Tue 24 Nov · 09:00–12:00`."""
    zone = directory.settings.zone
    span = span_text(slot.starts_at, slot.ends_at, zone)
    return span if " – " in span else f"{day_text(slot.starts_at.astimezone(zone).date())} · {span}"


def slot_who(slot: Slot) -> str:
    """Return `Ann · Room A`."""
    return f"{slot.trainer_name} · {slot.venue_name}"


def slot_text(slot: Slot, directory: Directory) -> str:
    """Return `Tue 24 Nov · 09:00–12:00 · Ann · Room A`."""
    return f"{slot_when(slot, directory)} · {slot_who(slot)}"


def substitute_text(one: Substitute) -> str:
    """Return `Ann (4h booked this week)`."""
    return load_line(one.name, one.booked_minutes or 0)


def summary(found: StandIns, chosen: int) -> str:
    """Return how many of the sessions get somebody else."""
    if not found.sessions:
        return _("{name} has no coming session in this time.").format(name=found.name)
    counted = plural("{n} session", "{n} sessions", len(found.sessions))
    if chosen == len(found.sessions):
        return _("{counted}, each with somebody who steps in.").format(counted=counted)
    return _("{counted}; {n} with somebody who steps in.").format(counted=counted, n=chosen)


def done(name: str, became: Substituted, directory: Directory) -> str:
    """Return what became of it, with the first reason where something was left as it was."""
    said = plural("{n} session", "{n} sessions", len(became.done))
    told = _("{name} is replaced in {sessions}.").format(name=name, sessions=said)
    if not became.refused:
        return told
    ref, error = became.refused[0]
    left = plural("{n} was left as it was", "{n} were left as they were", len(became.refused))
    why = error_text(error, directory.settings.zone)
    return _("{told} {left}: {ref}: {why}").format(told=told, left=left, ref=ref, why=why)
