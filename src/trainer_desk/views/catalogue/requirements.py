"""Requirements in the catalogue: who must hold which course, and who is exempt, in words (N1)."""

from trainer_desk.services.orchestration.requiring import (
    change_requirement,
    create_requirement,
    delete_requirement,
)
from trainer_desk.services.people.people_list import name_departments, name_job_roles, name_sites
from trainer_desk.services.people.requirement_list import list_requirements, load_requirement
from trainer_desk.services.planning.course_list import name_courses
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.texts import date_text
from trainer_desk.texts.requirements import grace_text, who_text
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Day, Design, Flag, Number, Prose, Reference, Section, Text, Words
from trainer_desk.views.parts.row_model import Column, Mark


def requirements() -> Design:
    """Return the design of the page Requirements."""
    return Design(
        kind="requirements",
        icon="shield-check",
        words=_words(),
        tables=("requirements", "people", "courses", "attestations", "training_records"),
        columns=(
            Column("name", _("Course"), 170, fixed=True, wide=True),
            Column("who", _("Who"), 200, fixed=True, wide=True, sortable=False),
            Column("grace_days", _("Grace"), 90),
            Column("until", _("Exempt until"), 120, mark=_exempt),
            Column("reason", _("Reason"), 160, shown=False),
            Column("people", _("People"), 80, right=True),
            Column("red", _("Not compliant"), 130, mark=_red),
        ),
        cells=_cells,
        find=list_requirements,
        load=load_requirement,
        sections=_sections(),
        names={
            "courses": name_courses,
            "departments": name_departments,
            "sites": name_sites,
            "job_roles": name_job_roles,
        },
        create=create_requirement,
        change=change_requirement,
        drop=delete_requirement,
    )


def _words() -> Words:
    return Words(
        title=_("Requirements"),
        one=_("requirement"),
        new=_("New requirement"),
        search=_("Search requirements"),
        empty=_("Nobody must hold anything yet. Say who must hold which course, or import the rules from a file."),
        none_retired=_("No requirement was deleted."),
        active=_("In force"),
        retired=_("Deleted"),
        retire=_("Delete this requirement"),
        bring_back=_("Bring this requirement back"),
    )


def _sections() -> tuple[Section, ...]:
    return (
        Section(
            "",
            (
                Reference("course", _("Course"), required=True, fixed=True, of="courses", hint=_("Choose a course")),
                Text("job_role", _("Job role"), required=True, fixed=True, of="job_roles", hint=_("Every job role")),
                Text(
                    "department",
                    _("Department"),
                    required=True,
                    fixed=True,
                    of="departments",
                    hint=_("Every department"),
                ),
                (
                    Text("site", _("Site"), required=True, fixed=True, of="sites", hint=_("Every site")),
                    Text("employee_no", _("Employee number"), required=True, fixed=True, hint=_("Everybody")),
                ),
                Number(
                    "grace_days",
                    _("Grace"),
                    required=True,
                    unit=_("days"),
                    empty=_("None"),
                    note=_("Counted from the day on which somebody starts there, or the rule is made."),
                ),
            ),
        ),
        Section(
            _("Exemption"),
            (
                Flag("exempt", _("These people are exempt"), required=True),
                Prose("reason", _("Reason"), required=True, hint=_("Why they need not hold it")),
                Day("until", _("Last day of the exemption"), required=True),
            ),
        ),
    )


def _cells(thing: Thing) -> tuple[str, ...]:
    values, notes = thing.values, thing.notes
    until = ""
    if values["exempt"]:
        until = date_text(values["until"]) if values["until"] else _("without end")
    return (
        thing.name,
        who_text(values, notes["person"]),
        "" if values["exempt"] else grace_text(values["grace_days"]),
        until,
        values["reason"] or "",
        str(notes["people"]),
        str(notes["red"] or ""),
    )


def _red(text: str) -> Mark | None:
    return ("octagon-alert", "danger") if text else None


def _exempt(text: str) -> Mark | None:
    return ("circle-dashed", "text2") if text else None
