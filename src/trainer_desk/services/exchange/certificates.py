"""Which certificates an export is about: those that count and end with the selected sessions (A5)."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.selection import SESSIONS, Selection, check_selection, conditions
from trainer_desk.services.people.certificates import session_certificates
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rules.names import sort_name
from trainer_desk.services.store.lists import Among

STARTS = sa.select(SESSIONS.c.id, SESSIONS.c.starts_at)


def load_selected(db: Connection, selection: Selection) -> list[CertificateRow]:
    """Return the certificates of a selection by start of the session and name; with a person only theirs.

    A certificate of several days belongs to the session of the last. Raises NotFound for a ref, code or number that
    does not exist.
    """
    check_selection(db, selection)
    found = _certified(db, dict(db.execute(STARTS.where(*conditions(selection))).all()))
    return found if selection.person is None else [row for row in found if row.employee_no == selection.person]


def load_of_sessions(db: Connection, session_ids: Collection[int]) -> list[CertificateRow]:
    """Return the certificates that count and end with these sessions, by start of the session and name.

    Raises BadValue with why no_certificates if there is none.
    """
    chosen = STARTS.where(Among(SESSIONS.c.id, "ids"), SESSIONS.c.deleted_at.is_(None))
    found = _certified(db, dict(db.execute(chosen, {"ids": list(session_ids)}).all()))
    if not found:
        raise BadValue(field="selection", value=None, why="no_certificates")
    return found


def _certified(db: Connection, starts: Mapping[int, Any]) -> list[CertificateRow]:
    found = session_certificates(db, starts)
    return sorted(found, key=lambda row: (starts[row.session_id], row.session_id, sort_name(row.person_name), row.id))
