"""The door sheet: who is expected, with a box to tick, large enough to be read standing (X4)."""

from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.paper.names import title_of
from trainer_desk.views.paper.sheets import SessionSheets, Table
from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.flow import TextBlock
from trainer_desk.views.printing.options import NO, YES, Chosen, Option, box, layout_of, paper_option
from trainer_desk.views.printing.rows import (
    BOX,
    CODE,
    MM,
    Cell,
    Code,
    PaperColumn,
    RowBlock,
    Tick,
    Words,
    head_row,
    places,
)
from trainer_desk.views.printing.text import UNIT, Paragraph, Style

ROW = 9 * MM
NAME, CELL, OFFERED, COUNT = Style(13, 600), Style(10), Style(13, 600, "warn"), Style(9, 400, "text2")


def options() -> list[Option]:
    """Return what can be chosen of a door sheet."""
    return [paper_option(("a4", "letter")), box("codes", _("QR codes for the scanner"), ticked=False)]


class DoorSheets(SessionSheets):
    """Everybody with a place or an offer of one, by name."""

    def __init__(self, found: OnPaper, chosen: Chosen) -> None:
        self._codes = chosen.get("codes", NO) == YES
        name = title_of(_("Door sheet"), _("Door sheets"), found)
        super().__init__(name, _("Door sheet"), found, layout_of(chosen), code=False)

    def table(self, session: PaperSession) -> Table:
        """Return a row for everybody who is expected, below how many they are."""
        people = session.expected
        rows: list[Block] = [self._row(person) for person in people]
        free = None if session.capacity is None else max(0, session.capacity - len(people))
        said = plural("{n} expected", "{n} expected", len(people))
        if free is not None:
            spots = plural("{n} spot left when this was printed", "{n} spots left when this was printed", free)
            said = f"{said} · {spots}"
        rows.append(TextBlock(Paragraph(f"\n{said}", COUNT, self.width)))
        return Table(head_row(self._columns(), self.width), rows)

    def _columns(self) -> list[PaperColumn]:
        code = [PaperColumn(_("Code"), CODE + 6 * UNIT)] if self._codes else []
        return [
            PaperColumn(_("In"), BOX + 4 * UNIT),
            PaperColumn(_("Name"), share=4),
            PaperColumn(_("Number"), share=1.5),
            PaperColumn(_("Department"), share=2),
            *code,
        ]

    def _row(self, person: PaperPerson) -> RowBlock:
        spots = places(self._columns(), self.width)
        wide = [width for _left, width in spots]
        name = person.name if person.is_confirmed else _("{name} (seat offered)").format(name=person.name)
        cells: list[Cell] = [
            Tick(),
            Words(name, NAME if person.is_confirmed else OFFERED, wide[1]),
            Words(person.employee_no, CELL, wide[2]),
            Words(person.department, CELL, wide[3]),
        ]
        if self._codes:
            cells.append(Code(person.employee_no))
        return RowBlock(cells, spots, ROW)
