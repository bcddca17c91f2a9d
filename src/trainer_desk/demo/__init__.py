"""An invented organisation to explore: catalogue, people and a busy calendar around today."""

import datetime as dt

from trainer_desk.demo.calendar import fill_calendar
from trainer_desk.demo.certificates import certify_past
from trainer_desk.demo.checklists import make_checklists, prepare_sessions
from trainer_desk.demo.equipment import lend_equipment
from trainer_desk.demo.organisation import make_organisation
from trainer_desk.demo.requests import make_requests
from trainer_desk.demo.runs import make_runs
from trainer_desk.demo.signing_up import open_sign_up
from trainer_desk.demo.told import tell_of_places
from trainer_desk.services.store.engine import Store

SIZES = {"small": 600, "large": 20_000}
"""How many people the organisation has."""
INVENTOR = "Demo"
"""Who made it all: not the person who explores it, whose Ctrl+Z would take everything away."""


def build_demo(store: Store, *, now: dt.datetime, size: str = "small") -> None:
    """Fill an empty database; `now` (UTC) is the instant around which the weeks are busy. The same every time."""
    with store.writing("Demo organisation", actor=INVENTOR) as unit:
        catalogue = make_organisation(unit.db, SIZES[size], now)
    with store.writing("Demo calendar", actor=INVENTOR) as unit:
        fill_calendar(unit.db, catalogue, now, actor=unit.actor)
    with store.writing("Demo checklists", actor=INVENTOR) as unit:
        make_checklists(unit.db, now)
        prepare_sessions(unit.db, now, actor=unit.actor)
    with store.writing("Demo equipment", actor=INVENTOR) as unit:
        lend_equipment(unit.db, now, actor=unit.actor)
    with store.writing("Demo requests", actor=INVENTOR) as unit:
        make_requests(unit.db, catalogue, now)
    with store.writing("Demo certificates", actor=INVENTOR) as unit:
        certify_past(unit.db, now, actor=unit.actor)
    with store.writing("Demo sign-up", actor=INVENTOR) as unit:
        open_sign_up(unit.db, now, actor=unit.actor)
    with store.writing("Demo runs", actor=INVENTOR) as unit:
        make_runs(unit.db, now, actor=unit.actor)
    with store.writing("Demo tellings", actor=INVENTOR) as unit:
        tell_of_places(unit.db, now, actor=unit.actor)
