"""The rows of a wall chart: a lane each, as high as its fullest day; what is too high goes on in another row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer_desk.services.rules.load import hours_text, load_of
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.plans.block import Block, block_of
from trainer_desk.views.plans.facts import PlanFacts, Shape, plain
from trainer_desk.views.plans.items import Item, Key
from trainer_desk.views.plans.measures import GAP, LANE, LANE_NOTE, PAD, Texts
from trainer_desk.views.printing.text import UNIT, Paragraph
from trainer_desk.views.schedule import words

LOWEST = 16 * UNIT
HEADS = 84 * UNIT
"""The width of the column of lanes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A lane or, with `goes_on`, what of it did not fit on the page before: blocks by the index of the day."""

    head: tuple[Paragraph, ...]
    cells: Mapping[int, tuple[Block, ...]]
    height: float
    away: frozenset[int] = frozenset()
    """Days on which the lane is away for all of the working hours."""


def rows_of(
    facts: PlanFacts, shape: Shape, lanes: Sequence[int | None], items: Mapping[Key, Sequence[Item]],
    widths: Sequence[float], texts: Texts, *, brief: bool,
) -> list[Row]:  # fmt: skip
    """Lay the lanes out over days of these widths."""
    notes = lane_notes(facts, shape)
    found = []
    for lane in lanes:
        name = plain(lane_name(lane, shape, facts))
        head = (name, LANE), (notes.get(lane, ""), LANE_NOTE)
        parts = tuple(texts.of(text, style, HEADS - 2 * PAD) for text, style in head if text)
        cells = {
            day: tuple(block_of(item, width - 2 * GAP, texts, brief=brief) for item in items[lane, day])
            for day, width in enumerate(widths)
            if (lane, day) in items
        }
        away = frozenset(day for day in cells if any(item.whole for item in items[lane, day]))
        found.append(_row(parts, cells, away))
    return found


def fitting(rows: Sequence[Row], room: float, texts: Texts) -> list[list[Row]]:
    """Return the rows of each page: whole ones where they fit, else what is too high on pages of its own."""
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in rows:
        pieces = [row] if row.height <= room else cut(row, room, texts)
        for piece in pieces:
            if pages[-1] and used + piece.height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(piece)
            used += piece.height
    return pages


def cut(row: Row, room: float, texts: Texts) -> list[Row]:
    """Return a row in pieces that are no higher than `room`, as far as each of its texts is."""
    columns: dict[int, list[list[Block]]] = {}
    for day, blocks in row.cells.items():
        shares: list[list[Block]] = [[]]
        used = GAP
        for block in (piece for one in blocks for piece in one.cut(room - 2 * GAP)):
            if shares[-1] and used + block.height + GAP > room:
                shares.append([])
                used = GAP
            shares[-1].append(block)
            used += block.height + GAP
        columns[day] = shares
    found = []
    for place in range(max(map(len, columns.values()), default=1)):
        cells = {day: tuple(shares[place]) for day, shares in columns.items() if place < len(shares)}
        more = () if not place else (texts.of(_("continued"), LANE_NOTE, HEADS - 2 * PAD),)
        found.append(_row((row.head[0], *more) if place else row.head, cells, row.away))
    return found


def lane_name(lane: int | None, shape: Shape, facts: PlanFacts) -> str:
    """Return the name of a lane, or "No trainer", "No venue"."""
    if shape is Shape.TRAINERS:
        return words.trainer_name(lane, facts.directory)
    if shape is Shape.VENUES:
        return words.venue_name(lane, facts.directory)
    piece = facts.directory.equipment.get(lane or 0)
    return piece.name if piece else _("No equipment")


def lane_notes(facts: PlanFacts, shape: Shape) -> dict[int | None, str]:
    """Return what stands under the names: the hours booked in these days, the seats of a venue."""
    directory = facts.directory
    if shape is Shape.TRAINERS:
        loads = load_of(facts.board.sessions, *facts.days.bounds(directory.settings.zone))
        booked = _("{hours} booked")
        return {key: booked.format(hours=hours_text(load.booked)) for key, load in loads.items() if load.booked}
    if shape is Shape.VENUES:
        limited = ((key, venue.capacity) for key, venue in directory.venues.items())
        return {key: plural("{n} seat", "{n} seats", seats) for key, seats in limited if seats is not None}
    return {}


def _row(head: tuple[Paragraph, ...], cells: Mapping[int, tuple[Block, ...]], away: frozenset[int]) -> Row:
    heights = [sum(block.height + GAP for block in blocks) + GAP for blocks in cells.values()]
    return Row(head, cells, max([LOWEST, sum(part.height for part in head) + 2 * PAD, *heights]), away)
