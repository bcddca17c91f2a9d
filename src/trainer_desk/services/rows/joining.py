"""What somebody fills in to join a shared database, and what came of trying it (V7)."""

from dataclasses import dataclass
from enum import Enum

from trainer_desk.models.enums import Role


class Tls(Enum):
    """How far the line to a server is protected; CHECKED is what `wire_options` does by itself."""

    CHECKED = "checked"
    AUTHORITY = "authority"
    """As CHECKED, but believing one authority: the one whose file is named."""
    UNCHECKED = "unchecked"
    """Encrypted, with whoever answers."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Joining:
    """Where a shared database is and who joins it: host by host, or `address`, a whole URL or `service=NAME`.

    `hosts` are separated by commas, each with or without a port; `port` holds for those without. The password stays in
    memory, unless it is to be kept in the keyring.
    """

    hosts: str = ""
    port: str = ""
    database: str = ""
    login: str = ""
    password: str = ""
    tls: Tls = Tls.CHECKED
    authority: str = ""
    address: str = ""
    keeps_password: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A database that can be joined: its name and hosts, as whom, in which role, and what protects the line.

    `version` is the server's (`16.4`), `tls` the protocol (`TLSv1.3`, empty for a line without).
    """

    database: str
    hosts: tuple[str, ...]
    login: str
    role: Role
    version: str
    tls: str
    is_checked: bool
