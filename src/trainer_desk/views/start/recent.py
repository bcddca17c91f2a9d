"""The databases that were open on this computer: remembered by address, never with a password."""

import re
from dataclasses import dataclass
from pathlib import Path

from trainer_desk.texts.translate import _
from trainer_desk.views.memory import Memory

KEY, MOST = "database/recent", 5
SERVER = re.compile(r"^postgres(ql)?(\+psycopg)?://(?:[^@/]*@)?([^/?]*)/([^?]*)(?:\?(?:.*&)?service=([^&]+))?")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that was open: what it is called, where it is, and the address that opens it."""

    address: str
    name: str
    where: str
    icon: str


def remember(memory: Memory, address: str) -> None:
    """Put an address first among those remembered."""
    others = [known for known in _addresses(memory) if known != address]
    memory.put(KEY, [address, *others][:MOST])


def forget(memory: Memory, address: str) -> None:
    """Remember an address no more."""
    memory.put(KEY, [known for known in _addresses(memory) if known != address])


def recent_places(memory: Memory) -> list[Place]:
    """Return what was open before, the newest first."""
    return [place_of(address) for address in _addresses(memory)]


def is_server(address: str) -> bool:
    """Whether an address leads to a server and not to a file."""
    return SERVER.match(address) is not None or address.startswith("service=")


def place_of(address: str) -> Place:
    """Return how an address is told to people."""
    server = SERVER.match(address)
    if server is None:
        path = Path(address)
        return Place(address, path.name, str(path.parent), "database")
    hosts, name, service = server[3], server[4], server[5]
    where = _("service {name}").format(name=service) if service else hosts or "localhost"
    return Place(address, name or service or where, where, "users")


def _addresses(memory: Memory) -> list[str]:
    return [address for address in memory.get(KEY, []) if isinstance(address, str)]
