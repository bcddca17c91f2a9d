"""What hangs behind the bell of a login: who that is, and what it is told (D6)."""

import datetime as dt

from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_settings
from trainer_desk.services.notices.listing import load_notices
from trainer_desk.services.rows.notices import BellFacts
from trainer_desk.services.store.db import Db


def load_bell(db: Db, login: str, now: dt.datetime) -> BellFacts:
    """Return what a login is told at `now` (UTC); nothing where it has no account."""
    return BellFacts(load_settings(db).zone, tuple(load_notices(db, who_is(db, login), now)))
