"""Which certificates an export is about: those that count and end with the selected sessions (A5)."""

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.exchange.selection import SESSIONS, Selection, check_selection, conditions
from trainer_desk.services.people.certificates import session_certificates
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rules.names import sort_name

STARTS = sa.select(SESSIONS.c.id, SESSIONS.c.starts_at)


def load_selected(db: Connection, selection: Selection) -> list[CertificateRow]:
    """Return the certificates of a selection by start of the session and name; with a person only theirs.

    A certificate of several days belongs to the session of the last. Raises NotFound for a ref, code or number that
    does not exist.
    """
    check_selection(db, selection)
    starts = dict(db.execute(STARTS.where(*conditions(selection))).all())
    found = session_certificates(db, starts)
    if selection.person is not None:
        found = [row for row in found if row.employee_no == selection.person]
    return sorted(found, key=lambda row: (starts[row.session_id], row.session_id, sort_name(row.person_name), row.id))
