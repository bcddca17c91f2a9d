"""The choices of trainers, venues and equipment, each with its hours or seats and what speaks against it; pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from trainer_desk.services.rows.directory import Directory, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.load import LoadMinutes, hours_text
from trainer_desk.texts import load_line
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.session.resource_combo import Choice

NO_LOAD = LoadMinutes()


class Known(Protocol):
    """What the choices are made of: the panel's facts, or a row of a list."""

    @property
    def card(self) -> SessionCard:
        """The session."""

    @property
    def directory(self) -> Directory:
        """All names."""

    @property
    def loads(self) -> Mapping[int, LoadMinutes]:
        """Minutes of the session's week by trainer."""

    @property
    def judged_on(self) -> dt.date:
        """The day on which trainers are judged."""


def trainer_choices(facts: Known, *, by_load: bool, without: tuple[int, ...] = ()) -> list[Choice]:
    """Return the trainers with their hours of the session's week (L1), those who may not teach it marked in words.

    Whoever has left is offered only where the session still names them.
    """
    named = facts.card.trainer_ids
    rows = [row for row in facts.directory.trainers.values() if (row.active or row.id in named)]
    offered = [row for row in rows if row.id not in without]
    order = {row.id: place for place, row in enumerate(offered)}
    if by_load:
        offered.sort(key=lambda row: (facts.loads.get(row.id, NO_LOAD).booked, order[row.id]))
    return [_trainer_choice(row, facts) for row in offered]


def venue_choices(facts: Known) -> list[Choice]:
    """Return the venues with their seats: `Training Room A · 20 seats`; parts name their whole."""
    rows = facts.directory.venues.values()
    return [_venue_choice(row, facts) for row in rows if row.active or row.id == facts.card.venue_id]


def equipment_choices(facts: Known, *, without: tuple[int, ...] = ()) -> list[Choice]:
    """Return the equipment by name with its code; what is no longer in use is not offered."""
    rows = facts.directory.equipment.values()
    return [Choice(row.id, row.name, row.code) for row in rows if row.active and row.id not in without]


def venue_text(venue: VenueRow) -> str:
    """Return `Training Room A · 20 seats`, or the name alone where nobody counted them."""
    if venue.capacity is None:
        return venue.name
    return f"{venue.name} · " + plural("{n} seat", "{n} seats", venue.capacity)


def _trainer_choice(row: TrainerRow, facts: Known) -> Choice:
    load = facts.loads.get(row.id, NO_LOAD)
    delivered = _("{hours} delivered").format(hours=hours_text(load.delivered)) if load.delivered else ""
    text = load_line(row.name, load.booked)
    if not row.active:
        return Choice(row.id, text, _("Has left"), "ban", "danger")
    if not facts.directory.is_qualified(row.id, facts.card.course_id, facts.judged_on):
        side = _("Not qualified") + (f" · {delivered}" if delivered else "")
        return Choice(row.id, text, side, "triangle-alert", "warn")
    return Choice(row.id, text, delivered)


def _venue_choice(row: VenueRow, facts: Known) -> Choice:
    whole = None if row.part_of_id is None else facts.directory.venues.get(row.part_of_id)
    side = _("part of {name}").format(name=whole.name) if whole else ""
    if not row.active:
        return Choice(row.id, venue_text(row), _("No longer in use"), "ban", "danger")
    if row.capacity is not None and row.capacity < facts.card.seats_taken:
        return Choice(row.id, venue_text(row), _("Too small"), "triangle-alert", "warn")
    return Choice(row.id, venue_text(row), side)
