"""Scenes of places, doors, marks, groups and what people do for themselves."""

from typing import Any

import sqlalchemy as sa

from tests.services.orchestration.undo_walk.world import DAY, NOW, World
from trainer_desk.models import Enrollment, Person, Session
from trainer_desk.models.enums import Attendance
from trainer_desk.services.notices.telling import tell
from trainer_desk.services.notices.to_tell import load_to_tell
from trainer_desk.services.rows.attendance import Deed
from trainer_desk.services.seats import groups, occupancy

Arguments = tuple[Any, ...]


def number(world: World, person: int) -> str:
    return str(world.one(sa.select(Person.employee_no).where(Person.id == person)))


def grouped(world: World) -> None:
    world.do(groups.assign, world.group, world.people[:1])


def inside(world: World) -> Arguments:
    who = number(world, world.people[1])
    world.do(occupancy.check_in, world.running, who)
    return world.running, who


def sent(world: World) -> Arguments:
    uuid = str(world.one(sa.select(Session.uuid).where(Session.id == world.running)))
    return (Deed(uuid, (number(world, world.people[2]),), {"attendance": Attendance.NO_SHOW}),)


def to_be_told(world: World) -> Arguments:
    return ([(one.enrollment_id, one.facts) for one in world.store.read(load_to_tell, NOW)],)


def told(world: World) -> Arguments:
    world.do(tell, *to_be_told(world))
    place = sa.select(Enrollment.id).where(Enrollment.session_id == world.full).order_by(Enrollment.id).limit(1)
    return ([world.one(place)],)


def with_groups(world: World) -> Arguments:
    grouped(world)
    return (world.group,)


SCENES = {
    "seats.enrolling.enroll": lambda world: (world.roomy, world.people[2:5]),
    "seats.enrolling.withdraw": lambda world: (world.full, world.people[1]),
    "seats.enrolling.withdraw_all": lambda world: (world.full, world.people[1:3]),
    "seats.arriving.arrive": lambda world: (world.running, world.people[4]),
    "seats.moving.move_person": lambda world: (world.people[1], world.full, world.day),
    "seats.moving.replace_person": lambda world: (world.full, world.people[1], world.people[5]),
    "orchestration.drafting.draft_for": lambda world: (world.course, world.people[5:8]),
    "seats.next_date.enroll_next": lambda world: (world.course, world.people[5:7]),
    "seats.offers.accept_offer": lambda world: (world.offering, world.people[0]),
    "seats.offers.decline_offer": lambda world: (world.offering, world.people[0]),
    "seats.holds.hold_seats": lambda world: (world.roomy, 2, "Guests", NOW + 2 * DAY),
    "seats.holds.release_hold": lambda world: (world.hold,),
    "seats.holds.fill_hold": lambda world: (world.hold, world.people[4:5]),
    "seats.groups.make_group": lambda world: (world.roomy, "Blues", 4),
    "seats.groups.edit_group": lambda world: (world.group, {"name": "Greens", "capacity": 3}),
    "seats.groups.remove_group": with_groups,
    "seats.groups.assign": lambda world: (world.group, world.people[:2]),
    "seats.groups.unassign": lambda world: (grouped(world), (world.roomy, world.people[:1]))[1],
    "seats.groups.spread": lambda world: (world.roomy,),
    "seats.on_run.put_on_run": lambda world: (world.run, world.people[4:5]),
    "seats.on_run.take_off_run": lambda world: (world.run, world.people[3:4]),
    "seats.whole_run.enroll_in_run": lambda world: (world.run, world.people[4:6]),
    "seats.occupancy.check_in": lambda world: (world.running, number(world, world.people[1])),
    "seats.occupancy.check_out": inside,
    "orchestration.attending.admit": lambda world: (world.running, world.people[4]),
    "orchestration.attending.walk_in": lambda world: (world.running, world.people[4:6]),
    "orchestration.attending.mark": lambda world: (
        world.running, world.people[2], {"attendance": Attendance.NO_SHOW, "remarks": "Ill"},
    ),
    "orchestration.attending.mark_rest": lambda world: (world.running, Attendance.ATTENDED),
    "attendance.marking.mark": lambda world: (world.running, world.people[1], {"attendance": Attendance.NO_SHOW}),
    "attendance.marking.mark_rest": lambda world: (world.running, Attendance.NO_SHOW),
    "orchestration.outgoing.carry_out": sent,
    "orchestration.signing_up.sign_up": lambda world: (world.day,),
    "orchestration.signing_up.join_waitlist": lambda world: (world.full,),
    "orchestration.signing_up.cancel_sign_up": lambda world: (world.roomy,),
    "orchestration.signing_up.accept_own_offer": lambda world: (world.offering,),
    "orchestration.signing_up.decline_own_offer": lambda world: (world.offering,),
    "notices.telling.tell": to_be_told,
    "notices.telling.untell": told,
    "notices.telling.know": lambda world: (world.roomy, world.people[0]),
}  # fmt: skip
"""Arguments by verb; a mapping that stands last holds those that are named."""
