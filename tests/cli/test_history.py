"""The history of what has no code of its own, on the command line (U4)."""

import datetime as dt

from tests.cli.commands import Desk
from tests.databases import StoreFactory
from tests.factories import make_account, make_course, make_person, make_record, make_requirement, prepared
from trainer_desk.models.enums import Role


def test_rules_records_and_accounts_have_a_history(desk: Desk, store_factory: StoreFactory) -> None:
    with prepared(store_factory(), "Made") as db:
        course, person = make_course(db, "LOTO"), make_person(db, employee_no="9")
        rule = make_requirement(db, course)
        record = make_record(db, person, course, dt.date(2026, 5, 4))
        make_account(db, "zoe", Role.SUPERVISOR)
    for kind, key in (("requirement", str(rule)), ("record", str(record)), ("account", "zoe"), ("course", "LOTO")):
        [made] = desk.ok("history", kind, key)["changes"]
        assert made["label"] == "Made"
    for kind, key in (("requirement", "4711"), ("record", "x"), ("account", "nobody")):
        code, document = desk.json("history", kind, key)
        assert (code, document["error"]["code"]) == (1, "not_found")
