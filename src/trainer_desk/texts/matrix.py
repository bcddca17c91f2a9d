"""The words of the compliance matrix: what a mark means, what a cell says in full, and what a file says of it (D3)."""

from datetime import date

from trainer_desk.services.rows.matrix import Mark, MatrixAsked, MatrixCell, MatrixRow
from trainer_desk.texts.formats import date_text
from trainer_desk.texts.translate import _, mark
from trainer_desk.texts.words import pill_text

MARKS = {
    Mark.LACKING: mark("Not compliant"),
    Mark.PENDING: mark("Pending"),
    Mark.EXPIRING: mark("Expiring soon"),
    Mark.HELD: mark("Compliant"),
    Mark.NOT_ASKED: mark("Not asked for"),
}


def mark_word(one: Mark) -> str:
    """Return the word for a mark."""
    return _(MARKS[one])


def cell_text(cell: MatrixCell | None, day: date) -> str:
    """Return what a cell says in full, judged on `day`: `Expired 9 Nov 2026`; None: there is nothing to say."""
    if cell is None:
        return mark_word(Mark.NOT_ASKED)
    return pill_text(int(cell.mark), cell.status, cell.expires_on, day, cell.due_on, cell.counts_from)


def spoken_cell(row: MatrixRow, title: str, cell: MatrixCell | None, day: date) -> str:
    """Return what a screen reader says of a cell: person, course, mark and dates."""
    words = cell_text(cell, day)
    known = mark_word(cell.mark if cell else Mark.NOT_ASKED)
    return f"{row.name}, {title}: {words if words == known else f'{known}, {words}'}"


def cell_word(cell: MatrixCell | None) -> str:
    """Return the words of a cell in a file: the mark, with its day as `2026-11-09` where there is one."""
    if cell is None:
        return mark_word(Mark.NOT_ASKED)
    ends = cell.due_on if cell.mark is Mark.PENDING else cell.expires_on
    word = mark_word(cell.mark)
    if ends is None:
        return word
    shape = _("{word}, expired {day}") if cell.mark is Mark.LACKING else _("{word}, to {day}")
    return shape.format(word=word, day=ends.isoformat())


def as_of_text(day: date, today: date) -> str:
    """Return what has to be known of the day of a matrix; empty for today."""
    if day == today:
        return ""
    if day < today:
        return _("As of {day}: what had happened by then, as it is known now").format(day=date_text(day))
    return _("As of {day}: what is held today, judged on that day").format(day=date_text(day))


def narrowed_text(asked: MatrixAsked) -> str:
    """Return what narrows a matrix: `Department: Lab · Site: North · only who lacks something`; empty: nothing."""
    people = asked.people
    lists = ((_("Department"), people.departments), (_("Site"), people.sites), (_("Job role"), people.job_roles))
    parts = [f"{word}: {', '.join(values)}" for word, values in lists if values]
    if people.search:
        parts.append(_("Search: {words}").format(words=people.search))
    if asked.lacking:
        parts.append(_("only who lacks something"))
    return " · ".join(parts)
