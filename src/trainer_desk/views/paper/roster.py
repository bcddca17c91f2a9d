"""The roster on paper: everybody of a session with what is known of them, also those who wait (X4)."""

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import ATTENDANCE, ENROLLMENTS
from trainer_desk.views.paper.names import title_of
from trainer_desk.views.paper.sheets import SessionSheets, Table
from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.flow import TextBlock
from trainer_desk.views.printing.options import (
    YES,
    Chosen,
    Option,
    box,
    layout_of,
    lie_option,
    paper_option,
)
from trainer_desk.views.printing.rows import PaperColumn, RowBlock, broken, head_row, places
from trainer_desk.views.printing.text import UNIT, Paragraph, Style

COUNT, NAME, CELL = Style(8, 400, "text2"), Style(9, 500), Style(8)
LEAST = 16 * UNIT


def options() -> list[Option]:
    """Return what can be chosen of a roster."""
    return [
        paper_option(("a4", "letter")),
        lie_option(),
        box("waiting", _("People on the waitlist"), ticked=True),
        box("remarks", _("Marks and remarks"), ticked=True),
    ]


class RosterSheets(SessionSheets):
    """One row for each person, by name; those who wait or are offered a seat say so."""

    def __init__(self, found: OnPaper, chosen: Chosen) -> None:
        self._waiting = chosen.get("waiting", YES) == YES
        self._remarks = chosen.get("remarks", YES) == YES
        name = title_of(_("Roster"), _("Rosters"), found)
        super().__init__(name, _("Roster"), found, layout_of(chosen), code=False)

    def table(self, session: PaperSession) -> Table:
        """Return a row for everybody."""
        people = session.people if self._waiting else session.expected
        columns = self._columns()
        rows: list[Block] = []
        for number, person in enumerate(people, start=1):
            rows += self._rows(number, person)
        if not people:
            rows.append(TextBlock(Paragraph(_("Nobody is enrolled."), CELL, self.width)))
        return Table(head_row(columns, self.width), rows)

    def _columns(self) -> list[PaperColumn]:
        remarks = [PaperColumn(_("Remarks"), share=2.4)] if self._remarks else []
        return [
            PaperColumn("", 16 * UNIT),
            PaperColumn(_("Number"), 56 * UNIT),
            PaperColumn(_("Name"), share=3),
            PaperColumn(_("Department"), share=1.8),
            PaperColumn(_("Site"), share=1.4),
            PaperColumn(_("Job role"), share=1.8),
            PaperColumn(_("State"), share=1.4),
            *remarks,
        ]

    def _rows(self, number: int, person: PaperPerson) -> list[RowBlock]:
        spots = places(self._columns(), self.width)
        texts = [str(number), person.employee_no, person.name, person.department, person.site, person.job_role]
        texts.append(_state(person))
        if self._remarks:
            texts.append(person.remarks)
        styles = [COUNT, CELL, NAME, *[CELL] * (len(texts) - 3)]
        widths = [wide for _left, wide in spots]
        return [RowBlock(cells, spots, LEAST, token="line") for cells in broken(texts, styles, widths, self.room / 2)]


def _state(person: PaperPerson) -> str:
    """Return how somebody stands: what is marked, once that is, else the state of the place."""
    if person.state is EnrollmentState.CONFIRMED:
        return _(ATTENDANCE[person.attendance])
    return _(ENROLLMENTS[person.state])
