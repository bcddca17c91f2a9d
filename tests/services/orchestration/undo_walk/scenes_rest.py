"""Scenes of people, the catalogue, requests, records, files, settings and accounts."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from tests.logins import PASSWORD
from tests.services.orchestration.undo_walk.world import FIRST, HOUR, World
from trainer_desk.models import Certificate
from trainer_desk.models.enums import AttachmentOwner, Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.attachments.reading import read_incoming
from trainer_desk.services.orchestration.preparing import tick
from trainer_desk.services.orchestration.settings import ORGANISATION
from trainer_desk.services.rows.records import Training
from trainer_desk.services.rows.requests import Wish

Arguments = tuple[Any, ...]
TRAINING = Training(dt.date(2026, 4, 1), provider="Red Cross")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def file(world: World) -> Path:
    path = world.folder / "proof.pdf"
    path.write_bytes(PDF)
    return path


def people_file(world: World) -> Arguments:
    path = world.folder / "people.csv"
    path.write_text("employee_no,name,job_role\nP1,Zoe Young,Fitter\nP2,Yan Zhu,\n", encoding="utf-8")
    return "people", path


def certificate(world: World) -> int:
    return int(world.one(sa.select(Certificate.id).where(Certificate.session_id == world.held)))


def login(world: World) -> Arguments:
    world.do(logins.add, "tom", Role.TRAINER, trainer_id=world.ann)
    return ("tom",)


def wish(world: World) -> Wish:
    return Wish(world.course, person_ids=(world.people[1],), reason="New machine")


SCENES = {
    "accounts.logins.add": lambda world: ("tom", Role.TRAINER, {"trainer_id": world.ann}),
    "accounts.logins.disable": login,
    "accounts.server_logins.add_with_login": lambda world: (f"walk_{uuid4().hex[:8]}", Role.TRAINER, PASSWORD),
    "attachments.keeping.attach": lambda world: (AttachmentOwner.SESSION, world.full, read_incoming(file(world))),
    "attachments.keeping.attach_file": lambda world: (
        AttachmentOwner.SESSION, world.full, file(world), {"label": "Attach"},
    ),
    "attachments.keeping.remove": lambda world: (world.file,),
    "exchange.importing.run.run_import": people_file,
    "orchestration.settings.change_settings": lambda _world: (
        ORGANISATION, {"organisation": "Works", "zone": "Europe/London"},
    ),
    "orchestration.settings.set_setting": lambda _world: ("organisation", "Works"),
    "people.records.record": lambda world: (world.people[:2], world.other_course, TRAINING),
    "people.records.correct": lambda world: (world.record, TRAINING, {"version": 1}),
    "people.records.take_back": lambda world: (world.record,),
    "orchestration.training.record_training": lambda world: (world.people[:2], world.other_course, TRAINING),
    "orchestration.training.record_with_files": lambda world: (
        world.people[:2], world.other_course, TRAINING, [file(world)], {"label": "Record"},
    ),
    "orchestration.training.correct_training": lambda world: (world.record, TRAINING, {"version": 1}),
    "orchestration.accepting.accept": lambda world: (
        world.request,
        {"trainer_id": world.bo, "venue_id": world.hall, "starts_at": FIRST, "ends_at": FIRST + HOUR},
    ),
    "orchestration.accepting.accept_into_session": lambda world: (world.request, world.roomy),
    "orchestration.accepting.accept_into_run": lambda world: (world.request, world.run),
    "orchestration.catalogue.create": lambda _world: ("courses", {"code": "NEW", "title": "New", "category": "Safety"}),
    "orchestration.catalogue.change": lambda world: (
        "people", world.people[5], {"name": "Other Name", "department": "Yard"}, {"version": 2},
    ),
    "orchestration.catalogue.rename": lambda world: ("venues", world.hall, "AULA"),
    "orchestration.intakes.record_intake": lambda world: (world.people[1], dt.date(2026, 6, 1), "Signed"),
    "orchestration.intakes.record_intakes": lambda world: (world.people[1:3], dt.date(2026, 6, 1)),
    "orchestration.intakes.take_back_intake": lambda world: (world.intake,),
    "people.intakes.record_intake": lambda world: (world.people[1], dt.date(2026, 6, 1)),
    "people.intakes.take_back_intake": lambda world: (world.intake,),
    "orchestration.preparing.tick": lambda world: (world.item,),
    "orchestration.preparing.untick": lambda world: (world.do(tick, world.item), (world.item,))[1],
    "orchestration.reissuing.reissue": lambda world: (certificate(world), "Name changed"),
    "orchestration.requiring.create_requirement": lambda _world: (
        "requirements", {"course": "AID", "department": "Yard"},
    ),
    "orchestration.requiring.change_requirement": lambda world: (
        "requirements", world.rule, {"grace_days": "40"}, {"version": 1},
    ),
    "orchestration.requiring.delete_requirement": lambda world: (world.rule,),
    "planning.checklists.add_item": lambda world: (world.course, "Badge", 3),
    "planning.checklists.change_item": lambda world: (world.course_items[0], "Two keys", 2),
    "planning.checklists.raise_item": lambda world: (world.course_items[1],),
    "planning.checklists.remove_item": lambda world: (world.course_items[0],),
    "planning.session_checklists.add_item": lambda world: (world.full, "Badge", 3),
    "planning.session_checklists.remove_item": lambda world: (world.item,),
    "planning.session_checklists.set_done": lambda world: (world.item, True),
    "planning.qualifications.give_qualification": lambda world: (world.ann, "AID", {
        "valid_until": dt.date(2027, 1, 1),
    }),
    "planning.qualifications.take_back_qualification": lambda world: (world.bo, "AID"),
    "requests.deciding.decline": lambda world: (world.request, "No room"),
    "requests.deciding.decline_all": lambda world: ([world.request], "No room"),
    "requests.filing.file_request": lambda world: (wish(world),),
    "requests.filing.edit_request": lambda world: (world.request, wish(world)),
    "requests.filing.cancel_request": lambda world: (world.request,),
}  # fmt: skip
