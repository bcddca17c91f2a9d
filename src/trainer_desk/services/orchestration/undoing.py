"""Undo, redo and undo of an undo: one function that puts the rows of a change back, as a change of its own."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Person, Session
from trainer_desk.models.enums import (
    SEATED,
    CertificateEnd,
    EnrollmentState,
    HoldEnd,
    PresenceEnd,
    RequestStatus,
    SessionStatus,
    WithdrawnWhy,
)
from trainer_desk.services.accounts.logins import require_administrator
from trainer_desk.services.changes import Changes
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DeskError, Refused, Stale
from trainer_desk.services.journal import images, steps
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.journal.images import NetRow
from trainer_desk.services.orchestration.certifying import certify_after, certify_courses
from trainer_desk.services.orchestration.following import recompute_after
from trainer_desk.services.orchestration.mark_steps import is_attendance, require_marked
from trainer_desk.services.orchestration.own import is_own_place
from trainer_desk.services.orchestration.scheduling import lock_people_of
from trainer_desk.services.orchestration.taking_again import take_again
from trainer_desk.services.planning import board, claims, reclaiming
from trainer_desk.services.planning.attendees import busy_attendees
from trainer_desk.services.planning.run_editing import require_no_sessions
from trainer_desk.services.planning.runs import sessions_in
from trainer_desk.services.rights import ASKED, PLANNERS, roles_for_undoing, verb_name
from trainer_desk.services.rules.seating import BUSY
from trainer_desk.services.seats import groups
from trainer_desk.services.seats.on_run import require_on_run
from trainer_desk.services.seats.settling import settle, settle_stuck
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.lists import Among
from trainer_desk.services.store.objects import journaled

CLAIM_COLUMNS = frozenset({"status", "course_id", "trainer_id", "venue_id", "starts_at", "ends_at", "deleted_at"})
"""What a session claims by; a session of which only other columns go back keeps its claims, and is not judged."""

RESOURCES, MEMBERS = "session_resources", "group_members"
"""The link tables: co-trainers and equipment belong to a session's version and claims, its groups do not."""

UNBLOCKING = frozenset({"people", "courses", "training_records", "attestations", "certificates"})
"""Tables whose rows can take away what keeps somebody who waits from a free seat."""

VENUE_COLUMNS = frozenset({"part_of_id", "turnaround_minutes"})
GONE: Mapping[str, Mapping[str, Any]] = {
    "settings": {"value": ""},
    "categories": {"hue": None},
    "checklist_items": {},
    "qualifications": {},
    "accounts": {},
    "intakes": {},
    "requirements": {},
    "attestations": {},
    "training_records": {},
    "attachments": {},
    "booking_requests": {"status": RequestStatus.CANCELLED.value},
    "session_checklist_items": {},
    "tellings": {},
    "certificates": {"withdrawn_why": CertificateEnd.CORRECTED.value},
    "sessions": {"status": SessionStatus.DRAFT.value, "began_at": None, "finished_at": None},
    "enrollments": {"state": EnrollmentState.WITHDRAWN.value, "position": None, "offer_until": None},
    "blocks": {},
    "waivers": {},
    "people": {"active": False},
    "courses": {"active": False},
    "resources": {"active": False},
    "trainers": {},
    "venues": {},
    "runs": {},
    "run_members": {},
    "series": {},
    "series_skips": {},
    "groups": {},
    "seat_holds": {"ended_why": HoldEnd.RELEASED.value},
    "presences": {"ended_why": PresenceEnd.OUT.value},
}
"""How a row looks whose insert was undone: nothing is deleted. Tables that are not here cannot be undone."""

GONE_AT = {
    "sessions": "deleted_at",
    "runs": "deleted_at",
    "run_members": "deleted_at",
    "series": "deleted_at",
    "series_skips": "deleted_at",
    "blocks": "deleted_at",
    "groups": "deleted_at",
    "seat_holds": "ended_at",
    "waivers": "ended_at",
    "enrollments": "withdrawn_at",
    "presences": "ended_at",
    "checklist_items": "deleted_at",
    "qualifications": "deleted_at",
    "accounts": "disabled_at",
    "intakes": "deleted_at",
    "requirements": "deleted_at",
    "attestations": "deleted_at",
    "training_records": "deleted_at",
    "attachments": "deleted_at",
    "booking_requests": "decided_at",
    "session_checklist_items": "deleted_at",
    "tellings": "deleted_at",
    "certificates": "withdrawn_at",
}

NUMBERS = sa.select(Person.employee_no).where(Among(Person.id, "ids"))


def undo_last(store: Store, *, actor: str | None = None) -> Written[str | None]:
    """Undo the actor's newest change; the value is its label, None when there is nothing to undo.

    Raises Stale when somebody changed one of its rows since, Refused when the old state clashes by now, NotAllowed
    when the role was lowered since.
    """
    name = actor or store.actor
    return _retrace(store, store.read(steps.next_undo, name), name)


def redo_last(store: Store, *, actor: str | None = None) -> Written[str | None]:
    """Redo what the actor undid last, unless something was done since; raises as `undo_last`."""
    name = actor or store.actor
    return _retrace(store, store.read(steps.next_redo, name), name)


def revert(store: Store, change_id: int, *, actor: str | None = None) -> Written[str | None]:
    """Take any change back, also somebody else's, as a change of one's own; the value is its label.

    Others' changes are for those who plan, what administrators alone may write for them. Raises NotFound, and as
    `undo_last`.
    """
    name = actor or store.actor
    deed = store.read(steps.load_deed, change_id)
    if deed.is_undone:
        store.require(verb_name(reverse), actor=name)
        raise Stale(why="reverted_already", label=deed.label)
    return _retrace(store, deed, name, others=deed.actor != name)


def _retrace(store: Store, step: steps.Step | None, actor: str, *, others: bool = False) -> Written[str | None]:
    if step is None:
        return Written(None, Changes())
    touched = store.read(images.tables_of, step.change_id)
    marks = store.read(is_attendance, step.change_id)
    own = store.read(is_own_place, step.change_id, actor, now=store.clock.now())
    allowed = roles_for_undoing(touched, is_attendance=marks, is_own=own)
    store.require(verb_name(reverse), allowed=allowed & PLANNERS if others else allowed, actor=actor)
    try:
        done = store.write(step.label, reverse, step.change_id, actor=actor, undoes=step.change_id, kind=step.kind)
    except DeskError as error:
        if error.facts.get("constraint") == "uq_changes_undoes":  # on another workstation at the same moment
            raise Stale(why="changed_since", by=actor) from error
        raise
    return Written(step.label, done.changes)


def reverse(db: DbSession, change_id: int, *, now: dt.datetime, actor: str) -> None:
    """Put every row of a change back to what it was before, or refuse and leave all as it is (design 5)."""
    if goes_through_gate(db):
        through_gate(db, _reversing(db, change_id, actor, now), change_id)
        return
    rows = [row for row in images.net_rows(db, change_id) if not _is_over(row)]
    sessions = _sessions_of(rows)
    runs = [int(row.key) for row in rows if row.table == "runs"]
    settled = sessions.union(sessions_in(db, runs))  # a limit that rises again lets people in (K8)
    scope = lock_people_of(db, sorted(settled), now, frees=True, people=_people_of(rows))
    _require_undoable(rows)
    for row in rows:
        _require_untouched(db, row, change_id)
    concerned = _sessions_of([row for row in rows if _concerns_claims(row)])
    claims.drop(db, concerned)
    for row in sorted(rows, key=_order):
        _put_back(db, row, now, actor)
    groups.clear_strays(db, sessions)
    _raise_versions(db, rows, now)
    require_no_sessions(db, runs)
    blocks = [int(row.key) for row in rows if row.table == "blocks"]
    reclaiming.reclaim_blocks(db, blocks)  # first: sessions go back to where an absence stood that goes with them
    require_on_run(db, {int(row.key.split(",")[0]) for row in rows if row.table == "run_members"}, now)
    for session_id in sorted(concerned):
        take_again(db, session_id, change_id, blocks, now)
    venues = {one for row in rows if row.table == "venues" for one in _venues_of(row)}
    if venues:
        reclaiming.reclaim_venues(db, venues)
    if any(row.table == "accounts" for row in rows):
        require_administrator(db)
    _require_free(db, rows, now)
    require_marked(db, rows)
    certify_after(db, sessions, actor=actor, now=now)
    asking = {int(row.key) for row in rows if row.table == "courses" and "requires_result" in row.columns}
    certify_courses(db, asking, actor=actor, now=now)
    recompute_after(db, rows)
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)
    if any(row.table in UNBLOCKING for row in rows):
        settle_stuck(db, actor=actor, now=now)


def _reversing(db: DbSession, change_id: int, actor: str, now: dt.datetime) -> str:
    """Return the function of a server that takes back what a change touched: requests, places, or a trainer's deeds."""
    if images.tables_of(db, change_id) <= ASKED:
        return "take_back_request"
    return "take_back_place" if is_own_place(db, change_id, actor, now=now) else "reverse_own"


def _require_free(db: DbSession, rows: list[NetRow], now: dt.datetime) -> None:
    """Refuse to give a seat back to somebody who meanwhile sits elsewhere at that time (C6)."""
    again = [row for row in rows if _takes_seat(row)]
    for session_id, card in board.load_cards(db, _sessions_of(again)).items():
        people = _people_of([row for row in again if _sessions_of([row]) == {session_id}])
        numbers = set(db.execute(NUMBERS, {"ids": sorted(people)}).scalars())
        directory = load_directory(db, course_ids=[card.course_id])
        found = [one for one in busy_attendees(db, card, directory, now) if one.refuses and one.subject in numbers]
        if found and card.status in BUSY:
            raise Refused(found, ref=card.ref)


def _takes_seat(row: NetRow) -> bool:
    is_seated = row.before is not None and row.before.get("state") in SEATED
    return row.table == "enrollments" and is_seated and (row.after is None or row.after["state"] not in SEATED)


def _people_of(rows: list[NetRow]) -> set[int]:
    return {int((row.after or row.before or {})["person_id"]) for row in rows if row.table == "enrollments"}


def _venues_of(row: NetRow) -> set[int]:
    """Return the venue and the wholes that it was and is part of, if claims hang on what goes back."""
    if not VENUE_COLUMNS & set(row.columns):
        return set()
    wholes = [image["part_of_id"] for image in (row.before, row.after) if image is not None]
    return {int(row.key), *(int(whole) for whole in wholes if whole is not None)}


def _concerns_claims(row: NetRow) -> bool:
    if row.table == "sessions":
        return row.before is None or bool(CLAIM_COLUMNS & set(row.columns))
    return row.table == RESOURCES


def _is_over(row: NetRow) -> bool:
    """Whether a presence, a hold or an offer ran out, which the change only noticed: nobody's deed, so it stays so."""
    after = row.after or {}
    ends = {"presences": PresenceEnd.LOST, "seat_holds": HoldEnd.EXPIRED}
    if row.table == "enrollments":
        return bool(after.get("withdrawn_why") == WithdrawnWhy.LAPSED)
    return row.table in ends and after.get("ended_why") == ends[row.table]


def _raise_versions(db: DbSession, rows: list[NetRow], now: dt.datetime) -> None:
    """Raise the version of sessions of which only links went back: it covers co-trainers and equipment, too."""
    own = {int(row.key) for row in rows if row.table == "sessions"}
    linked = _sessions_of([row for row in rows if row.table == RESOURCES]) - own
    if linked:
        bump = sa.update(Session).where(Session.id.in_(linked))
        db.execute(bump.values(version=Session.version + 1, updated_at=now))


def _require_undoable(rows: list[NetRow]) -> None:
    for row in rows:
        is_known = row.before is not None or row.table in GONE or row.table in journaled.LINKS
        if not is_known or row.table in journaled.KEPT_SECRET or not images.is_readable(row):
            raise DeskError("stale", why="cannot_be_undone", table=row.table)


def _require_untouched(db: DbSession, row: NetRow, change_id: int) -> None:
    if images.present_image(db, row) == row.after:
        return
    last = last_change(db, of_row(row.table, row.key), since=change_id)
    raise Stale(why="changed_since", by=last and last.by, at=last and last.at, label=last and last.label)


def _order(row: NetRow) -> tuple[int, int]:
    """Rows that give a seat back, links that go, parents before children, rows that take a seat, members of groups."""
    place = journaled.TABLES.index(row.table)
    if row.table == "enrollments":
        takes = row.before is not None and row.before["state"] in SEATED
        return (3 if takes else 0, place)
    if row.table == "seat_holds":
        return (3 if _held(row.before) > _held(row.after) else 0, place)
    if row.table == MEMBERS and row.before is not None:
        return (4, place)
    if row.table == "presences":
        comes_back = row.before is not None and row.before["ended_at"] is None
        return (3 if comes_back else 0, place)
    if row.table == "certificates":  # one revision of a number counts: the other goes first
        counts_again = row.before is not None and row.before["withdrawn_at"] is None
        return (3 if counts_again else 0, place)
    return (1 if row.table in journaled.LINKS and row.before is None else 2, place)


def _held(image: images.Image | None) -> int:
    return 0 if image is None or image["ended_at"] is not None else int(image["seats"])


def _put_back(db: DbSession, row: NetRow, now: dt.datetime, actor: str) -> None:
    if row.table in journaled.LINKS:
        if row.after is not None:
            images.delete_row(db, row)
        if row.table == MEMBERS and row.before is not None:
            groups.require_way_back(db, **row.before)
        images.insert_image(db, row)
        return
    if row.before is not None:
        columns = {name: row.before[name] for name in row.columns}
    else:
        columns = dict(GONE[row.table])
        if row.table in GONE_AT:
            columns[GONE_AT[row.table]] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        if row.table == "enrollments":
            columns["withdrawn_by"] = actor
    if columns:
        images.write_columns(db, row, columns, now)


def _sessions_of(rows: list[NetRow]) -> set[int]:
    found: set[int] = set()
    for row in rows:
        image = row.after or row.before or {}
        if row.table in ("attachments", "session_checklist_items"):
            continue  # they take neither a seat nor a claim
        if row.table == "sessions":
            found.add(int(image["id"]))
        elif image.get("session_id") is not None:
            found.add(int(image["session_id"]))
    return found
