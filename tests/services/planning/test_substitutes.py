"""Who and what could step in, read from both databases (C8)."""

from tests.factories import at, make_block, make_people, make_trainer, prepared
from tests.services.planning.world import NOW, World
from trainer_desk.services.planning.substitutes import find_substitutes
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.substitutes import Substitutes


def test_free_trainers_by_load_and_venues_that_seat_everybody(world: World) -> None:
    with prepared(world.store) as db:
        di, ed, away = (make_trainer(db, code, courses=[world.fire]) for code in ("DI", "ED", "FAY"))
        make_block(db, away, at("2026-07-06 00:00"), at("2026-07-07 00:00"))
        make_block(db, world.hall, at("2026-07-06 00:00"), at("2026-07-07 00:00"), "Painting")
        make_people(db, 1)
    session = world.scheduled()
    undated = world.draft(starts_at=None, ends_at=None)
    world.scheduled(trainer_id=di, starts_at=at("2026-07-08 09:00"), ends_at=at("2026-07-08 10:30"))
    world.scheduled(trainer_id=ed, venue_id=world.other_room, starts_at=at("2026-07-06 09:59"))
    found = world.store.read(find_substitutes, [session, undated, 99999], now=NOW)
    bo, later = Substitute(world.bo, "BO", "Trainer BO", 0), Substitute(di, "DI", "Trainer DI", 90)
    assert found == {session: Substitutes((bo, later), ()), undated: Substitutes()}
    assert world.store.read(find_substitutes, [], now=NOW) == {}
