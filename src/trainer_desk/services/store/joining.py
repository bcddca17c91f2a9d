"""Joins a shared database: from what somebody filled in to the open store, with a trial beforehand (V7, U1)."""

import sqlalchemy as sa
from sqlalchemy import URL

from trainer_desk.services.errors import BadValue, DatabaseTrouble
from trainer_desk.services.rows.joining import Joining, Tls, Tried
from trainer_desk.services.store.address import hosts_of, is_file, read_address, shown
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.passwords import forget_password, keep_password, login_of
from trainer_desk.services.store.wire import is_here, wire_options

USUAL_PORT = "5432"
MODES = {Tls.AUTHORITY: "verify-full", Tls.UNCHECKED: "require", Tls.OPEN: "disable"}
SERVER = sa.text(
    "SELECT current_setting('server_version'), (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid())"
)


def url_of(joining: Joining) -> URL:
    """Return the URL of what was filled in, with the password. Raises BadValue."""
    url = _named(joining) if joining.address.strip() else _filled_in(joining)
    if joining.tls in MODES:
        url = url.update_query_dict({"sslmode": MODES[joining.tls]})
    if joining.tls is Tls.AUTHORITY:
        url = url.update_query_dict({"sslrootcert": joining.authority.strip()})
    if joining.login.strip():
        url = url.set(username=joining.login.strip())
    return url.set(password=joining.password) if joining.password else url


def joining_of(address: str) -> Joining:
    """Return the fields of an address, without a password. Raises BadValue."""
    url = read_address(address)
    tls = next((tls for tls, mode in MODES.items() if url.query.get("sslmode") == mode), Tls.CHECKED)
    authority = str(url.query.get("sslrootcert", ""))
    if tls is Tls.AUTHORITY and not authority:
        tls = Tls.CHECKED
    login = url.username or ""
    rest = url.difference_update_query(["sslmode", "sslrootcert"])
    if set(rest.query) - {"host"}:
        nameless = URL.create(url.drivername, None, None, url.host, url.port, url.database or "", rest.query)
        return Joining(address=shown(nameless), login=login, tls=tls, authority=authority)
    hosts = hosts_of(url)
    ports = {host.partition(":")[2] or USUAL_PORT for host in hosts}
    port = ports.pop() if len(ports) == 1 else USUAL_PORT
    named = ", ".join(host.removesuffix(f":{port}") for host in hosts)
    return Joining(named, port, url.database or "", login, tls=tls, authority=authority)


def join_store(joining: Joining) -> tuple[Store, bool]:
    """Open what was filled in; return it and whether the password is kept as was wished.

    Raises BadValue, DatabaseTrouble, also `no_account_here` for somebody whom the database does not know.
    """
    url = url_of(joining)
    store = open_signed_in(url.render_as_string(hide_password=False))
    if not joining.password:
        return store, True
    if joining.keeps_password:
        return store, keep_password(url, joining.password)
    forget_password(url)
    return store, True


def try_to_join(joining: Joining) -> Tried:
    """Open what was filled in, look who one is there, and close it again. Raises as `join_store`."""
    url = url_of(joining)
    store = open_signed_in(url.render_as_string(hide_password=False))
    try:
        version, tls = store.read(lambda db: db.execute(SERVER).one())
        role = store.role
        if role is None:
            raise _nobody(url)
        options = {**wire_options(url), **url.query}
        is_checked = bool(tls) and options.get("sslmode") == "verify-full"
        hosts = hosts_of(url) or (str(url.query.get("service", "localhost")),)
        return Tried(url.database or "", hosts, store.actor, role, str(version).split(" ")[0], tls or "", is_checked)
    finally:
        store.close()


def open_signed_in(address: str) -> Store:
    """Open a database, looked through, in which one has an account; raises as `open_store`, and `no_account_here`."""
    store = open_store(address, check=True)
    try:
        if not store.is_file and store.role is None:
            raise _nobody(store.url)
    except BaseException:
        store.close()
        raise
    return store


def is_all_here(hosts: str) -> bool:
    """Whether all hosts that are filled in are this computer, so that nothing has to be encrypted."""
    return all(is_here(host.strip()) for host in hosts.split(","))


def _nobody(url: URL) -> DatabaseTrouble:
    name = url.database or str(url.query.get("service", ""))
    return DatabaseTrouble(why="no_account_here", database=shown(url), name=name, login=login_of(url))


def _named(joining: Joining) -> URL:
    url = read_address(joining.address.strip())
    if is_file(url):
        raise BadValue(field="address", value=joining.address, why="unreadable_url")
    return url


def _filled_in(joining: Joining) -> URL:
    hosts = [host.strip() for host in joining.hosts.split(",") if host.strip()]
    port = joining.port.strip() or USUAL_PORT
    if not hosts:
        raise BadValue(field="host", value="", why="empty")
    if not joining.database.strip():
        raise BadValue(field="database", value="", why="empty")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise BadValue(field="port", value=joining.port, why="out_of_range", least=1, most=65535)
    named = [host if _has_port(host) or host.startswith("/") else f"{_bare(host)}:{port}" for host in hosts]
    url = URL.create("postgresql+psycopg", database=joining.database.strip())
    if len(named) == 1:
        host, _colon, own = hosts[0].rpartition(":") if _has_port(hosts[0]) else (hosts[0], "", port)
        return url.set(host=host.strip("[]"), port=int(own) if own.isdigit() else int(port))
    return url.update_query_dict({"host": named})


def _has_port(host: str) -> bool:
    return host.count(":") == 1 or "]:" in host


def _bare(host: str) -> str:
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
