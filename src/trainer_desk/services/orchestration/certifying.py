"""Certificates follow the marks: who has earned one gets it, who has not loses what that completion made (A5)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session as DbSession


def certify(db: DbSession, session_ids: Collection[int], *, actor: str, now: dt.datetime) -> None:
    """Bring certificates and compliance in line with state and marks of these sessions, which are locked.

    Safe to call at any time: what is right already stays as it is.
    """
