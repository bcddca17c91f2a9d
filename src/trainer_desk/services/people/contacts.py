"""Whom to call for a person in an emergency: kept apart, and each look is recorded (A4, N4)."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.lists import Among

_CONTACTS, _LOOKS, _PEOPLE = (Base.metadata.tables[name] for name in ("contacts", "contact_looks", "people"))


def look_at(db: DbSession, person_id: int, *, actor: str, now: dt.datetime) -> ContactRow:
    """Return a person's emergency contact, and record who looked at it and when; Ctrl+Z passes over that.

    For supervisors and administrators. Raises NotFound.
    """
    _require_person(db, person_id, lock=False)  # who only looks may not hold the row up
    if is_sqlite(db):
        db.execute(sa.insert(_LOOKS).values(person_id=person_id, looked_at=now, looked_by=actor))
        query = sa.select(_CONTACTS.c.name, _CONTACTS.c.phone).where(_CONTACTS.c.person_id == person_id)
    else:
        query = sa.select(sa.text("name"), sa.text("phone")).select_from(sa.func.contact_of(person_id))
    found = db.execute(query).one_or_none()
    return ContactRow(None, None) if found is None else ContactRow(*found)


def set_contact(
    db: DbSession, person_id: int, name: str | None, phone: str | None, *, actor: str, now: dt.datetime
) -> None:
    """Set or empty a person's emergency contact; the journal keeps that it changed, not what it held.

    Raises NotFound, and BadValue as `clean_text`.
    """
    values = {
        "name": clean_text(name or "", field="emergency_contact_name"),
        "phone": clean_text(phone or "", field="emergency_contact_phone"),
    }
    _require_person(db, person_id)
    known = db.execute(sa.select(_CONTACTS.c.person_id).where(_CONTACTS.c.person_id == person_id)).scalar_one_or_none()
    if known is not None:
        db.execute(sa.update(_CONTACTS).where(_CONTACTS.c.person_id == person_id).values(values))
    elif any(values.values()):
        db.execute(sa.insert(_CONTACTS).values(person_id=person_id, **values))


def differing(db: DbSession, field: str, said: Mapping[str, str | None]) -> set[str]:
    """Return the numbers of those whose contact's `field` (name, phone) is not what is said of it.

    A server compares by itself, so that nobody need read what nobody may look at unrecorded.
    """
    if not is_sqlite(db):
        numbers, values = list(said), list(said.values())
        text = ARRAY(sa.Text())
        asked = getattr(sa.func, f"differing_{field}s")(sa.cast(numbers, text), sa.cast(values, text))
        return set(db.execute(sa.select(asked)).scalars())
    query = sa.select(_PEOPLE.c.employee_no, _CONTACTS.c[field]).join(_CONTACTS)
    among = query.where(Among(_PEOPLE.c.employee_no, "numbers"))
    stored: dict[str, str | None] = dict(db.execute(among, {"numbers": list(said)}).all())
    return {number for number, value in said.items() if stored.get(number) != value}


def _require_person(db: DbSession, person_id: int, *, lock: bool = True) -> None:
    query = sa.select(_PEOPLE.c.id).where(_PEOPLE.c.id == person_id)
    if lock:
        query = query.with_for_update(key_share=True)
    if db.execute(query).scalar_one_or_none() is None:
        raise NotFound(kind="person", key=f"#{person_id}")
