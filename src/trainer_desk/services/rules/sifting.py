"""Searches and orders things that are all in memory: courses, trainers, venues, at most a few thousand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from trainer_desk.services.rows.catalogue import Asked, Found, Thing
from trainer_desk.services.rules.names import search_key, sort_name


def sift(things: Iterable[Thing], asked: Asked) -> Found:
    """Return the things that pass a question, in its order, what is empty there last; without an order by name.

    Every word of the search must occur in the code, the name or a text among the values.
    """
    words = search_key(asked.search).split()
    kept = [thing for thing in things if thing.active is not asked.retired and _is_chosen(thing, asked.chosen)]
    if words:
        kept = [thing for thing in kept if _matches(thing, words)]
    kept.sort(key=lambda thing: (sort_name(thing.name), thing.key))
    if asked.sort:
        filled = [thing for thing in kept if _value(thing, asked.sort) not in (None, "")]
        empty = [thing for thing in kept if _value(thing, asked.sort) in (None, "")]
        filled.sort(key=lambda thing: _order(_value(thing, asked.sort)), reverse=asked.descending)
        kept = filled + empty
    return Found(tuple(kept), len(kept))


def _is_chosen(thing: Thing, chosen: Mapping[str, str]) -> bool:
    return all(thing.values.get(name) == value for name, value in chosen.items() if value)


def _matches(thing: Thing, words: Iterable[str]) -> bool:
    texts = [value for value in (*thing.values.values(), *thing.notes.values()) if isinstance(value, str)]
    haystack = search_key(thing.key, thing.name, *texts)
    return all(word in haystack for word in words)


def _value(thing: Thing, column: str) -> Any:
    own = {"key": thing.key, "name": thing.name, **thing.notes, **thing.values}
    return own.get(column)


def _order(value: Any) -> tuple[int, Any]:
    """Give numbers, days and texts an order each, so that none is compared with another."""
    if isinstance(value, (bool, int)):
        return 0, int(value)
    if isinstance(value, datetime):
        return 1, value.timestamp()
    if isinstance(value, date):
        return 1, value.toordinal()
    return 2, sort_name(str(value))
