"""The kinds of prints of sessions: what each is called, what it reads, what can be chosen, and how it is laid out."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange.certificates import load_of_sessions
from trainer_desk.services.exchange.on_paper import load_sessions_on_paper
from trainer_desk.texts.translate import mark
from trainer_desk.views.certificates.document import Certificates
from trainer_desk.views.paper import badges, door, roster, sign_in
from trainer_desk.views.printing.document import Document
from trainer_desk.views.printing.options import Chosen, Option, layout_of, paper_option


@dataclass(frozen=True, slots=True)
class Kind:
    """`title` heads the preview; `make` lays out what `read` found."""

    title: str
    options: Callable[[], list[Option]]
    make: Callable[[Any, Chosen], Document]
    read: Callable[..., Any] = load_sessions_on_paper


def read_certificates(db: Any, session_ids: Sequence[int], _actor: str, *, now: dt.datetime) -> Any:
    """Read certificates and the zone of their days."""
    return load_of_sessions(db, session_ids), load_settings(db).zone


def _certificates(found: Any, chosen: Chosen) -> Certificates:
    rows, zone = found
    return Certificates(rows, zone, layout_of(chosen))


SIGN_IN = "print_sign_in"
KINDS: Mapping[str, Kind] = {
    SIGN_IN: Kind(mark("Print the sign-in sheet"), sign_in.options, sign_in.SignInSheets),
    "print_roster": Kind(mark("Print the roster"), roster.options, roster.RosterSheets),
    "print_door": Kind(mark("Print the door sheet"), door.options, door.DoorSheets),
    "print_badges": Kind(mark("Print badges"), badges.options, badges.Badges),
    "print_certificates": Kind(
        mark("Print the certificates"), lambda: [paper_option(("a4", "letter"))], _certificates, read_certificates
    ),
}
"""By the action of `views.schedule.out_menu`."""
