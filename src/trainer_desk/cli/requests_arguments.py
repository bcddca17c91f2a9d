"""The words of the commands about booking requests, without importing anything slow."""

import argparse
from collections.abc import Callable

WISHES = (("trainer", "CODE"), ("venue", "CODE"), ("run", "CODE"), ("start", "TIME"), ("end", "TIME"))
COUNT_HELP = (
    "how many, as one number; or who, by employee number. To name one person whose number has digits only, "
    "put a comma behind it"
)


def requests(
    command: Callable[..., argparse.ArgumentParser], fields: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add the commands of `requests`; `command` makes a command, `fields` gives it the fields of a session."""
    file = command("file", "ask for a session", "requests", "file")
    file.add_argument("--course", metavar="CODE", required=True)
    for name, what in WISHES:
        file.add_argument(f"--{name}", metavar=what, help="2026-12-01T09:00" if what == "TIME" else None)
    file.add_argument("--people", metavar="N|NO", nargs="+", default=[], help=COUNT_HELP)
    file.add_argument("--reason", metavar="TEXT", help="why it is asked for")
    command("list", "list requests, those to be decided first", "requests", "list_all")
    decline = command("decline", "decline a request for a reason", "requests", "decline_one")
    cancel = command("cancel", "take a request back before it is decided", "requests", "cancel_one")
    accept = command("accept", "make the session that a request asks for, and schedule it", "requests", "accept_one")
    for parser in (decline, cancel, accept):
        parser.add_argument("id", metavar="ID", type=int, help="as `requests list` tells it")
    decline.add_argument("--reason", metavar="TEXT", required=True)
    accept.set_defaults(course=None)
    fields(accept)
    accept.add_argument("--draft", action="store_true", help="keep the session as a draft")
    accept.add_argument("--into", metavar="REF", help="give its people their places in this session or run instead")
