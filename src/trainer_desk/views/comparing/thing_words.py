"""The side-by-side of a thing of the catalogue, or of the settings: each field by its design; pure."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.catalogue import Named, Thing
from trainer_desk.texts.comparing import plain_value_text, title_text
from trainer_desk.texts.formats import weekday_name
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Colour, FieldDesign, Number, OneOf, Reference, Section, Weekdays
from trainer_desk.views.comparing.words import Told

Names = Mapping[str, Sequence[Named]]


def told_thing(thing: Thing, sections: Sequence[Section], names: Names, zone: ZoneInfo) -> Told:
    """Return how a thing and its fields are said."""
    designs = {design.name: design for section in sections for design in section.flat()}
    name = thing.name[:1].upper() + thing.name[1:]
    return Told(name, zone, partial(_title, designs), partial(_value, designs, names))


def stored_thing(thing: Thing) -> dict[str, Any]:
    """Return all that can be changed of a thing as it is stored; whether it is in use as well."""
    return {**thing.values, "active": thing.active}


def _title(designs: Mapping[str, FieldDesign], group: str) -> str:
    if group == "active":
        return _("In use")
    return designs[group].title if group in designs else title_text(group)


def _value(designs: Mapping[str, FieldDesign], names: Names, group: str, values: Mapping[str, Any]) -> str:
    design = designs.get(group)
    said = [_one(design, names, values[name]) for name in values]
    return ", ".join(said)


def _one(design: FieldDesign | None, names: Names, value: Any) -> str:
    if value in (None, "", (), []):
        return design.empty if isinstance(design, Number) and design.empty else _("nothing")
    if isinstance(design, OneOf):
        return next((choice.text for choice in design.choices if choice.value == value), str(value))
    if isinstance(design, Reference):
        known = {each.code: each.name for each in names.get(design.of, ())}
        return known.get(value, str(value))
    if isinstance(design, Weekdays):
        return ", ".join(weekday_name(day) for day in sorted(value))
    if isinstance(design, Colour):
        return _("colour {n}").format(n=int(value) + 1)
    return plain_value_text(value)
