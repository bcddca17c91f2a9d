"""Repeats runs and sessions on other days: what that would come to, line by line, and the sessions (R2, R3)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import SessionStatus, SkipWhy
from trainer_desk.services.errors import BadValue, NotFound, WrongState
from trainer_desk.services.orchestration.certifying import certify_run
from trainer_desk.services.orchestration.rehearsing import (
    Plan,
    holidays_around,
    like,
    load_plan_directory,
    rehearse,
    settle_lines,
)
from trainer_desk.services.planning import board, runs, series
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.locking import lock_session, write_session
from trainer_desk.services.planning.making import New, make_sessions
from trainer_desk.services.planning.run_editing import create_run, lock_runs
from trainer_desk.services.rows.directory import RunRow, Settings
from trainer_desk.services.rows.previews import Fate, PreviewLine
from trainer_desk.services.rows.repeating import CloneWish, Repeated, SeriesWish
from trainer_desk.services.rows.schedule import BlockRow, SessionDetail
from trainer_desk.services.rules.cloning import closing, days_for
from trainer_desk.services.rules.recurrence import Rule, days_of, read_rule
from trainer_desk.services.rules.repeating import Choices, Wanted
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.unit import Unit

NOTHING: Choices = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What a repetition came to, read in its own transaction: it may have been a rehearsal, thrown away since."""

    repeated: Repeated
    sessions: tuple[SessionDetail, ...]
    run: RunRow | None = None


def preview_clone(db: Db, wish: CloneWish, choices: Choices = NOTHING, *, now: dt.datetime) -> tuple[PreviewLine, ...]:
    """Return a line for each session of a run (or the one named), as it would be from the new first day on (R2).

    Lines are called by the ref of the session that they are like. Enrollments are not copied, cancelled sessions are
    left aside. Raises NotFound, and BadValue for a run without sessions (run_without_sessions).
    """
    return rehearse(db, _clone_plan(db, wish), choices, publish=wish.publish, now=now)


def clone_run(db: DbSession, wish: CloneWish, choices: Choices = NOTHING, *, actor: str, now: dt.datetime) -> Repeated:
    """Make a run, or a session, again from another first day on; days keep their wall clock (R2).

    With `publish` a session is scheduled where it is free and stays a draft elsewhere. Raises as `preview_clone`,
    `duplicate_ref` for a code that is taken, and BadValue when every line is left out (nothing_to_make).
    """
    old = _locked_run(db, wish)
    plan = _clone_plan(db, wish)
    lines = settle_lines(db, plan, choices, publish=wish.publish, now=now)
    made = _require_some(lines)
    run_id = None if old is None else _new_run(db, old, wish, plan, actor, now)
    more = {} if run_id is None else {"run_id": run_id}
    ids = _make(db, plan, made, {line.key: more for line in made}, now)
    if old is None:
        certify_run(db, _runs_of(plan), actor=actor, now=now)
    return Repeated(lines, ids, run_id=run_id)


def preview_series(
    db: Db, wish: SeriesWish, choices: Choices = NOTHING, *, now: dt.datetime
) -> tuple[PreviewLine, ...]:
    """Return a line for each day of a rule after the session's own, called by the day (`2026-12-01`) (R3).

    Excepted days and, unless they are to be moved or kept, holidays are left out. Raises NotFound, WrongState for a
    cancelled session, BadValue for a rule that cannot be taken, for a session without a time, and for one that
    belongs to a series already (in_series).
    """
    return rehearse(db, _series_plan(db, wish).plan, choices, publish=wish.publish, now=now)


def make_series(
    db: DbSession, wish: SeriesWish, choices: Choices = NOTHING, *, actor: str, now: dt.datetime
) -> Repeated:
    """Make a session the first of a series, and the others with it; days left out stand as rows (R3).

    Raises as `preview_series`.
    """
    lock_runs(db, _run_of(db, wish.session_id))
    card = lock_session(db, wish.session_id)
    wanted = _series_plan(db, wish)
    lines = settle_lines(db, wanted.plan, choices, publish=wish.publish, now=now)
    series_id = series.create_series(db, wanted.rule.text, wanted.settings.zone, wanted.begins, actor=actor, now=now)
    write_session(db, card, now, series_id=series_id, series_day=wanted.begins.date())
    made = [line for line in lines if line.fate is not Fate.SKIPPED]
    more = {line.key: {"series_id": series_id, "series_day": dt.date.fromisoformat(line.key)} for line in made}
    ids = _make(db, wanted.plan, made, more, now)
    skipped = {dt.date.fromisoformat(line.key): _why(line, wish) for line in lines if line.fate is Fate.SKIPPED}
    series.leave_out(db, series_id, skipped, actor=actor, now=now)
    certify_run(db, _runs_of(wanted.plan), actor=actor, now=now)
    return Repeated(lines, ids, series_id=series_id, rule=wanted.rule.text)


def repeat(
    store: Store,
    label: str,
    verb: Callable[..., Repeated],
    wish: CloneWish | SeriesWish,
    *,
    dry_run: bool = False,
    actor: str | None = None,
) -> Written[Told]:
    """Carry out `clone_run` or `make_series` as one change and tell of its sessions whole.

    With `dry_run` the same is done in a transaction that is thrown away.
    """

    def deed(unit: Unit) -> Told:
        done = verb(unit.db, wish, actor=unit.actor, now=unit.now)
        ids = set(done.session_ids.values())
        sessions = tuple(board.load_session(unit.db, one, now=unit.now) for one in sorted(ids))
        run = None if done.run_id is None else runs.load_run_row(unit.db, done.run_id, now=unit.now)
        if dry_run:
            unit.discard()
        return Told(done, sessions, run)

    return store.perform(label, lambda: deed, actor=actor)


@dataclass(frozen=True, slots=True)
class _SeriesPlan:
    plan: Plan
    rule: Rule
    begins: dt.datetime
    settings: Settings


def _clone_plan(db: Db, wish: CloneWish) -> Plan:
    models = _models(db, wish)
    directory = load_plan_directory(db, models)
    zone = directory.settings.zone
    own = {model.card.ref: local(model.card.starts_at, zone).date() for model in models if model.card.starts_at}
    shift = wish.starts_on - min(own.values(), default=wish.starts_on)
    days = [day + shift for day in own.values()]
    blocks = holidays_around(db, days, zone)
    placed = days_for(days, blocks, zone, directory.settings.working_days, wish.closed)
    wanted = [
        _placed(model, own.get(model.card.ref), shift, placed, number, blocks, directory.settings)
        for number, model in enumerate(models, 1)
    ]
    return Plan(tuple(wanted), {model.card.ref: model for model in models}, directory, blocks)


def _placed(
    model: SessionDetail,
    own: dt.date | None,
    shift: dt.timedelta,
    placed: Mapping[dt.date, dt.date | None],
    number: int,
    blocks: Sequence[BlockRow],
    settings: Settings,
) -> Wanted:
    """Return the session like a model on its new day; on a closed one that is to be left out, left out."""
    if own is None:
        return like(model, None, number, model.card.ref, settings.zone)
    day = placed[own + shift]
    one = like(model, day or own + shift, number, model.card.ref, settings.zone)
    if day is not None:
        return one
    closed = closing(own + shift, blocks, settings.zone)
    return replace(one, note=closed.reason if closed else "", is_left_out=True)


def _models(db: Db, wish: CloneWish) -> list[SessionDetail]:
    if wish.session_id is not None:
        return [_live(board.load_session(db, wish.session_id))]
    found = list_sessions(db, SessionFilter(run_id=wish.run_id))
    standing = [detail for detail in found if detail.card.status is not SessionStatus.CANCELLED]
    if not standing:
        raise BadValue(field="run", value=str(wish.run_id), why="run_without_sessions")
    return standing


def _live(detail: SessionDetail) -> SessionDetail:
    if detail.deleted_at is not None:
        raise NotFound(kind="session", key=detail.card.ref, why="in_trash")
    return detail


def _locked_run(db: DbSession, wish: CloneWish) -> RunRow | None:
    if wish.run_id is None:
        lock_runs(db, _run_of(db, wish.session_id))
        return None
    lock_runs(db, [wish.run_id])
    found = runs.load_run_row(db, wish.run_id, now=dt.datetime.max.replace(tzinfo=dt.UTC))
    if found is None:
        raise NotFound(kind="run", key=f"#{wish.run_id}")
    return found


def _run_of(db: Db, session_id: int | None) -> list[int]:
    run_id = None if session_id is None else board.load_card(db, session_id).run_id
    return [] if run_id is None else [run_id]


def _runs_of(plan: Plan) -> set[int]:
    return {model.card.run_id for model in plan.models.values() if model.card.run_id is not None}


def _new_run(db: DbSession, old: RunRow, wish: CloneWish, plan: Plan, actor: str, now: dt.datetime) -> int:
    """Make the run of the new days: it begins on the first of them, and lasts as long as the old one did."""
    zone = plan.directory.settings.zone
    first = [local(model.card.starts_at, zone).date() for model in plan.models.values() if model.card.starts_at]
    shift = wish.starts_on - (min(first) if first else old.start_date or wish.starts_on)
    ends = None if old.end_date is None else max(old.end_date + shift, wish.starts_on)
    fields: dict[str, Any] = {
        "course_id": old.course_id,
        "name": wish.name or old.name,
        "start_date": wish.starts_on,
        "end_date": ends,
        "max_people": old.max_people,
        "members_only": old.members_only,
        "one_course": old.one_course,
    }
    code = wish.code if wish.code is not None else _free_code(old.code, runs.run_ids(db))
    return create_run(db, code, fields, actor=actor, now=now)


def _free_code(code: str, taken: Mapping[str, int]) -> str:
    """Return `JULY-2` for `JULY`, or the next number that is free."""
    stem, dash, number = code.rpartition("-")
    stem, last = (
        (stem, int(number)) if dash and number.isascii() and number.isdigit() and len(number) < 3 else (code, 1)
    )
    return next(free for ahead in range(1, 10_000) if (free := f"{stem}-{last + ahead}") not in taken)


def _series_plan(db: Db, wish: SeriesWish) -> _SeriesPlan:
    model = _live(board.load_session(db, wish.session_id))
    card = model.card
    if card.status is SessionStatus.CANCELLED:
        raise WrongState(verb="repeat", state=card.status, ref=card.ref)
    if card.starts_at is None or card.ends_at is None:
        raise BadValue(field="start", value=None, why="missing")
    if series.series_of(db, card.id) is not None:
        raise BadValue(field="series", value=card.ref, why="in_series")
    directory = load_plan_directory(db, [model])
    settings = directory.settings
    begins = local(card.starts_at, settings.zone).replace(tzinfo=None, fold=0)
    rule = read_rule(wish.rule, settings.zone, begins=begins.time())
    days = [day for day in days_of(rule, begins.date()) if day != begins.date()]
    if not days:
        raise BadValue(field="rule", value=wish.rule, why="rule_without_days")
    blocks = holidays_around(db, days, settings.zone)
    open_days = [day for day in days if day not in wish.excepted]
    placed = days_for(open_days, blocks, settings.zone, settings.working_days, wish.closed)
    wanted = [_recurring(model, day, placed, number, blocks, settings) for number, day in enumerate(days, 1)]
    plan = Plan(tuple(wanted), dict.fromkeys((one.key for one in wanted), model), directory, blocks)
    return _SeriesPlan(plan, rule, begins, settings)


def _recurring(
    model: SessionDetail,
    day: dt.date,
    placed: Mapping[dt.date, dt.date | None],
    number: int,
    blocks: Sequence[BlockRow],
    settings: Settings,
) -> Wanted:
    target = placed.get(day)
    one = like(model, target or day, number, day.isoformat(), settings.zone)
    if target is not None:
        return one
    closed = closing(day, blocks, settings.zone) if day in placed else None
    return replace(one, note=closed.reason if closed else "", is_left_out=True)


def _why(line: PreviewLine, wish: SeriesWish) -> SkipWhy:
    """Return why a day is left out: asked for, closed, or chosen over a clash."""
    if dt.date.fromisoformat(line.key) in wish.excepted:
        return SkipWhy.EXCEPTED
    return SkipWhy.CLOSED if line.note else SkipWhy.CLASH


def _require_some(lines: Sequence[PreviewLine]) -> list[PreviewLine]:
    made = [line for line in lines if line.fate is not Fate.SKIPPED]
    if not made:
        raise BadValue(field="start", value=None, why="nothing_to_make")
    return made


def _make(
    db: DbSession, plan: Plan, lines: Sequence[PreviewLine], more: Mapping[str, Mapping[str, Any]], now: dt.datetime
) -> dict[str, int]:
    new = [New(line.card, plan.models[line.key], more.get(line.key, {})) for line in lines]
    ids = make_sessions(db, new, plan.directory, now=now)
    return dict(zip((line.key for line in lines), ids, strict=True))
