"""What a pasted list means: its entries, who is surely meant by one, and who may be (K11)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from trainer_desk.services.rules.names import search_key, sort_name

MOST_ENTRIES = 1_000
"""Entries of one list; nobody fills a session with more."""

MOST_CANDIDATES = 6
"""People who are offered for one doubtful entry."""

COMPARED = 200
"""People of a common name that are looked at more closely."""

NEAR_WORD, NEAR_NAME = 0.72, 0.55
"""How alike two words, and two whole names, must be; 1 is equal."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who can be meant by an entry."""

    person_id: int
    employee_no: str
    name: str
    department: str
    active: bool = True
    is_here: bool = False
    """Whether they have a place in the session already, or wait for one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list as it was pasted, and the ways to read it: its cells, and the cells as one name."""

    text: str
    cells: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Return the folded names that it may hold: whole, each cell, and `Lee, Ann` the other way round."""
        whole = sort_name(" ".join(self.cells))
        turned = sort_name(" ".join(reversed(self.cells)))
        return tuple(dict.fromkeys(filter(None, (whole, turned, *map(sort_name, self.cells)))))


def entries_of(text: str) -> list[Entry]:
    """Return the entries of a pasted text: one for each line, of a single line one for each of its parts.

    Tabs, commas and semicolons part the cells of a line. Doubled and blank entries are left out.
    """
    lines = [line for line in text.replace("\r", "\n").split("\n") if search_key(line)]
    if len(lines) == 1:
        lines = _cells(lines[0])
    entries = (Entry(" ".join(line.split()), tuple(_cells(line))) for line in lines)
    once: dict[str, Entry] = {}
    for entry in entries:
        if entry.cells:
            once.setdefault(search_key(entry.text), entry)
    return list(once.values())


def surely(entry: Entry, by_number: dict[str, Listed], by_name: dict[str, list[Listed]]) -> list[Listed]:
    """Return whom an entry names by number or by the exact name; more than one: they share the name."""
    for cell in entry.cells:
        if cell.casefold() in by_number:
            return [by_number[cell.casefold()]]
    for name in entry.names():
        found = by_name.get(name, [])
        if found:
            return [one for one in found if one.active] or found
    return []


class Neighbours:
    """Finds people whose names are near to an entry; made once for a list, from everybody."""

    def __init__(self, people: Iterable[Listed]) -> None:
        self._people: dict[str, list[Listed]] = defaultdict(list)
        self._words: dict[str, set[str]] = defaultdict(set)
        for one in people:
            for word in sort_name(one.name).split():
                self._people[word].append(one)
                self._words[word[:1]].add(word)

    def near(self, entry: Entry) -> list[Listed]:
        """Return the people who may be meant, the likeliest first; those who share most words with the entry."""
        name = entry.names()[0] if entry.names() else ""
        shared = Counter(one for word in name.split() for one in self._sharing(word))
        most = max(shared.values(), default=0)
        likely = [one for one, number in shared.items() if number == most][:COMPARED]
        matcher = SequenceMatcher(None, "", _in_order(name), autojunk=False)
        told = [(_ratio(matcher, _in_order(sort_name(one.name)), NEAR_NAME), one) for one in likely]
        told.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].person_id))
        return [one for likeness, one in told if likeness >= NEAR_NAME][:MOST_CANDIDATES]

    def _sharing(self, word: str) -> Sequence[Listed]:
        if word in self._people:
            return self._people[word]
        matcher = SequenceMatcher(None, "", word, autojunk=False)  # what it learns of the second text serves them all
        alike = sorted((_ratio(matcher, other, NEAR_WORD), other) for other in self._words[word[:1]])
        alike = [pair for pair in alike if pair[0] >= NEAR_WORD]
        return [one for _ratio_of, other in alike[-MOST_CANDIDATES:] for one in self._people[other]]


def _cells(line: str) -> list[str]:
    for sign in ",;":
        line = line.replace(sign, "\t")
    return [" ".join(cell.split()) for cell in line.split("\t") if search_key(cell)]


def _in_order(name: str) -> str:
    """Return a folded name with its words in one order, so that `lee ann` is `ann lee`."""
    return " ".join(sorted(name.split()))


def _ratio(matcher: SequenceMatcher[str], other: str, least: float) -> float:
    """Return how alike the matcher's text and another one are; 0 where that is less than `least`, told quickly."""
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
