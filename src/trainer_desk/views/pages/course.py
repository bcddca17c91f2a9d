"""The page of a course: what it is, who must hold it, who needs it on a day, who teaches it and when."""

from collections.abc import Iterable

from trainer_desk.services.rows.dossiers import CourseDossier, CourseFacts, Related
from trainer_desk.texts import date_text, group_word, length_text
from trainer_desk.texts.dossiers import (
    errand_text,
    months_text,
    overlap_word,
    prerequisite_text,
    rule_text,
    who_text,
)
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.pages import proof, rows
from trainer_desk.views.pages.content import COURSES, PEOPLE, TRAINERS, Content, Fact, Line, Link, Marks, Section
from trainer_desk.views.pages.trainer import licences
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.session.people_rows import LOOKS


def content_of(dossier: CourseDossier) -> Content:
    """Return the page of a course as of the day of its dossier."""
    facts = dossier.facts
    return Content(
        kind=COURSES,
        id=facts.id,
        title=facts.title,
        subtitle=" · ".join(part for part in (facts.code, facts.category) if part),
        pill=(_("In use"), "ok", "circle-check") if facts.active else (_("Retired"), "muted", "ban"),
        facts=(*_facts(facts), *_related(dossier)),
        sections=tuple(_sections(dossier)),
        hue=facts.hue,
        text=facts.description or "",
    )


def _facts(facts: CourseFacts) -> Iterable[Fact]:
    limit = _("No limit") if facts.default_capacity is None else str(facts.default_capacity)
    soon = plural("{n} day before", "{n} days before", facts.expiring_days)
    yield Fact(_("Code"), facts.code)
    yield Fact(_("Duration"), length_text(facts.duration_minutes))
    yield Fact(_("Valid for"), months_text(facts.validity_months))
    yield Fact(_("Expiring soon"), soon)
    yield Fact(_("Capacity"), limit)
    yield Fact(_("Minimum"), _("None") if facts.minimum is None else str(facts.minimum))
    yield Fact(_("Two seats at one time"), overlap_word(facts.overlap_policy))
    yield Fact(_("Intake on file"), _("Needed") if facts.requires_intake else _("Not needed"))
    yield Fact(_("Result"), _("Needed") if facts.requires_result else _("Not needed"))
    yield Fact(_("Sign-up"), _("Open") if facts.sign_up else _("Closed"))


def _related(dossier: CourseDossier) -> Iterable[Fact]:
    """Yield what this course builds on and renews, and what builds on it and renews it."""
    if dossier.needs is not None:
        words = prerequisite_text(dossier.needs.title, dossier.facts.prerequisite_policy)
        yield Fact(_("Prerequisite"), words, Link(COURSES, dossier.needs.course_id))
    if dossier.renews is not None:
        yield _course_fact(_("Renews"), dossier.renews)
    for other in dossier.needed_by:
        yield _course_fact(_("Prerequisite of"), other)
    for other in dossier.renewed_by:
        yield _course_fact(_("Renewed by"), other)


def _course_fact(label: str, course: Related) -> Fact:
    return Fact(label, course.title, Link(COURSES, course.course_id))


def _sections(dossier: CourseDossier) -> Iterable[Section]:
    yield _counts(dossier)
    yield _rules(dossier)
    yield licences(_("Qualified trainers on {day}"), dossier.licences, dossier.day, of=TRAINERS)
    empty = _("No session is planned.")
    yield rows.sessions(_("Coming sessions"), dossier.coming, dossier.zone, people=_("Trainer"), empty=empty)
    if dossier.missed:
        yield proof.missed(dossier.missed, dossier.zone, of=PEOPLE)
    yield _checklist(dossier)
    yield rows.history(dossier.history, dossier.zone)


def _counts(dossier: CourseDossier) -> Section:
    marks = Marks()
    lines = []
    for group, people in dossier.counts.items():
        lines.append(Line((marks.add(group_word(group), LOOKS[group]), f"{people:,}")))
    columns = (
        Column("state", _("State"), 220, wide=True, mark=marks.known.get),
        Column("people", _("People"), 110, fits=True),
    )
    title = _("Who needs it on {day}").format(day=date_text(dossier.day))
    return Section("counts", title, columns, tuple(lines), "", counted=False, weight=4)


def _rules(dossier: CourseDossier) -> Section:
    lines = [
        Line(
            (who_text(rule), rule_text(rule), date_text(rule.since)),
            None if rule.person_id is None else Link(PEOPLE, rule.person_id),
        )
        for rule in dossier.rules
    ]
    columns = (
        Column("who", _("Who"), 200, fits=True),
        Column("what", _("What is asked"), 200, wide=True),
        Column("since", _("Since"), 110, fits=True),
    )
    return Section("rules", _("Who must hold it"), columns, tuple(lines), _("No rule asks anybody to hold it."))


def _checklist(dossier: CourseDossier) -> Section:
    lines = [Line((item.words, errand_text(item.days_before))) for item in dossier.checklist]
    columns = (
        Column("words", _("What to see to"), 220, wide=True),
        Column("when", _("When"), 140, fits=True),
    )
    return Section("checklist", _("Checklist"), columns, tuple(lines), _("Nothing is on the checklist."))
