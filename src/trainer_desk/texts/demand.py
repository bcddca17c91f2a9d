"""The words of demand: months, cells, and the runs that are asked for (D4)."""

from collections.abc import Sequence
from datetime import date

from trainer_desk.services.rows.demand import DemandCell, DemandLine, RunWish
from trainer_desk.texts.formats import month_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.texts.words import people_text


def month_head(month: date) -> str:
    """Return the heading of a month: `Feb 27`."""
    return f"{month_text(month).split()[0][:3]} {month:%y}"


def cell_text(cell: DemandCell) -> str:
    """Return who needs a place and how many sessions are to be added: `25 · +2`; empty where nobody does."""
    if not cell.people:
        return ""
    return f"{cell.people} · +{cell.sessions}" if cell.sessions else str(cell.people)


def spoken_cell(line: DemandLine, month: date, cell: DemandCell) -> str:
    """Return a cell in whole words."""
    where = ", ".join(filter(None, (line.title, line.site, month_text(month))))
    if not cell.people:
        return _("{where}: nobody needs a place.").format(where=where)
    planned = plural("{n} planned place serves them", "{n} planned places serve them", cell.planned)
    sessions = plural("{n} session is to be added", "{n} sessions are to be added", cell.sessions)
    rest = sessions if cell.sessions else _("no session is to be added")
    return _("{where}: {people} need a place; {planned}, {rest}.").format(
        where=where, people=people_text(cell.people), planned=planned, rest=rest
    )


def wishes_text(wishes: Sequence[RunWish], people: int) -> str:
    """Return what is chosen: `3 sessions in 2 runs for 27 people`."""
    sessions = plural("{n} session", "{n} sessions", sum(wish.sessions for wish in wishes))
    runs = plural("{n} run", "{n} runs", len(wishes))
    return _("{sessions} in {runs} for {people}").format(sessions=sessions, runs=runs, people=people_text(people))


def made_text(wishes: Sequence[RunWish]) -> str:
    """Return what was made: `2 runs with 3 drafts are waiting to be placed.`"""
    runs = plural("{n} run", "{n} runs", len(wishes))
    drafts = plural("{n} draft", "{n} drafts", sum(wish.sessions for wish in wishes))
    return _("Made {runs} with {drafts} to place.").format(runs=runs, drafts=drafts)
