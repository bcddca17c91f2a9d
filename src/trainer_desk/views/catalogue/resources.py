"""Trainers, venues and equipment in the catalogue: their columns, their fields and what the pages say (N3, C3, C5)."""

from trainer_desk.models.enums import VenueKind
from trainer_desk.services.planning.course_list import name_courses
from trainer_desk.services.planning.resource_list import (
    list_equipment,
    list_trainers,
    list_venues,
    load_equipment,
    load_trainer,
    load_venue,
    name_sites,
    name_venues,
)
from trainer_desk.services.planning.workload import WEEKS
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.absences.kinds import closures, leave, unavailable
from trainer_desk.views.catalogue.design import Design, Number, OneOf, Reference, Section, Text, Words
from trainer_desk.views.catalogue.more import together
from trainer_desk.views.catalogue.parts_note import PartsNote
from trainer_desk.views.catalogue.qualifications import QualificationsSection
from trainer_desk.views.parts.hour_bars import paint_weeks, row_of_weeks, width_of_weeks
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.session.resource_combo import Choice
from trainer_desk.views.slots.section import SubstituteSection


def trainers() -> Design:
    """Return the design of the page Trainers."""
    return Design(
        kind="trainers",
        icon="graduation-cap",
        words=Words(
            title=_("Trainers"),
            one=_("trainer"),
            new=_("New trainer"),
            search=_("Search trainers"),
            empty=_("There are no trainers yet. Add one, or import them all from a file."),
            none_retired=_("No trainer has left."),
            active=_("Active"),
            retired=_("Left"),
            retire=_("This trainer leaves"),
            bring_back=_("This trainer is back"),
        ),
        tables=(
            "resources",
            "trainers",
            "qualifications",
            "people",
            "courses",
            "sessions",
            "session_resources",
            "settings",
        ),
        columns=(
            Column("key", _("Code"), 110, fixed=True, fits=True),
            Column("name", _("Name"), 200, fixed=True, wide=True),
            Column("weekly_hours", _("Weekly hours"), 120, right=True),
            Column("booked", _("Hours in this and the coming weeks"), width_of_weeks(WEEKS), paint=paint_weeks),
            Column("courses", _("May teach"), 120, right=True),
            Column("employee_no", _("Employee number"), 140),
            Column("person", _("Person"), 160, shown=False),
        ),
        cells=_trainer_cells,
        find=list_trainers,
        load=load_trainer,
        sections=(
            Section(
                "",
                (
                    Text("name", _("Name"), required=True),
                    (Text("code", _("Code"), required=True), Number("weekly_hours", _("Weekly hours"))),
                    Text(
                        "employee_no",
                        _("Employee number"),
                        hint=_("None"),
                        note=_("Says which person of the organisation this trainer is."),
                    ),
                ),
            ),
        ),
        names={"courses": name_courses},
        more=together(QualificationsSection, leave(), SubstituteSection),
    )


def venues() -> Design:
    """Return the design of the page Venues."""
    return Design(
        kind="venues",
        icon="map-pin",
        words=Words(
            title=_("Venues"),
            one=_("venue"),
            new=_("New venue"),
            search=_("Search venues"),
            empty=_("There are no venues yet. Add one, or import them all from a file."),
            none_retired=_("No venue is out of use."),
            active=_("In use"),
            retired=_("Out of use"),
            retire=_("Take this venue out of use"),
            bring_back=_("Bring this venue back"),
        ),
        tables=("resources", "venues"),
        columns=(
            Column("key", _("Code"), 110, fixed=True, fits=True),
            Column("name", _("Name"), 170, fixed=True, wide=True),
            Column("kind", _("Kind"), 100),
            Column("capacity", _("Capacity"), 90, right=True),
            Column("occupancy_limit", _("At a time"), 90, right=True, shown=False),
            Column("part_of", _("Part of"), 110),
            Column("parts", _("Parts"), 70, right=True),
            Column("turnaround_minutes", _("Turnaround"), 110, right=True),
            Column("site", _("Site"), 120),
        ),
        cells=_venue_cells,
        find=list_venues,
        load=load_venue,
        sections=_venue_sections(),
        names={"venues": name_venues, "sites": name_sites},
        more=together(PartsNote, closures()),
    )


def equipment() -> Design:
    """Return the design of the page Equipment."""
    return Design(
        kind="equipment",
        icon="package",
        words=Words(
            title=_("Equipment"),
            one=_("piece of equipment"),
            new=_("New equipment"),
            search=_("Search equipment"),
            empty=_("There is no equipment yet. Add a piece, or import all from a file."),
            none_retired=_("No equipment is out of use."),
            active=_("In use"),
            retired=_("Out of use"),
            retire=_("Take this out of use"),
            bring_back=_("Bring this back"),
        ),
        tables=("resources",),
        columns=(
            Column("key", _("Code"), 140, fixed=True, fits=True),
            Column("name", _("Name"), 260, fixed=True, wide=True),
        ),
        cells=lambda thing: (thing.key, thing.name),
        find=list_equipment,
        load=load_equipment,
        sections=(
            Section(
                "",
                (
                    Text("name", _("Name"), required=True, hint=_("Projector 1")),
                    Text("code", _("Code"), required=True),
                ),
            ),
        ),
        more=unavailable(),
    )


def kinds() -> dict[str, str]:
    """Return the words for the kinds of venues."""
    return {
        VenueKind.ROOM.value: _("Room"),
        VenueKind.VIRTUAL.value: _("Virtual room"),
        VenueKind.BOOTH.value: _("Booth"),
        VenueKind.SITE.value: _("Site"),
    }


def _venue_sections() -> tuple[Section, ...]:
    return (
        Section(
            "",
            (
                Text("name", _("Name"), required=True),
                (
                    Text("code", _("Code"), required=True),
                    OneOf("kind", _("Kind"), choices=tuple(Choice(key, word) for key, word in kinds().items())),
                ),
                Text("site", _("Site"), of="sites", hint=_("None")),
            ),
        ),
        Section(
            _("Room"),
            (
                (
                    Number("capacity", _("Capacity"), empty=_("No limit")),
                    Number("turnaround_minutes", _("Turnaround"), unit=_("minutes")),
                ),
                Reference(
                    "part_of",
                    _("Part of"),
                    of="venues",
                    hint=_("None"),
                    note=_("Who books the whole takes all its parts, and the other way round."),
                ),
            ),
        ),
        Section(
            _("Check-in"),
            (
                Number("occupancy_limit", _("People at a time"), empty=_("No limit")),
                Number(
                    "presence_seconds",
                    _("Checked out without a sign after"),
                    unit=_("seconds"),
                    empty=_("By kind"),
                    note=_("Empty: 90 seconds in virtual rooms, never elsewhere."),
                ),
            ),
        ),
    )


def _trainer_cells(thing: Thing) -> tuple[str, ...]:
    values, notes = thing.values, thing.notes
    return (
        thing.key,
        thing.name,
        "" if values["weekly_hours"] is None else _("{n} h").format(n=values["weekly_hours"]),
        row_of_weeks(notes["weeks"], notes["norm"]),
        plural("{n} course", "{n} courses", notes["courses"]),
        values["employee_no"] or "",
        notes["person"],
    )


def _venue_cells(thing: Thing) -> tuple[str, ...]:
    values = thing.values
    minutes = values["turnaround_minutes"]
    return (
        thing.key,
        thing.name,
        kinds()[values["kind"]],
        _number(values["capacity"]),
        _number(values["occupancy_limit"]),
        values["part_of"] or "",
        _number(thing.notes["parts"] or None),
        _("{n} min").format(n=minutes) if minutes else "",
        values["site"],
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
