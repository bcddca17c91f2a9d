"""The sign-in sheet: one row of 9 mm for everybody who has a place, and empty rows for those who just come (X4)."""

from collections.abc import Callable, Mapping

from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.texts.translate import _
from trainer_desk.views.paper.names import title_of
from trainer_desk.views.paper.sheets import SessionSheets, Table
from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.flow import Stack, TextBlock
from trainer_desk.views.printing.options import YES, Chosen, Option, box, layout_of, paper_option
from trainer_desk.views.printing.rows import CODE, GAP, MM, Cell, Code, PaperColumn, RowBlock, Words, head_row, places
from trainer_desk.views.printing.text import UNIT, Paragraph, Style

ROW = 9 * MM
COUNT, NUMBER, NAME, CELL = Style(8, 400, "text2"), Style(9), Style(10, 500), Style(8.5)
SECTION = Style(8, 600, "text2")
WALK_INS = ("0", "3", "5", "10", "20")

Key = Callable[[PaperPerson], str]
ORDERS: Mapping[str, Key] = {
    "name": lambda person: "",
    "number": lambda person: person.employee_no,
    "department": lambda person: person.department.casefold(),
}


def options() -> list[Option]:
    """Return what can be chosen of a sign-in sheet."""
    rows = tuple((count, count) for count in WALK_INS)
    orders = (("name", _("Name")), ("number", _("Employee number")), ("department", _("Department")))
    return [
        paper_option(("a4", "letter")),
        Option("order", _("Order"), orders, "name"),
        Option("walk_ins", _("Rows for walk-ins"), rows, "3"),
        box("codes", _("QR codes for the scanner"), ticked=True),
    ]


class SignInSheets(SessionSheets):
    """People sign in the last column; their codes are read by the scanner at the door."""

    def __init__(self, found: OnPaper, chosen: Chosen) -> None:
        self._codes = chosen.get("codes", YES) == YES
        self._order: Key = ORDERS[chosen.get("order", "name")]
        self._walk_ins = int(chosen.get("walk_ins", "3"))
        name = title_of(_("Sign-in sheet"), _("Sign-in sheets"), found)
        super().__init__(name, _("Sign-in sheet"), found, layout_of(chosen), code=self._codes)

    def table(self, session: PaperSession) -> Table:
        """Return a row for everybody whose place is certain, and the empty ones."""
        columns = self._columns()
        people = sorted(session.confirmed, key=self._order)
        rows: list[Block] = [self._row(number, person) for number, person in enumerate(people, start=1)]
        if self._walk_ins:
            words = _("Walk-ins: people who came without a place") if people else _("Nobody is enrolled. Walk-ins:")
            first, *others = [self._row(len(people) + place, None) for place in range(1, self._walk_ins + 1)]
            heading = TextBlock(Paragraph(f"\n{words}", SECTION, self.width), 3 * UNIT)
            rows += [Stack([heading, first]), *others]
        elif not people:
            rows.append(TextBlock(Paragraph(_("Nobody is enrolled."), CELL, self.width)))
        return Table(head_row(columns, self.width), rows)

    def _columns(self) -> list[PaperColumn]:
        code = [PaperColumn(_("Code"), CODE + 6 * UNIT)] if self._codes else []
        return [
            PaperColumn("", 16 * UNIT),
            *code,
            PaperColumn(_("Number"), 56 * UNIT),
            PaperColumn(_("Name"), share=3.6),
            PaperColumn(_("Department"), share=2),
            PaperColumn(_("Signature"), share=3.6),
        ]

    def _row(self, number: int, person: PaperPerson | None) -> RowBlock:
        spots = places(self._columns(), self.width)
        wide = [width for _left, width in spots]
        texts = ("", "", "") if person is None else (person.employee_no, person.name, person.department)
        cells: list[Cell] = [Words(str(number), COUNT, wide[0])]
        if self._codes:
            cells.append(Words("", CELL, wide[1]) if person is None else Code(person.employee_no))
        styles = zip(texts, (NUMBER, NAME, CELL), wide[-4:-1], strict=True)
        cells += [Words(*told) for told in styles]
        cells.append(Words("", CELL, wide[-1]))
        rules = [spots[-1][0] - GAP / 2]
        return RowBlock(cells, spots, ROW, rules)
