"""Where the words of a search stand in a text as it is shown, for underlining; pure."""

from collections.abc import Sequence

from trainer_desk.services.rules.names import search_key


def words_of(search: str) -> tuple[str, ...]:
    """Return the folded words of what was typed."""
    return tuple(dict.fromkeys(search_key(search).split()))


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return start and end in `text` of the first place of each word that it holds, in order, joined where they touch.

    Letters are folded one by one, so that a place in the folded text leads back to the shown one.
    """
    folded, places = _folded(text)
    found = []
    for word in words:
        start = folded.find(word)
        if start >= 0:
            found.append((places[start], places[start + len(word) - 1] + 1))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its letters, the place in `text` that it came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for folded in " " if sign.isspace() else search_key(sign):
            signs.append(folded)
            places.append(place)
    return "".join(signs), places
