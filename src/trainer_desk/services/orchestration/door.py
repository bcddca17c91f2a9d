"""What a door does with the store: comings and goings as changes, signs of life beside the journal (K9)."""

from collections.abc import Callable, Collection

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.seats.occupancy import check_in, check_out
from trainer_desk.services.seats.presences import keep_alive
from trainer_desk.services.store.engine import Store, Written


def come_in(
    store: Store, label: str, session_id: int, employee_no: str, *, actor: str | None = None
) -> Written[Passage]:
    """Check a person in under a label; for whoever is in already it is a sign of life. Raises as `check_in`.

    What is no person's number but the ref of a session, as it stands as a code on the sign-in sheet, is told apart:
    NotFound with why `is_session` and the `session_id`.
    """
    done = _pass(store, label, check_in, session_id, employee_no, actor)
    if done.value.outcome == "already":
        store.signal(keep_alive, [done.value.presence_id], actor=actor)
    return done


def go_out(
    store: Store, label: str, session_id: int, employee_no: str, *, actor: str | None = None
) -> Written[Passage]:
    """Check a person out under a label. Raises as `check_out`; the code of a session as `come_in`."""
    return _pass(store, label, check_out, session_id, employee_no, actor)


def stay_in(store: Store, presence_ids: Collection[int], *, actor: str | None = None) -> Written[tuple[int, ...]]:
    """Give a sign of life for people in the room; the answer names the presences that are still there (K9)."""
    return Written(store.signal(keep_alive, list(presence_ids), actor=actor), Changes())


def _pass(
    store: Store, label: str, verb: Callable[..., Passage], session_id: int, employee_no: str, actor: str | None
) -> Written[Passage]:
    try:
        done = store.write(label, verb, session_id, employee_no, actor=actor)
        if done.was_done:  # the connection was lost once it was written: asked again it is answered as done already
            done = store.write(label, verb, session_id, employee_no, actor=actor)
    except NotFound as error:
        if error.facts.get("kind") != "person":
            raise
        raise _told_apart(store, error, employee_no) from None
    return done


def _told_apart(store: Store, error: NotFound, code: str) -> NotFound:
    """Return the refusal of a number that nobody has, or of the ref of a session that one may see."""
    try:
        other = store.read(find_session, code)
    except NotFound:
        return error
    return NotFound(kind="person", key=code, why="is_session", session_id=other)
