"""The week plan: days across, hours down, as the calendar; hours stretch so that every word fits (X4, ux 4.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from trainer_desk.texts import day_text
from trainer_desk.views.plans.block import Block, block_of
from trainer_desk.views.plans.elastic import Axis, fitted
from trainer_desk.views.plans.facts import PlanFacts, Wanted, plain
from trainer_desk.views.plans.items import Item, items_of, plan_days
from trainer_desk.views.plans.legend import Legend, signs_of
from trainer_desk.views.plans.measures import DAY, DAY_OFF, GAP, HOLIDAY, PAD, Texts
from trainer_desk.views.plans.sheets import PlanSheet, own_sheets, stands_at_foot
from trainer_desk.views.plans.wall_chart import weeks_of
from trainer_desk.views.plans.week_sheet import Column, Placed, WeekSheet
from trainer_desk.views.printing.text import UNIT
from trainer_desk.views.schedule.layout import Day, working_minutes
from trainer_desk.views.schedule.pack import Slot, pack, widest

GUTTER = 26 * UNIT
FULL, NARROWEST = 52 * UNIT, 27 * UNIT
"""A block with titles, and one with start and code only."""
LEAST_HOUR = 7 * UNIT
AIR = 4 * UNIT
FREE, MOST = 0.4, 6.0
"""How wide an empty day off is beside an empty working day, and a crowded one at most."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A day, or some of the columns of a day that is too crowded for one page, with where its items stand."""

    day: Day
    items: tuple[Item, ...]
    slots: Mapping[int, Slot]
    columns: int

    @property
    def weight(self) -> float:
        """How wide it is beside the others."""
        if self.day.off and not self.items and not self.day.holiday:
            return FREE
        return min(MOST, max(1.0, 0.45 + 0.55 * self.columns))


def week_sheets(facts: PlanFacts, wanted: Wanted, body: QRectF, texts: Texts) -> list[PlanSheet]:
    """Return the pages of the plan: one if everything fits, else some days on each."""
    cards, items = facts.cards(wanted), items_of(facts, wanted)
    days = plan_days(facts, cards)
    away = any(day.holiday for day in days)
    hours = _hours(facts, items.values())
    found: list[PlanSheet] = []
    for brief in (False, True):
        legend = Legend(signs_of(facts, wanted, cards, brief=True, away=away), body.width(), texts)
        at_foot = stands_at_foot(legend, body)
        room = QRectF(body)
        if at_foot:
            room.setHeight(body.height() - legend.height - AIR)
        press = _Layout(room, hours, texts, legend if at_foot else None, body)
        pages = [
            page
            for week in weeks_of(days)
            for page in press.pages(
                [strip for place in week for strip in press.strips(days[place], items.get((None, place), []))],
                brief=brief,
            )
        ]
        if not found or len(pages) < len(found):
            found = [*pages] if at_foot else [*pages, *own_sheets(legend, body)]
        if len(pages) == len(weeks_of(days)):
            break
    return found


class _Layout:
    """Lays strips out on pages of one size."""

    def __init__(self, room: QRectF, hours: tuple[int, int], texts: Texts, legend: Legend | None, body: QRectF) -> None:
        self._room, self._hours, self._texts, self._legend, self._body = room, hours, texts, legend, body

    def strips(self, day: Day, items: Sequence[Item]) -> list[Strip]:
        """Return a day in strips that are not too crowded for a page."""
        keyed = [(item.start, item.end, place) for place, item in enumerate(items)]
        count, most = max(1, widest(keyed)), max(1, int((self._room.width() - GUTTER) // NARROWEST))
        slots = pack(keyed)
        if count <= most:
            return [Strip(day, tuple(items), slots, count)]
        found = []
        for first in range(0, count, most):
            inside = [item for place, item in enumerate(items) if first <= slots[place].column < first + most]
            again = pack((item.start, item.end, place) for place, item in enumerate(inside))
            found.append(Strip(day, tuple(inside), again, min(most, count - first)))
        return found

    def pages(self, strips: Sequence[Strip], *, brief: bool) -> list[PlanSheet]:
        """Return the fewest pages on which everything fits; a single strip that does not is made smaller."""
        for count in range(1, len(strips) + 1):
            share = -(-len(strips) // count)
            tried = [self._page(strips[first : first + share], brief=brief) for first in range(0, len(strips), share)]
            if all(page.scale == 1 for page in tried):
                return list(tried)
        return list(tried)

    def _page(self, strips: Sequence[Strip], *, brief: bool) -> WeekSheet:
        room = self._room
        part = (room.width() - GUTTER) / sum(strip.weight for strip in strips)
        left, columns, narrow = room.left() + GUTTER, [], False
        for strip in strips:
            width = strip.weight * part
            columns.append(self._column(strip, left, width, brief=brief))
            narrow = narrow or (bool(strip.items) and width / strip.columns < NARROWEST - UNIT)
            left += width
        heads = max(column.head_height for column in columns)
        needs = [
            (placed.block.item.start, placed.block.item.end, placed.block.height + GAP)
            for column in columns
            for placed in column.placed
        ]
        axis = fitted(*self._hours, needs, least=LEAST_HOUR, room=room.height() - heads)
        return WeekSheet(columns, axis, heads, room, self._legend, self._body, _scale(axis, heads, room, narrow=narrow))

    def _column(self, strip: Strip, left: float, width: float, *, brief: bool) -> Column:
        head = [(day_text(strip.day.date), DAY_OFF if strip.day.off else DAY)]
        head += [(plain(strip.day.holiday), HOLIDAY)] if strip.day.holiday else []
        placed = []
        for place, item in enumerate(strip.items):
            slot = strip.slots[place]
            x = left + GAP + (width - 2 * GAP) * slot.column / slot.columns
            wide = (width - 2 * GAP) * slot.span / slot.columns - (GAP if slot.column + slot.span < slot.columns else 0)
            block: Block = block_of(item, wide, self._texts, brief=brief or wide < FULL)
            placed.append(Placed(block, x, wide))
        parts = tuple(self._texts.of(text, style, width - 2 * PAD) for text, style in head)
        return Column(strip.day, left, width, parts, tuple(placed))


def _scale(axis: Axis, heads: float, room: QRectF, *, narrow: bool) -> float:
    """Return 1 where everything fits, less where it must be painted smaller."""
    if axis.height + heads > room.height() + 1:
        return room.height() / (axis.height + heads)
    return 0.999 if narrow else 1.0


def _hours(facts: PlanFacts, items: Iterable[Sequence[Item]]) -> tuple[int, int]:
    """Return from when to when the plan reaches, in whole hours: the working hours, wider where sessions need it."""
    opens, closes = working_minutes(facts.directory.settings)
    found = [item for some in items for item in some]
    first = min([opens, *(int(item.start) for item in found)])
    last = max([closes, *(int(item.end) for item in found)])
    return first // 60 * 60, min(24 * 60, -(-last // 60) * 60)
