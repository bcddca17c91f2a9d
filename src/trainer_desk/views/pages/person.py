"""The page of a person: what they must hold on a day, had, are enrolled in, and who changed what."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.rows.dossiers import PersonDossier, PersonFacts, Spot
from trainer_desk.services.rows.people import StandingRow
from trainer_desk.services.rules.compliance import EXPIRING, RED, YELLOW
from trainer_desk.texts import attendance_word, date_text, enrollment_word, pill_text
from trainer_desk.texts.dossiers import asked_text
from trainer_desk.texts.seats import rank_text, until_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.pages import proof, rows
from trainer_desk.views.pages.content import (
    COURSES,
    INTAKES,
    PEOPLE,
    RECORDS,
    SESSIONS,
    Content,
    Fact,
    Line,
    Link,
    Marks,
    Section,
    stated,
)
from trainer_desk.views.parts.row_model import Column, Mark
from trainer_desk.views.session.people_rows import LOOKS

ATTENDANCE: dict[Attendance, Mark] = {
    Attendance.REGISTERED: ("circle-dashed", "text2"),
    Attendance.ATTENDED: ("circle-check", "ok"),
    Attendance.NO_SHOW: ("user-x", "danger"),
}
NOT_ASKED: Mark = ("circle-dashed", "text2")


def content_of(dossier: PersonDossier) -> Content:
    """Return the page of a person as of the day of its dossier."""
    facts = dossier.facts
    return Content(
        kind=PEOPLE,
        id=facts.id,
        title=facts.name,
        subtitle=" · ".join(part for part in (facts.employee_no, facts.job_role, facts.department) if part),
        pill=_pill(dossier),
        facts=_facts(facts, dossier),
        sections=tuple(_sections(dossier)),
    )


def _pill(dossier: PersonDossier) -> tuple[str, str, str]:
    if not dossier.facts.active:
        return _("Inactive"), "muted", "ban"
    counts = Counter(held.group for held in dossier.held)
    if counts[RED]:
        return plural("{n} not compliant", "{n} not compliant", counts[RED]), "danger", "octagon-alert"
    if counts[YELLOW]:
        return plural("{n} pending", "{n} pending", counts[YELLOW]), "warn", "triangle-alert"
    if counts[EXPIRING]:
        return plural("{n} expiring soon", "{n} expiring soon", counts[EXPIRING]), "expiring", "clock"
    if not dossier.held:
        return _("Nothing required"), "muted", "circle-dashed"
    return _("Everything in order"), "ok", "circle-check"


def _facts(facts: PersonFacts, dossier: PersonDossier) -> tuple[Fact, ...]:
    missed = sum(spot.attendance is Attendance.NO_SHOW for spot in dossier.past)
    newest = dossier.intakes[0].held_on if dossier.intakes else None
    return (
        *stated(
            (
                (_("Number"), facts.employee_no),
                (_("Job role"), facts.job_role),
                (_("Department"), facts.department),
                (_("Site"), facts.site),
                (_("There since"), rows.day_cell(facts.placed_on)),
            )
        ),
        *_manager(facts),
        *stated(((_("E-mail"), facts.email), (_("Phone"), facts.phone))),
        Fact(_("Intake"), rows.day_cell(newest, _("None on file"))),
        Fact(_("No-shows"), str(missed)),
    )


def _manager(facts: PersonFacts) -> tuple[Fact, ...]:
    if facts.manager_id is not None and facts.manager_name is not None:
        return (Fact(_("Manager"), facts.manager_name, Link(PEOPLE, facts.manager_id)),)
    return stated(((_("Manager"), facts.manager_no),))


def _sections(dossier: PersonDossier) -> Iterable[Section]:
    yield _held(dossier.held, dossier.day)
    yield _spots("coming", _("Coming places"), dossier.coming, dossier, _("No place in a coming session."))
    yield _spots("past", _("Past places"), dossier.past, dossier, _("No session has taken place yet."))
    missed = tuple(spot for spot in dossier.past if spot.attendance is Attendance.NO_SHOW)
    if missed:
        yield _spots("no_shows", _("No-shows"), missed, dossier, "")
    yield _records(dossier)
    if dossier.certificates or any(record.number for record in dossier.records):
        yield proof.certificates(dossier)
    if dossier.missed:
        yield proof.missed(dossier.missed, dossier.zone, of=COURSES)
    yield _intakes(dossier)
    yield rows.history(dossier.history, dossier.zone)


def _held(held: Iterable[StandingRow], day: date) -> Section:
    marks = Marks()
    lines = []
    for one in held:
        words = pill_text(one.group, one.stored, one.expires_on, day, one.due_on, one.counts_from)
        state = marks.add(words, NOT_ASKED if one.status is None else LOOKS[one.group])
        cells = (one.title, one.code, state, rows.day_cell(one.expires_on), asked_text(one))
        lines.append(Line(cells, Link(COURSES, one.course_id)))
    columns = (
        Column("course", _("Course"), 180, wide=True),
        Column("code", _("Code"), 90, fits=True),
        Column("state", _("State"), 170, fits=True, mark=marks.known.get),
        Column("expires", _("Last valid day"), 110, fits=True),
        Column("asked", _("Required"), 110, fits=True),
    )
    title = _("Requirements on {day}").format(day=date_text(day))
    return Section("held", title, columns, tuple(lines), _("Nothing is required of this person."), weight=4)


def _spots(name: str, title: str, spots: Iterable[Spot], dossier: PersonDossier, empty: str) -> Section:
    marks = Marks()
    lines = []
    for spot in spots:
        if name == "coming":
            state = marks.add(_place(spot, dossier), _place_mark(spot))
        else:
            state = marks.add(attendance_word(spot.attendance), ATTENDANCE[spot.attendance])
        when = rows.when_cells(spot.starts_at, spot.ends_at, dossier.zone)
        lines.append(Line((*when, spot.title, spot.venue or _("No venue"), state), Link(SESSIONS, spot.session_id)))
    columns = (
        *rows.when_columns(),
        Column("title", _("Session"), 150, wide=True),
        Column("venue", _("Venue"), 130, fits=True),
        Column("state", _("Place") if name == "coming" else _("Attendance"), 140, fits=True, mark=marks.known.get),
    )
    return Section(name, title, columns, tuple(lines), empty, weight=3 if name == "coming" else 1)


def _place(spot: Spot, dossier: PersonDossier) -> str:
    if spot.state is EnrollmentState.WAITLISTED and spot.rank is not None:
        return _("Waiting, {place}").format(place=rank_text(spot.rank))
    if spot.state is EnrollmentState.OFFERED and spot.offer_until is not None:
        return _("Offered until {until}").format(until=until_text(spot.offer_until, dossier.zone))
    return enrollment_word(spot.state)


def _place_mark(spot: Spot) -> Mark:
    if spot.state is EnrollmentState.CONFIRMED:
        return "circle-check", "ok"
    return ("clock", "warn") if spot.state is EnrollmentState.OFFERED else ("clock", "text2")


def _records(dossier: PersonDossier) -> Section:
    lines = [
        Line(
            (
                date_text(record.held_on),
                record.title,
                record.provider or "",
                rows.day_cell(record.expires_on, _("by the course")),
                record.number or "",
            ),
            Link(RECORDS, record.id),
        )
        for record in dossier.records
    ]
    columns = (
        Column("held", _("Held on"), 110, fits=True),
        Column("course", _("Course"), 180, wide=True),
        Column("provider", _("Provider"), 140, fits=True),
        Column("expires", _("Last valid day"), 110, fits=True),
        Column("number", _("Number"), 110, fits=True),
    )
    empty = _("No outside or earlier training is recorded.")
    return Section(RECORDS, _("Training records"), columns, tuple(lines), empty, action=_("Record training…"))


def _intakes(dossier: PersonDossier) -> Section:
    lines = [Line((date_text(one.held_on), one.note or ""), Link(INTAKES, one.id)) for one in dossier.intakes]
    columns = (Column("held", _("Held on"), 110, fits=True), Column("note", _("Note"), 200, wide=True))
    empty = _("No intake is on file.")
    return Section(INTAKES, _("Intakes"), columns, tuple(lines), empty, action=_("Record an intake…"))
