"""Replaces a trainer in one session or in all of a period, by load, in one change (C8)."""

import datetime as dt
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import SessionRole
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError, NotFound, Stale
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.planning import board, locking
from trainer_desk.services.planning.substitutes import substitutes_of
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.substitutes import StandIns, Substituted
from trainer_desk.services.rules.availability import resources_of
from trainer_desk.services.rules.retiring import without
from trainer_desk.services.rules.stepping_in import share_out
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, require_editable
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.trouble import savepoint

TRAINER = sa.bindparam("trainer", type_=sa.Integer)
FROM, TO, NOW = (sa.bindparam(name, type_=Session.starts_at.type) for name in ("starts_at", "ends_at", "now"))
CO_TAUGHT = sa.select(SessionResource.session_id).where(
    SessionResource.resource_id == TRAINER, SessionResource.role == SessionRole.CO_TRAINER.value
)
OF_PERIOD = sa.select(Session.id).where(
    sa.or_(Session.trainer_id == TRAINER, Session.id.in_(CO_TAUGHT)),
    Session.status.in_(sorted(OPEN_FOR_PEOPLE)),
    Session.deleted_at.is_(None),
    Session.starts_at < TO,
    Session.ends_at > FROM,
    Session.ends_at > NOW,
)


def foresee_period(
    db: Db, trainer_id: int, starts_at: dt.datetime, ends_at: dt.datetime, *, now: dt.datetime
) -> StandIns:
    """Return the sessions of a trainer, lead or co-trainer, that touch [starts_at, ends_at) and are not over at `now`.

    Instants are UTC. Each session comes with who could step in, shared out by load. Raises NotFound.
    """
    asked = {"trainer": trainer_id, "starts_at": starts_at, "ends_at": ends_at, "now": now}
    return _foresee(db, trainer_id, db.execute(OF_PERIOD, asked).scalars().all(), now)


def foresee_session(db: Db, session_id: int, trainer_id: int, *, now: dt.datetime) -> StandIns:
    """Return who could step in for a trainer of one session. Raises NotFound, WrongState for one that is over."""
    card = board.load_card(db, session_id, now=now)
    require_editable(card.status, ["trainer_id"], ref=card.ref)
    if trainer_id not in card.trainer_ids:
        raise NotFound(kind="trainer", key=trainer_id)
    return _foresee(db, trainer_id, [session_id], now)


def substitute(
    db: DbSession, trainer_id: int, choices: Mapping[int, int], *, actor: str, now: dt.datetime
) -> Substituted:
    """Put another trainer into the place of one in each session of `choices` (session id to trainer id).

    All is one change. A session in which the other cannot take the place, or which the trainer does not lead any
    more, is left as it was and told with the reason. Raises BadValue when nothing was chosen.
    """
    if not choices:
        raise BadValue(field="sessions", value="", why="missing")
    locking.lock_sessions(db, choices)
    directory = load_directory(db)
    cards = board.load_cards(db, list(choices), now=now)
    locking.lock_resources(db, _needed(cards.values(), choices, directory))
    done: list[str] = []
    refused: list[tuple[str, DeskError]] = []
    for card in sorted(cards.values(), key=lambda one: (str(one.starts_at), one.id)):
        try:
            with savepoint(db):
                _replace(db, trainer_id, card, choices[card.id], actor=actor, now=now)
        except DatabaseTrouble:
            raise
        except DeskError as error:
            refused.append((card.ref, error))
        else:
            done.append(card.ref)
    return Substituted(tuple(done), tuple(refused))


def _foresee(db: Db, trainer_id: int, session_ids: Collection[int], now: dt.datetime) -> StandIns:
    directory = load_directory(db)
    if trainer_id not in directory.trainers:
        raise NotFound(kind="trainer", key=trainer_id)
    loaded = board.load_cards(db, list(session_ids), now=now).values()
    cards = sorted(loaded, key=lambda card: (str(card.starts_at), card.id))
    free = {key: found.trainers for key, found in substitutes_of(db, cards, directory).items()}
    return StandIns(trainer_id, directory.trainers[trainer_id].name, share_out(cards, free, directory))


def _replace(db: DbSession, trainer_id: int, card: SessionCard, other_id: int, *, actor: str, now: dt.datetime) -> None:
    if trainer_id not in card.trainer_ids:
        raise Stale(ref=card.ref, by=None, at=None)
    fields = without("trainer", card, trainer_id, other_id)
    scheduling.edit_session(db, card.id, fields, actor=actor, now=now)


def _needed(cards: Collection[SessionCard], choices: Mapping[int, int], directory: Directory) -> set[int]:
    """Return what the sessions take, those who step in included: their rows are locked together, by id."""
    taken = {resource for card in cards for resource in resources_of(card, directory)}
    return taken | set(choices.values())
