"""How the line to a server is made: encrypted and checked unless it never leaves this computer (U1)."""

import ipaddress
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import URL

from trainer_desk.services.store.address import hosts_of
from trainer_desk.services.store.service_file import load_service

LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain"})
VARIABLES = {
    "sslmode": "PGSSLMODE",
    "channel_binding": "PGCHANNELBINDING",
    "sslrootcert": "PGSSLROOTCERT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
"""What somebody who knows better can decide elsewhere: in the URL, in the service, in the environment."""


def wire_options(url: URL) -> dict[str, str]:
    """Return what a connection to a server is asked for beside its URL; what is decided elsewhere stays so.

    Not on this computer: TLS with the host's name checked against the certificate, and a login that proves that the
    server knows the password, too. Of several hosts the one that can be written to.
    """
    decided = _decided(url)
    hosts = _hosts(url, decided)
    wanted: dict[str, str] = {}
    if not all(is_here(host) for host in hosts):
        wanted = {"sslmode": "verify-full", "channel_binding": "require"}
        if decided.get("sslmode", "verify-full").startswith("verify"):
            wanted |= dict(_authorities())
        else:
            wanted["channel_binding"] = "prefer"
    if len(hosts) > 1:
        wanted["target_session_attrs"] = "read-write"
    return {name: value for name, value in wanted.items() if name not in decided}


def is_here(host: str) -> bool:
    """Whether a host (`name`, `name:port`, an IP address or the folder of a socket) is this very computer."""
    if host.startswith(("/", "@")):
        return True
    name = host
    if host.startswith("["):
        name = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        name = host.partition(":")[0]
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name.lower() in LOCAL_NAMES


def _decided(url: URL) -> Mapping[str, str]:
    """Return every setting that the URL, its service or the environment makes."""
    in_environment = {name: os.environ[variable] for name, variable in VARIABLES.items() if os.environ.get(variable)}
    named = {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    service = named.get("service") or os.environ.get("PGSERVICE", "")
    return {**in_environment, **(load_service(service) if service else {}), **named}


def _hosts(url: URL, decided: Mapping[str, str]) -> list[str]:
    named = hosts_of(url) or tuple((decided.get("hostaddr") or decided.get("host") or "").split(","))
    return list(named) if any(named) else os.environ.get("PGHOST", "").split(",")


def _authorities() -> Iterator[tuple[str, str]]:
    """Yield where the authorities stand that are believed: the driver's own file, else those of the system."""
    own = Path("~").expanduser() / ".postgresql" / "root.crt"
    if os.name == "nt":
        own = Path(os.environ.get("APPDATA", "")) / "postgresql" / "root.crt"
    if not own.exists():
        # Only for servers elsewhere: it takes a while to load.
        import ssl  # noqa: PLC0415

        yield "sslrootcert", ssl.get_default_verify_paths().cafile or "system"
