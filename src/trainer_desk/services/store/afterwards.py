"""What a verb wants done once its transaction is committed: a verb may run more than once, this runs once at most."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.findings import Finding

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

Afterwards: TypeAlias = Callable[["Store"], Sequence[Finding]]
"""Is given the store, and returns what the user should know; it must raise nothing, for the change stands."""

_KEY = "afterwards"


def afterwards(db: DbSession, deed: Afterwards) -> None:
    """Have something done after the commit of this transaction; without a commit it is never done.

    A savepoint that is given up does not take it back: `deed` looks at what was committed.
    """
    db.info.setdefault(_KEY, []).append(deed)


def wanted_of(db: DbSession) -> tuple[Afterwards, ...]:
    """Return what is wanted after the commit, in the order in which it was asked for."""
    return tuple(db.info.get(_KEY, ()))
