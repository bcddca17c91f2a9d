"""Courses in the catalogue: their columns, their fields and what the page says of them (N3)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy
from trainer_desk.services.planning.course_list import list_courses, load_course, name_categories, name_courses
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.texts import length_text, moment_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.catalogue.checklist import ChecklistSection
from trainer_desk.views.catalogue.design import (
    Colour,
    Design,
    Flag,
    Number,
    OneOf,
    Prose,
    Reference,
    Section,
    Text,
    Words,
)
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.session.resource_combo import Choice


def courses() -> Design:
    """Return the design of the page Courses."""
    return Design(
        kind="courses",
        icon="book-open",
        words=_words(),
        tables=("courses", "categories", "checklist_items", "sessions", "enrollments", "seat_holds"),
        columns=_columns(),
        cells=_cells,
        find=list_courses,
        load=load_course,
        sections=_sections(),
        names={"courses": name_courses, "categories": name_categories},
        exports=True,
        more=ChecklistSection,
    )


def _words() -> Words:
    return Words(
        title=_("Courses"),
        one=_("course"),
        new=_("New course"),
        search=_("Search courses"),
        empty=_("There are no courses yet. Add one, or import them all from a file."),
        none_retired=_("No course is retired."),
        active=_("In use"),
        retired=_("Retired"),
        retire=_("Retire this course"),
        bring_back=_("Bring this course back"),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", _("Code"), 110, fixed=True, fits=True),
        Column("name", _("Title"), 160, fixed=True, wide=True),
        Column("short_code", _("Short code"), 90, shown=False),
        Column("category", _("Category"), 110),
        Column("duration_minutes", _("Duration"), 104, right=True),
        Column("validity_months", _("Valid for"), 92, right=True),
        Column("default_capacity", _("Capacity"), 80, right=True, shown=False),
        Column("minimum", _("Minimum"), 80, right=True, shown=False),
        Column("bookable", _("With places"), 98, right=True),
        Column("next_at", _("Next date"), 150, fits=True),
        Column("prerequisite", _("Prerequisite"), 104),
        Column("renews", _("Renews"), 110, shown=False),
        Column("sign_up", _("Sign-up"), 80, shown=False),
    )


def _cells(thing: Thing) -> tuple[str, ...]:
    values = thing.values
    months = values["validity_months"]
    return (
        thing.key,
        thing.name,
        values["short_code"],
        values["category"],
        length_text(values["duration_minutes"]),
        plural("{n} month", "{n} months", months) if months else _("for ever"),
        _number(values["default_capacity"]),
        _number(values["minimum"]),
        _number(values.get("bookable")),
        _moment(values.get("next_at")),
        values["prerequisite"] or "",
        values["renews"] or "",
        _("open") if values["sign_up"] else "",
    )


def _moment(value: datetime | None) -> str:
    """Return a moment of the organisation's clock."""
    return "" if value is None else moment_text(value, ZoneInfo(str(value.tzinfo)), year=True)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _sections() -> tuple[Section, ...]:
    return (
        Section(
            "",
            (
                Text("title", _("Title"), required=True),
                (
                    Text("code", _("Code"), required=True),
                    Text("short_code", _("Short code"), hint=_("For narrow blocks")),
                ),
                Text("category", _("Category"), of="categories", hint=_("None")),
                Colour("hue", _("Colour of the category")),
                Prose("description", _("Description"), hint=_("For those who attend")),
            ),
        ),
        Section(
            _("Sessions"),
            (
                Number("duration_minutes", _("Duration"), unit=_("minutes")),
                (
                    Number("default_capacity", _("Capacity"), empty=_("No limit")),
                    Number("minimum", _("Minimum"), empty=_("None")),
                ),
                OneOf("overlap_policy", _("Two seats at one time"), choices=_overlaps()),
                Flag("requires_intake", _("Needs an intake on file")),
                Flag("requires_result", _("Needs a result to be completed")),
                Flag("sign_up", _("People may sign up themselves")),
            ),
        ),
        Section(
            _("Validity"),
            (
                (
                    Number("validity_months", _("Valid for"), unit=_("months"), empty=_("For ever")),
                    Number("expiring_days", _("Expiring soon"), unit=_("days")),
                ),
                Reference("prerequisite", _("Prerequisite"), of="courses", hint=_("None")),
                OneOf("prerequisite_policy", _("Without the prerequisite"), choices=_policies()),
                Reference(
                    "renews",
                    _("Renews"),
                    of="courses",
                    hint=_("None"),
                    note=_("Completing this course renews the other one as well."),
                ),
            ),
        ),
    )


def _overlaps() -> tuple[Choice, ...]:
    return (
        Choice(OverlapPolicy.WARN.value, _("Warn"), _("They can be enrolled all the same")),
        Choice(OverlapPolicy.BLOCK.value, _("Refuse"), _("They cannot be enrolled")),
        Choice(OverlapPolicy.IGNORE.value, _("Say nothing"), _("They may sit in both")),
    )


def _policies() -> tuple[Choice, ...]:
    return (
        Choice(PrerequisitePolicy.BLOCK.value, _("Refuse"), _("They cannot be enrolled")),
        Choice(PrerequisitePolicy.WARN.value, _("Warn"), _("They can be enrolled all the same")),
    )
