"""Asks at the terminal for what must not stand in a command: the password of a server."""

import getpass
import sys

from trainer_desk.texts.translate import _


def ask_password(login: str, host: str) -> str:
    """Return the password that is typed, unseen; nothing where nobody sits at a terminal, as in a job."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    said = _("Password of {login} on {host}: ") if login and host else _("Password: ")
    try:
        return getpass.getpass(said.format(login=login, host=host), stream=sys.stderr)
    except EOFError:
        return ""
