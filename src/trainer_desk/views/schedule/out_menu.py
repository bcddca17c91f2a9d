"""What leaves the program of one or several sessions: files and paper, each an action of their menu."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from trainer_desk.texts.translate import _, mark

OUT: Mapping[str, tuple[str, str]] = {
    "export_roster": (mark("Save the roster as CSV"), ""),
    "save_calendar": (mark("Save as a calendar"), "calendar-days"),
    "print_sign_in": (mark("Print the sign-in sheet"), ""),
    "print_roster": (mark("Print the roster"), "printer"),
    "print_door": (mark("Print the door sheet"), "printer"),
    "print_badges": (mark("Print badges"), "printer"),
    "print_certificates": (mark("Print the certificates"), "shield-check"),
}
"""Words and icon of each action, in the order of the menu; one with a key has its icon from there."""

PRINTS = "print_"
"""How the actions begin that put names on paper: they are for whoever takes the attendance."""


def offered(*, prints: bool, has_proof: bool) -> Iterator[tuple[str, str, str]]:
    """Yield the actions with words and icon: those on paper if names may go there, certificates if there are any."""
    for name, (word, icon) in OUT.items():
        is_proof = name == "print_certificates"
        if (has_proof or not is_proof) and (prints or not name.startswith(PRINTS)):
            yield name, _(word), icon


def out_deeds(wanted: Callable[[str, list[int]], object]) -> dict[str, Callable[[list[int]], object]]:
    """Return what each action does with the sessions that are chosen: it says that it is wanted."""
    return {name: partial(wanted, name) for name in OUT}
