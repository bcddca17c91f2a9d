"""Scenes of sessions, runs, series and absences: each prepares what its verb needs and gives the arguments."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from tests.services.orchestration.undo_walk.world import DAY, FIRST, HOUR, NOW, World
from trainer_desk.models import Session
from trainer_desk.models.enums import Attendance, WaitlistMode
from trainer_desk.services.orchestration import attending, repeating, scheduling, series_editing
from trainer_desk.services.orchestration.absence_concerns import foresee
from trainer_desk.services.orchestration.lowering import propose_lowering
from trainer_desk.services.orchestration.rehoming import propose
from trainer_desk.services.orchestration.retiring_concerns import foresee as foresee_retiring
from trainer_desk.services.planning import waivers
from trainer_desk.services.rows.absences import Foreseen, Wanted
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.demand import RunWish
from trainer_desk.services.rows.past import PastPerson
from trainer_desk.services.rows.repeating import CloneWish, Reach, SeriesWish
from trainer_desk.services.rows.retiring import Retirement
from trainer_desk.services.rows.settling import Choice, Way

Arguments = tuple[Any, ...]


def span(starts_at: dt.datetime) -> dict[str, dt.datetime]:
    return {"starts_at": starts_at, "ends_at": starts_at + HOUR}


def fields(world: World, starts_at: dt.datetime) -> dict[str, Any]:
    return {"course_id": world.course, "trainer_id": world.bo, "venue_id": world.hall} | span(starts_at)


def cancelling(found: Foreseen | Retirement) -> dict[int, Choice]:
    return {one.card.id: Choice(Way.CANCEL if Way.CANCEL in one.ways else one.ways[0]) for one in found.sessions}


def away(world: World, verb: str) -> Arguments:
    """Enter an absence over what stands there, and cancel that."""
    whom = None if verb == "holiday" else world.ann
    wanted = Wanted(whom, FIRST - HOUR, FIRST + DAY - HOUR, "Away")
    return wanted, cancelling(world.store.read(foresee, wanted, now=NOW)), "Away"


def longer(world: World, resource: int | None) -> Arguments:
    wanted = Wanted(resource, FIRST - HOUR, FIRST + 2 * DAY - HOUR, "Longer")
    return wanted, cancelling(world.store.read(foresee, wanted, now=NOW)), "Away"


def in_series(world: World) -> tuple[int, int]:
    """Make three days of the draft, and return its series and the second of them."""
    wish = SeriesWish(world.draft, "FREQ=DAILY;COUNT=3")
    made = world.do(repeating.make_series, wish)
    second = sa.select(Session.id).where(Session.series_id == made.series_id).order_by(Session.series_day)
    return made.series_id, world.one(second.offset(1).limit(1))


def taken_out(world: World) -> Arguments:
    series, session = in_series(world)
    world.do(series_editing.skip_day, session, "Holiday")
    return series, (FIRST + 4 * DAY).date()


def lowered(world: World) -> Arguments:
    return world.full, 1, world.store.read(propose_lowering, world.full, 1, now=NOW).places()


def rehomed(world: World) -> Arguments:
    both = [world.full, world.offering]
    return both, "Ill", world.store.read(propose, both, now=NOW).places()


def ready(world: World) -> int:
    """Mark everybody of the running session."""
    world.do(attending.mark_rest, world.running, Attendance.ATTENDED)
    return world.running


def waivable(world: World) -> Arguments:
    """Have too few people on the day of the decision, which is an orange finding."""
    return world.roomy, *_finding(world), "Agreed"


def _finding(world: World) -> tuple[str, str | None]:
    world.do(scheduling.edit_session, world.roomy, {"minimum": 8, "decision_on": (NOW - DAY).date()})
    return "below_minimum", None


def waived(world: World) -> Arguments:
    code, subject = _finding(world)
    world.do(waivers.waive, world.roomy, code, subject, "Agreed")
    return world.roomy, code, subject


def retiring(world: World) -> Arguments:
    found = world.store.read(foresee_retiring, "trainer", world.ann, now=NOW)
    return "trainer", world.ann, cancelling(found), "Left"


def past(world: World) -> Arguments:
    came = PastPerson(world.people[5], Mark(Attendance.ATTENDED))
    return fields(world, NOW - 3 * DAY), [came]


def spreading(world: World) -> int:
    _series, session = in_series(world)
    world.do(scheduling.edit_session, session, {"title": "Serial"})
    return session


SCENES = {
    "planning.drafts.create_draft": lambda world: (fields(world, FIRST),),
    "planning.drafts.edit_session": lambda world: (world.bare, {"title": "Named", "metadata": {"a": [1]}}),
    "planning.drafts.duplicate_session": lambda world: (world.full,),
    "planning.drafts.delete_session": lambda world: (world.bare,),
    "planning.drafts.restore_session": lambda world: (world.gone,),
    "planning.placing.place_copy": lambda world: (world.full, span(FIRST + 5 * HOUR)),
    "planning.placing.for_each": lambda world: ([world.full, world.roomy], scheduling.cancel, "Snow"),
    "planning.publishing.publish": lambda world: (world.draft,),
    "planning.lifecycle.cancel": lambda world: (world.draft, "Snow"),
    "planning.lifecycle.reinstate": lambda world: (world.cancelled,),
    "planning.lifecycle.start": lambda world: (world.full,),
    "planning.lifecycle.unpublish": lambda world: (world.roomy,),
    "orchestration.scheduling.publish": lambda world: (world.draft,),
    "orchestration.scheduling.unpublish": lambda world: (world.full,),
    "orchestration.scheduling.unschedule": lambda world: (world.full,),
    "orchestration.scheduling.cancel": lambda world: (world.full, "Snow"),
    "orchestration.scheduling.reinstate": lambda world: (world.cancelled,),
    "orchestration.scheduling.delete_session": lambda world: (world.draft,),
    "orchestration.scheduling.restore_session": lambda world: (world.gone,),
    "orchestration.scheduling.edit_session": lambda world: (
        world.full,
        {**span(FIRST + HOUR), "capacity": 3, "co_trainer_ids": (world.bo,), "equipment_ids": (world.beamer,)},
    ),
    "orchestration.completing.start": lambda world: (world.full,),
    "orchestration.completing.complete": lambda world: (ready(world),),
    "orchestration.completing.reopen": lambda world: (world.held,),
    "orchestration.recording_past.record_past": past,
    "orchestration.lowering.lower_capacity": lambda world: (world.full, 1),
    "orchestration.lowering.lower_and_rehome": lowered,
    "orchestration.rehoming.cancel_and_rehome": rehomed,
    "orchestration.bulk.carry_out": lambda world: (
        "Bulk", [world.full, world.roomy, world.draft], BulkWish(BulkVerb.MOVE, minutes=30),
    ),
    "orchestration.bulk.change_many": lambda world: (
        [world.full, world.draft], BulkWish(BulkVerb.TRAINER, value=world.bo),
    ),
    "orchestration.repeating.clone_run": lambda world: (CloneWish((FIRST + 14 * DAY).date(), world.run, publish=True),),
    "orchestration.repeating.make_series": lambda world: (SeriesWish(world.draft, "FREQ=DAILY;COUNT=3", publish=True),),
    "orchestration.repeating.repeat": lambda world: (
        "Repeat", repeating.clone_run, CloneWish((FIRST + 14 * DAY).date(), session_id=world.full),
    ),
    "orchestration.series_editing.edit_series": lambda world: (
        in_series(world)[1], {"title": "Serial", "capacity": 2}, Reach.FOLLOWING,
    ),
    "orchestration.series_editing.spread": lambda world: (spreading(world), ("title",), Reach.ALL),
    "orchestration.series_editing.skip_day": lambda world: (in_series(world)[1], "Holiday"),
    "orchestration.series_editing.end_series": lambda world: (in_series(world)[1], "Enough"),
    "orchestration.series_editing.take_back": taken_out,
    "orchestration.absences.enter_absence": lambda world: away(world, "absence"),
    "orchestration.absences.enter_holiday": lambda world: away(world, "holiday"),
    "orchestration.absences.change_absence": lambda world: (world.leave, *longer(world, world.bo)),
    "orchestration.absences.change_holiday": lambda world: (world.holiday, *longer(world, None)),
    "orchestration.absences.lift_absence": lambda world: (world.leave,),
    "planning.blocks.add_block": lambda world: (world.hall, FIRST, FIRST + DAY, "Floor"),
    "planning.blocks.lift_block": lambda world: (world.leave,),
    "planning.holidays.add_holiday": lambda _world: ((FIRST + DAY).date(), (FIRST + DAY).date(), "Fair"),
    "planning.holidays.rename_holiday": lambda world: (world.holiday, "Fair", {"version": 1}),
    "planning.holidays.lift_holiday": lambda world: (world.holiday, {"version": 1}),
    "planning.waivers.waive": waivable,
    "planning.waivers.take_back": waived,
    "orchestration.drafting_runs.draft_runs": lambda world: (
        [RunWish(world.course, "C", "Course", "North", 6, 2, FIRST.date(), FIRST.date())],
    ),
    "planning.run_editing.create_run": lambda world: ("NEW", {"course_id": world.course, "name": "New"}),
    "planning.run_editing.edit_run": lambda world: (world.run, {"name": "Renamed"}),
    "orchestration.run_days.add_days": lambda world: (
        world.run, [(FIRST + 8 * DAY, FIRST + 8 * DAY + HOUR)], {"waitlist": WaitlistMode.OFF},
    ),
    "orchestration.run_days.change_run": lambda world: (world.run, {"max_people": 5, "members_only": True}),
    "orchestration.run_days.put_into_run": lambda world: ([world.draft], world.run),
    "orchestration.substituting.substitute": lambda world: (world.ann, {world.full: world.bo, world.roomy: world.bo}),
    "orchestration.retiring.retire": retiring,
}  # fmt: skip
