"""The page of a trainer: what they may teach, what they teach next, how many hours, and when they are away."""

from collections.abc import Iterable
from datetime import date

from trainer_desk.services.rows.dossiers import Licence, TrainerDossier, TrainerFacts
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts import date_text
from trainer_desk.texts.dossiers import licence_text
from trainer_desk.texts.translate import _
from trainer_desk.views.absences.words import span_words
from trainer_desk.views.pages import rows
from trainer_desk.views.pages.content import (
    ABSENCES,
    COURSES,
    PEOPLE,
    TRAINERS,
    Content,
    Fact,
    Line,
    Link,
    Marks,
    Section,
)
from trainer_desk.views.parts.hour_bars import one_week, paint_week
from trainer_desk.views.parts.row_model import Column, Mark


def content_of(dossier: TrainerDossier) -> Content:
    """Return the page of a trainer as of the day of its dossier."""
    facts = dossier.facts
    linked = () if facts.person_id is None else (Fact(_("Person"), facts.person or "", Link(PEOPLE, facts.person_id)),)
    return Content(
        kind=TRAINERS,
        id=facts.id,
        title=facts.name,
        subtitle=_("Trainer · {code}").format(code=facts.code),
        pill=(_("In use"), "ok", "circle-check") if facts.active else (_("Inactive"), "muted", "ban"),
        facts=(Fact(_("Code"), facts.code), Fact(_("Target per week"), _target(facts)), *linked),
        sections=(
            licences(_("Qualifications on {day}"), dossier.licences, dossier.day, of=COURSES),
            rows.sessions(
                _("Coming sessions"), dossier.coming, dossier.zone, people="", empty=_("No session is planned.")
            ),
            _weeks(dossier),
            _absences(dossier),
            rows.history(dossier.history, dossier.zone),
        ),
    )


def _target(facts: TrainerFacts) -> str:
    """Return the own target, else the norm that holds for everybody."""
    if facts.norm_hours is None:
        return _("None set")
    hours = hours_text(facts.norm_hours * 60)
    return hours if facts.weekly_hours is not None else _("{hours}, the norm for all").format(hours=hours)


def licences(title: str, held: Iterable[Licence], day: date, *, of: str) -> Section:
    """Return qualifications with what they are worth on `day`; `of` is the kind that they are named by."""
    marks = Marks()
    lines = []
    for one in held:
        state = marks.add(licence_text(one, day), _mark(one, day))
        name = one.name if one.active else _("{name} (no longer in use)").format(name=one.name)
        since, until = rows.day_cell(one.valid_from, _("open")), rows.day_cell(one.valid_until, _("open"))
        lines.append(Line((name, state, since, until), Link(of, one.thing_id)))
    columns = (
        Column("name", _("Course") if of == COURSES else _("Trainer"), 180, wide=True),
        Column("state", _("State"), 160, fits=True, mark=marks.known.get),
        Column("from", _("Valid from"), 110, fits=True),
        Column("until", _("Valid until"), 110, fits=True),
    )
    empty = _("No qualification is recorded.") if of == COURSES else _("Nobody may teach this course yet.")
    return Section("licences", title.format(day=date_text(day)), columns, tuple(lines), empty, weight=2)


def _mark(licence: Licence, day: date) -> Mark:
    if licence.valid_until is not None and licence.valid_until < day:
        return "octagon-alert", "danger"
    if licence.valid_from is not None and licence.valid_from > day:
        return "clock", "text2"
    return "circle-check", "ok"


def _weeks(dossier: TrainerDossier) -> Section:
    lines = []
    for week in dossier.weeks:
        number = _("Week {n}, from {day}").format(n=week.monday.isocalendar().week, day=date_text(week.monday))
        booked = one_week(week, dossier.facts.norm_hours, dossier.weeks)
        lines.append(Line((number, booked, hours_text(week.delivered))))
    columns = (
        Column("week", _("Week"), 200),
        Column("booked", _("Booked"), 300, wide=True, paint=paint_week),
        Column("delivered", _("Delivered"), 110, fits=True),
    )
    return Section("weeks", _("Hours per week"), columns, tuple(lines), "", counted=False, weight=2)


def _absences(dossier: TrainerDossier) -> Section:
    lines = [
        Line((span_words(one.starts_at, one.ends_at, dossier.zone), one.reason), Link(ABSENCES, one.id))
        for one in dossier.absences
    ]
    columns = (
        Column("when", _("When"), 220, fits=True),
        Column("reason", _("Reason"), 180, wide=True),
    )
    empty = _("No leave is planned.")
    return Section(ABSENCES, _("Leave and illness"), columns, tuple(lines), empty, action=_("Enter leave"))
