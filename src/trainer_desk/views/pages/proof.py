"""The sections that tell what training is proved: certificates, and days of a course that are to be made up (A5)."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.certificates import CertificateRow, MissedDay
from trainer_desk.services.rows.dossiers import PersonDossier, RecordLine
from trainer_desk.services.rules.times import local
from trainer_desk.texts import date_text
from trainer_desk.texts.certificates import expiry_text, held_text, number_text, state_text
from trainer_desk.texts.translate import _
from trainer_desk.views.pages import rows
from trainer_desk.views.pages.content import CERTIFICATES, COURSES, PEOPLE, SESSIONS, Line, Link, Marks, Section
from trainer_desk.views.parts.row_model import Column, Mark

COUNTS: Mark = ("shield-check", "ok")
GONE: Mark = ("ban", "text2")
ELSEWHERE: Mark = ("circle-dashed", "text2")


def certificates(dossier: PersonDossier) -> Section:
    """Return all revisions of a person's certificates, and the numbers of those that were issued elsewhere."""
    marks = Marks()
    lines = [_issued(row, marks) for row in dossier.certificates]
    lines += [_recorded(record, marks) for record in dossier.records if record.number]
    columns = (
        Column("number", _("Number"), 150, fits=True),
        Column("course", _("Course"), 180, wide=True),
        Column("held", _("Held on"), 120, fits=True),
        Column("expires", _("Last valid day"), 110, fits=True),
        Column("state", _("State"), 150, fits=True, mark=marks.known.get),
    )
    return Section(CERTIFICATES, _("Certificates"), columns, tuple(lines), "", weight=2)


def missed(days: Iterable[MissedDay], zone: ZoneInfo, *, of: str) -> Section:
    """Return days that were missed and are not made up; `of` says whether lines name people or courses."""
    lines = []
    for one in days:
        name = one.name if of == PEOPLE else one.course
        day = _("{run}, day {n}").format(run=one.run, n=one.day)
        cells = (name, day, date_text(local(one.starts_at, zone).date()), _made_up(one, zone))
        lines.append(Line(cells, Link(PEOPLE, one.person_id) if of == PEOPLE else Link(SESSIONS, one.session_id)))
    columns = (
        Column("name", _("Person") if of == PEOPLE else _("Course"), 180, wide=True),
        Column("run", _("Run"), 150, fits=True),
        Column("held", _("Missed on"), 110, fits=True),
        Column("booked", _("Made up"), 150, fits=True),
    )
    return Section("missed", _("Days to make up"), columns, tuple(lines), "", weight=2)


def _made_up(one: MissedDay, zone: ZoneInfo) -> str:
    if one.booked is None or one.booked_at is None:
        return _("Not booked")
    day = date_text(local(one.booked_at, zone).date())
    return _("{ref} on {day}").format(ref=one.booked, day=day)


def _issued(row: CertificateRow, marks: Marks) -> Line:
    state = marks.add(state_text(row), COUNTS if row.is_live else GONE)
    cells = (number_text(row), row.course_title, held_text(row), expiry_text(row), state)
    return Line(cells, Link(CERTIFICATES, row.id))


def _recorded(record: RecordLine, marks: Marks) -> Line:
    state = marks.add(_("Issued elsewhere"), ELSEWHERE)
    expires = rows.day_cell(record.expires_on, _("by the course"))
    cells = (record.number or "", record.title, date_text(record.held_on), expires, state)
    return Line(cells, Link(COURSES, record.course_id))
