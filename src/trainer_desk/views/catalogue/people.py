"""People in the catalogue: their columns, their fields and what the page says of them (N3)."""

from trainer_desk.services.orchestration.training import record_with_files
from trainer_desk.services.people.people_list import (
    list_people,
    load_person,
    name_departments,
    name_job_roles,
    name_sites,
)
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.texts import date_text
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.contact import ContactSection
from trainer_desk.views.catalogue.design import Day, Design, Section, Text, Words
from trainer_desk.views.catalogue.more import together
from trainer_desk.views.parts.row_model import Column, Mark
from trainer_desk.views.records.section import RecordsSection

RECORD = "record"
"""The deed that records a training for the people chosen."""


def people() -> Design:
    """Return the design of the page People."""
    return Design(
        kind="people",
        icon="users",
        words=_words(),
        tables=("people", "contacts", "requirements", "attestations", "training_records", "courses"),
        columns=_columns(),
        cells=_cells,
        find=list_people,
        load=load_person,
        sections=_sections(),
        names={"departments": name_departments, "sites": name_sites, "job_roles": name_job_roles},
        chosen=(
            ("department", _("Department"), "departments"),
            ("site", _("Site"), "sites"),
            ("job_role", _("Job role"), "job_roles"),
        ),
        deeds=((RECORD, _("Record training…"), record_with_files),),
        more=together(RecordsSection, ContactSection),
    )


def _words() -> Words:
    return Words(
        title=_("People"),
        one=_("person"),
        new=_("New person"),
        search=_("Search name, number, department"),
        empty=_("There are no people yet. Add somebody, or import everybody from a file."),
        none_retired=_("Nobody has left."),
        active=_("Active"),
        retired=_("Left"),
        retire=_("This person leaves"),
        bring_back=_("This person is back"),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Name"), 180, fixed=True, wide=True),
        Column("key", _("Number"), 100, fixed=True),
        Column("department", _("Department"), 130),
        Column("site", _("Site"), 110),
        Column("job_role", _("Job role"), 130),
        Column("red", _("Not compliant"), 120, sortable=False, mark=_red),
        Column("expiring", _("Expiring"), 90, sortable=False, mark=_expiring),
        Column("manager", _("Manager"), 150, sortable=False, shown=False),
        Column("intake_on", _("Intake"), 110, sortable=False, shown=False),
        Column("email", _("Email"), 180, sortable=False, shown=False),
        Column("phone", _("Phone"), 130, sortable=False, shown=False),
    )


def _red(text: str) -> Mark | None:
    return ("octagon-alert", "danger") if text else None


def _expiring(text: str) -> Mark | None:
    return ("clock", "expiring") if text else None


def _cells(thing: Thing) -> tuple[str, ...]:
    values, notes = thing.values, thing.notes
    return (
        thing.name,
        thing.key,
        values["department"],
        values["site"],
        values["job_role"],
        str(notes["red"] or ""),
        str(notes["expiring"] or ""),
        notes["manager"] or values["manager_no"] or "",
        date_text(values["intake_on"]) if values["intake_on"] else "",
        values["email"] or "",
        values["phone"] or "",
    )


def _sections() -> tuple[Section, ...]:
    return (
        Section(
            "",
            (
                Text("name", _("Name"), required=True),
                Text("employee_no", _("Employee number"), required=True),
            ),
        ),
        Section(
            _("Place"),
            (
                Text("department", _("Department"), of="departments", hint=_("None")),
                Text("site", _("Site"), of="sites", hint=_("None")),
                Text("job_role", _("Job role"), of="job_roles", hint=_("None")),
                Text("manager_no", _("Manager's employee number"), hint=_("None"), told_by="manager"),
            ),
        ),
        Section(
            _("Reaching them"),
            (
                Text("email", _("Email"), hint=_("None")),
                Text("phone", _("Phone"), hint=_("None")),
            ),
        ),
        Section(
            _("Intake"),
            (Day("intake_on", _("Last intake on"), note=_("Courses that need an intake ask for this day.")),),
        ),
    )
