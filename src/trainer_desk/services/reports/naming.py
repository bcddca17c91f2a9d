"""Refuses a site, department or job role that nobody has: a report narrowed to it would be empty and look true."""

from collections.abc import Mapping
from difflib import get_close_matches

import sqlalchemy as sa

from trainer_desk.models import Person, Venue
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.store.db import Db

HAVE: Mapping[str, sa.CompoundSelect[str] | sa.Select[str]] = {
    "site": sa.union(sa.select(Person.site), sa.select(Venue.site)),
    "department": sa.select(Person.department).distinct(),
    "job_role": sa.select(Person.job_role).distinct(),
}
"""Who is in use or has left: past days know them, too."""
NEAR = 5
"""So many that there are stand in the refusal: those written most like it, else the first."""


def require_names(db: Db, names: Mapping[str, str | None]) -> None:
    """Raise BadValue (not_one_of, with what there is near it) for a name by field that neither person nor venue has.

    None and empty names narrow nothing. Where there is none at all of a field it is NotFound.
    """
    for field, name in names.items():
        if not name:
            continue
        known = sorted({found for found in db.execute(HAVE[field]).scalars() if found})
        if name in known:
            continue
        if not known:
            raise NotFound(kind=field, key=name)
        raise BadValue(field=field, value=name, why="not_one_of", choices=nearest(name, known))


def nearest(name: str, known: list[str]) -> list[str]:
    """Return those of the known names that are written most like it, however small or large; else the first."""
    folded: dict[str, str] = {one.casefold(): one for one in known}
    found = get_close_matches(name.casefold(), folded, NEAR, 0.5)
    return [folded[one] for one in found] or known[:NEAR]
