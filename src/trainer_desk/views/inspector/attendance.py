"""Attendance sheets as they were marked: who was there, who said so and when, and what was corrected later (X6)."""

from collections.abc import Mapping, Sequence

from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.rows.inspector import AttendanceSheet, Marked, PackFacts
from trainer_desk.services.rows.on_paper import OnPaper, PaperSession
from trainer_desk.texts import moment_text
from trainer_desk.texts.attendance import RESULTS
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import ATTENDANCE
from trainer_desk.views.paper.sheets import SessionSheets, Table
from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.devices import sheet
from trainer_desk.views.printing.flow import TextBlock
from trainer_desk.views.printing.rows import PaperColumn, RowBlock, broken, head_row, places
from trainer_desk.views.printing.text import UNIT, Paragraph, Style

NAME, CELL = Style(9, 500), Style(8)
LEAST = 16 * UNIT


class AttendanceSheets(SessionSheets):
    """Every session of a pack on pages of its own, with those of its people whom the pack is about."""

    def __init__(self, facts: PackFacts, sheets: Sequence[AttendanceSheet]) -> None:
        self._people: Mapping[int, Sequence[Marked]] = {one.session_id: one.people for one in sheets}
        found = OnPaper(facts.organisation, facts.zone, facts.made_at, tuple(map(_as_session, sheets)))
        super().__init__(_("Attendance"), _("Attendance"), found, sheet(), code=False)

    def table(self, session: PaperSession) -> Table:
        """Return a row for everybody."""
        columns = [
            PaperColumn(_("Number"), 56 * UNIT),
            PaperColumn(_("Name"), share=3),
            PaperColumn(_("Department"), share=1.6),
            PaperColumn(_("Attendance"), share=1.4),
            PaperColumn(_("Result"), share=1),
            PaperColumn(_("Remarks"), share=2),
            PaperColumn(_("Marked by"), share=2.2),
        ]
        rows: list[Block] = []
        widths = places(columns, self.width)
        for person in self._people[session.session_id]:
            texts = self._texts(person)
            styles = [CELL, NAME, *[CELL] * (len(texts) - 2)]
            cells = broken(texts, styles, [wide for _left, wide in widths], self.room / 2)
            rows += [RowBlock(one, widths, LEAST, token="line") for one in cells]
        if not rows:
            rows.append(TextBlock(Paragraph(_("Nobody had a place."), CELL, self.width)))
        return Table(head_row(columns, self.width), rows)

    def _texts(self, person: Marked) -> list[str]:
        result = " ".join(filter(None, (_(RESULTS[Result(person.result)]) if person.result else "", person.score)))
        return [
            person.employee_no,
            person.name,
            person.department,
            _(ATTENDANCE[Attendance(person.attendance)]),
            result,
            person.remarks,
            self._by(person),
        ]

    def _by(self, person: Marked) -> str:
        if person.marked_at is None:
            return person.marked_by
        said = f"{person.marked_by}, {moment_text(person.marked_at, self._found.zone, year=True)}"
        return _("{marked} (after it was completed)").format(marked=said) if person.late else said


def _as_session(one: AttendanceSheet) -> PaperSession:
    return PaperSession(
        one.session_id,
        one.ref,
        one.version,
        one.course_code,
        one.title,
        "",
        SessionStatus(one.status),
        one.starts_at,
        one.ends_at,
        one.trainers,
        one.venue,
        None,
        (),
    )
