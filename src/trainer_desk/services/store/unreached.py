"""Why a server was not reached, by what the driver says: then there is no code to go by."""

from trainer_desk.services.errors import DeskError

WORDS = (
    ("no password supplied", "password_wanted"),
    ("password is empty", "password_wanted"),
    ("definition of service", "no_such_service"),
    ("service file", "no_such_service"),
    ("does not match host name", "certificate_name"),
    ("certificate has expired", "certificate_expired"),
    ("root certificate file", "no_authorities"),
    ("certificate verify failed", "certificate_unknown"),
    ("does not support SSL", "server_without_tls"),
    ("channel binding", "no_channel_binding"),
    ("no encryption", "tls_wanted"),
    ("SSL off", "tls_wanted"),
    ("permission denied for database", "no_account_here"),
    ("CONNECT privilege", "no_account_here"),
    ("too many c", "server_full"),
    ("connection slots are reserved", "server_full"),
    ("password authentication failed", "login_refused"),
    ("authentication failed", "login_refused"),
    ("pg_hba.conf", "login_refused"),
    ("not permitted to log in", "login_refused"),
    ("session is read-only", "only_standbys"),
    ("failed to resolve host", "host_unknown"),
    ("could not translate host name", "host_unknown"),
    ("Connection refused", "server_off"),
    ("timeout expired", "server_silent"),
    ("timed out", "server_silent"),
    ("No route to host", "server_silent"),
    ("unreachable", "server_silent"),
)
"""The first that occurs counts: of several hosts, the one that came furthest tells most."""

NOT_THERE = frozenset({"host_unknown", "server_off", "server_silent", "only_standbys", "server_full"})
"""What may pass by itself: while one works, the connection is lost and is tried again."""

SHUT_OUT = frozenset({"not_allowed", "no_account_here", "login_refused"})
"""What somebody meets whose login was disabled, or never had an account here."""

NOT_LET_IN = frozenset({"login_refused", "password_wanted", "no_account_here"})
"""What does not pass by itself: somebody must type another password, or ask an administrator."""


def why_unreached(text: str) -> str | None:
    """Return the reason code (texts.unreached) behind the driver's words, None for other words."""
    if 'database "' in text and "does not exist" in text:
        return "no_such_database"
    if 'role "' in text and "does not exist" in text:
        return "login_refused"
    return next((why for words, why in WORDS if words in text), None)


def is_away(error: DeskError) -> bool:
    """Whether a refusal says that the database was not reached, or let nobody in."""
    return error.code == "connection_lost" or is_shut_out(error)


def is_shut_out(error: DeskError) -> bool:
    """Whether the server refused the login."""
    return error.facts.get("why") in NOT_LET_IN


def said_by_server(text: str) -> str:
    """Return the server's own words on one line, without what the driver puts around them."""
    _before, fatal, said = text.partition("FATAL:")
    return " ".join((said if fatal else text).strip().split("\n", 1)[0].split())
