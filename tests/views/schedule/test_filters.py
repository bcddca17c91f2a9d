"""Filters: any of one kind, all kinds together, venues with their parts, and what outlives the ids."""

from dataclasses import replace

from tests.views.schedule import boards
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.filters import QUEUED, Filters, choice_word, choices_of, recalled, remembered


def directory() -> Directory:
    known = boards.directory()
    first, second, third = list(known.venues)[:3]
    venues = dict(known.venues)
    venues[first] = replace(venues[first], leaf_ids=(second,))
    venues[second] = replace(venues[second], part_of_id=first, leaf_ids=(second,))
    venues[third] = replace(venues[third], leaf_ids=(third,))
    return replace(known, venues=venues)


def card(**fields: object) -> SessionCard:
    return replace(boards.busy_week().sessions[0], **fields)


def test_nothing_chosen_narrows_nothing() -> None:
    assert Filters().visible([card()], directory()) is None


def test_one_kind_is_or_and_kinds_are_and() -> None:
    known = directory()
    one, other = list(known.trainers)[:2]
    both = Filters(frozenset({("trainer", one), ("trainer", other), ("status", SessionStatus.DRAFT.value)}))
    assert both.passes(card(trainer_id=one, status=SessionStatus.DRAFT), known)
    assert both.passes(card(trainer_id=None, co_trainer_ids=(other,), status=SessionStatus.DRAFT), known)
    assert not both.passes(card(trainer_id=one, status=SessionStatus.SCHEDULED), known)


def test_only_sessions_with_a_waitlist() -> None:
    known = directory()
    queued = Filters(frozenset({("seats", QUEUED)}))
    assert queued.passes(card(waiting=1), known)
    assert not queued.passes(card(waiting=0), known)
    assert choice_word(("seats", QUEUED), known) == "With a waitlist"
    assert recalled(remembered(queued, known), known) == queued


def test_a_venue_stands_for_its_parts_and_its_whole() -> None:
    known = directory()
    whole, part, elsewhere = list(known.venues)[:3]
    for chosen in (whole, part):
        chosen_one = Filters(frozenset({("venue", chosen)}))
        assert chosen_one.passes(card(venue_id=whole), known)
        assert chosen_one.passes(card(venue_id=part), known)
        assert not chosen_one.passes(card(venue_id=elsewhere), known)
        assert not chosen_one.passes(card(venue_id=None), known)


def test_filters_are_remembered_by_code_and_forgotten_with_the_thing() -> None:
    known = directory()
    trainer = next(iter(known.trainers))
    filters = Filters(frozenset({("trainer", trainer), ("status", "DRAFT")}))
    texts = remembered(filters, known)
    assert recalled(texts, known) == filters
    fewer = replace(known, trainers={key: row for key, row in known.trainers.items() if key != trainer})
    assert recalled(texts, fewer) == Filters(frozenset({("status", "DRAFT")}))


def test_every_choice_has_a_name() -> None:
    known = directory()
    assert all(choice_word(choice, known).strip() for choice in choices_of(known))
