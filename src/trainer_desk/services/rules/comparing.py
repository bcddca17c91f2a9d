"""Three-way comparison of one thing: what I found, what I typed, and what somebody else saved meanwhile (U5); pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from trainer_desk.services.rows.comparing import Difference, Side


def compare(
    base: Mapping[str, Any],
    mine: Mapping[str, Mapping[str, Any]],
    theirs: Mapping[str, Any],
    group_of: Mapping[str, str] | None = None,
) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """Return what differs, first what both changed, and the groups that both changed to the same.

    `base` and `theirs` are all fields as they were and are; `mine` holds what was typed, by group. Fields of one group
    (`group_of`, else their own name) are decided together: a start of mine with an end of theirs is nobody's time.
    """
    groups = _groups([*base, *theirs], mine, group_of or {})
    found: list[Difference] = []
    agreed: list[str] = []
    for group, names in groups.items():
        typed = mine.get(group)
        before, now = _of(base, names), _of(theirs, names)
        if typed is None:
            if not _same(before, now):
                found.append(Difference(group, before, before, now, Side.THEIRS))
            continue
        wanted = now | dict(typed) if _same(before, now) else before | dict(typed)
        if _same(wanted, now):
            agreed.append(group)
        elif _same(before, now):
            found.append(Difference(group, before, dict(typed), now, Side.MINE))
        else:
            found.append(Difference(group, before, wanted, now, None))
    found.sort(key=lambda one: (not one.is_contested, one.side is Side.THEIRS))
    return tuple(found), tuple(agreed)


def changed_fields(base: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that differ, in the order of `theirs`."""
    return tuple(name for name in theirs if _plain(base.get(name)) != _plain(theirs[name]))


def _groups(
    names: Sequence[str], mine: Mapping[str, Mapping[str, Any]], group_of: Mapping[str, str]
) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for group, fields in mine.items():
        groups[group] = list(fields)
    for name in names:
        group = group_of.get(name, name)
        own = groups.setdefault(group, [])
        if name not in own:
            own.append(name)
    return groups


def _of(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values.get(name) for name in names}


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(_plain(one.get(name)) == _plain(other.get(name)) for name in {*one, *other})


def _plain(value: Any) -> Any:
    """Take an empty text, an empty list and nothing for the same, and lists by what is in them."""
    if isinstance(value, (list, tuple)):
        value = tuple(value)
    return None if value in ("", (), {}) else value
