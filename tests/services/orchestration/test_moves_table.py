"""All states, all moves, all roles: what the services do is what the table of moves says, on every database (S4)."""

from functools import partial
from typing import Any

import pytest

from tests.databases import StoreFactory
from tests.moving import LATER, VERBS, WHO, expected, make_yard
from trainer_desk.models.enums import CLAIMING, Role, SessionStatus
from trainer_desk.services import rights
from trainer_desk.services.errors import NotAllowed, WrongState
from trainer_desk.services.orchestration import completing, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rules.transitions import moves_from

DEEDS: dict[str, Any] = {
    "publish": scheduling.publish,
    "unpublish": scheduling.unpublish,
    "start": completing.start,
    "complete": completing.complete,
    "reopen": completing.reopen,
    "cancel": partial(scheduling.cancel, reason="Rain"),
    "reinstate": scheduling.reinstate,
}


def test_there_is_a_deed_for_every_move_and_the_rights_agree_with_the_table() -> None:
    assert set(DEEDS) == set(VERBS)
    for verb, deed in DEEDS.items():
        allowed = {move.actors for status in SessionStatus for move in moves_from(status) if move.verb == verb}
        assert {frozenset(role for role in Role if rights.may(role, deed))} == allowed


@pytest.mark.parametrize("role", Role)
def test_every_move_from_every_state(store_factory: StoreFactory, role: Role) -> None:
    """What the table allows leads to its target; anything else is refused and leaves the session as it was."""
    yard = make_yard(store_factory, role)
    done = 0
    for verb in VERBS:
        for is_own in [own for who, own in WHO if who is role]:
            for status in SessionStatus:
                session = yard.session(status, is_own=is_own)
                wanted = expected(verb, status, role, is_own=is_own)
                said = f"{verb} of {'an own' if is_own else 'a foreign'} {status.value} session by a {role.value}"
                refusal = attempt(yard.store, verb, session)
                after = yard.store.read(load_card, session)
                assert after.status is (wanted or status), said
                assert (refusal is None) is (wanted is not None), said
                may = any(expected(verb, one, role, is_own=is_own) for one in SessionStatus)
                if refusal is not None:
                    assert isinstance(refusal, WrongState if may else NotAllowed), said
                    assert after.version == 1, said
                if isinstance(refusal, WrongState):
                    assert refusal.facts["state"] is status, said
                    assert isinstance(refusal.facts["wanted"], SessionStatus), said
                assert bool(claims_of(yard.store, session)) is (after.status in CLAIMING), said
                done += wanted is not None
    assert done == {Role.ADMINISTRATOR: 20, Role.SUPERVISOR: 20, Role.TRAINER: 3, Role.REQUESTER: 1}[role]
    with yard.store.snapshot() as db:
        assert check_database(db, now=LATER) == []


def attempt(store: Any, verb: str, session: int) -> Exception | None:
    try:
        store.write(verb, DEEDS[verb], session)
    except (WrongState, NotAllowed) as refusal:
        return refusal
    return None


def claims_of(store: Any, session: int) -> int:
    with store.reading() as db:
        statement = f"SELECT count(*) FROM claims WHERE session_id = {session}"
        return int(db.exec_driver_sql(statement).scalar_one())
