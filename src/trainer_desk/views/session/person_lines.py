"""The lines of people who could take a seat: those who wait, and those whom the picker offers; pure."""

from datetime import date

from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts import pill_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.picker.words import shape_of
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.lines import Line
from trainer_desk.views.session.people_rows import waiting_rows


def waiting_matching(facts: Facts, search: str) -> list[Line]:
    """Return those who wait and whose name or number holds every word of the search, next first."""
    words = search_key(search).split()
    found = []
    for row in waiting_rows(facts):
        text = search_key(row.name, row.employee_no)
        if all(word in text for word in words):
            said = _("Waiting, {place}").format(place=row.words)
            found.append(Line(row.key, row.name, said, row.icon, row.tone, row.note or row.employee_no))
    return found


def candidate_line(person: Candidate, day: date) -> Line:
    """Return the line of somebody whom the picker offers; what speaks against the seat stands below the name."""
    tone, icon = shape_of(person)
    below = [person.department, person.employee_no]
    if person.busy_with:
        below.insert(0, _("Has a seat at the same time in {title}").format(title=shown(person.busy_with[0])))
    words = pill_text(person.group, person.status, person.expires_on, day, person.due_on, person.counts_from)
    return Line(person.person_id, person.name, words, icon, tone, " · ".join(part for part in below if part))
