"""The roles that a server's database needs: one that owns it, one that upgrades it, one that makes logins, and groups.

Roles belong to the whole server, so their names begin with that of the database; what is there is used again.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection

from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.address import shown

LONGEST = 45
"""Bytes of a database's name that its roles begin with: PostgreSQL cuts names at 63."""

OWNER_OF = """
    SELECT r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relname = 'changes' AND c.relnamespace = 'public'::regnamespace
"""
KNOWN = "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)"
ABILITY = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = session_user"
DATABASE_IS_MINE = """
    SELECT pg_has_role(session_user, datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()
"""
OTHERS = """
    SELECT format('ALTER %%s %%s OWNER TO ', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass)
    FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND r.rolname <> %(owner)s
    UNION ALL SELECT format('ALTER FUNCTION %%s OWNER TO ', p.oid::regprocedure)
    FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.pronamespace = 'public'::regnamespace AND r.rolname NOT IN (%(owner)s, %(useradmin)s)
"""
"""What somebody else owns, from before there were roles, as the statement that hands it over."""

ANYBODY_S = """
    SELECT format('REVOKE EXECUTE ON FUNCTION %%s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'pg_%%advisory%%' OR proname LIKE 'lo\\_%%'
    OR proname IN ('loread', 'lowrite'))
"""
"""Functions with which any login could hold up all others or fill the disk; only a superuser can take them away."""


@dataclass(frozen=True, slots=True)
class ServerRoles:
    """The names of one database's roles, all of which begin alike."""

    prefix: str

    @property
    def owner(self) -> str:
        """Return who owns every table and function, and never logs in."""
        return f"{self.prefix}_owner"

    @property
    def migrator(self) -> str:
        """Return the login of the upgrade command, and of nothing else."""
        return f"{self.prefix}_migrator"

    @property
    def useradmin(self) -> str:
        """Return who owns the functions that make logins, and never logs in."""
        return f"{self.prefix}_useradmin"

    @property
    def everybody(self) -> str:
        """Return the group of all who may connect."""
        return f"{self.prefix}_user"

    def group(self, role: Role) -> str:
        """Return the group of all logins of a role."""
        return f"{self.prefix}_{role.value}"

    @property
    def groups(self) -> dict[Role, str]:
        """Return the groups by role."""
        return {role: self.group(role) for role in Role}


def quoted(name: str) -> str:
    """Return a name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def roles_of(connection: Connection) -> ServerRoles:
    """Return the roles of this database: those that it was laid with, else those that its name gives."""
    owner = connection.exec_driver_sql(OWNER_OF).scalar()
    if isinstance(owner, str) and owner.endswith("_owner"):
        found = ServerRoles(owner.removesuffix("_owner"))
        if _known(connection, found):
            return found
    name = str(connection.exec_driver_sql("SELECT current_database()").scalar_one())
    if len(name.encode()) > LONGEST:
        name = f"{name.encode()[:32].decode(errors='ignore')}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return ServerRoles(name)


def become_owner(connection: Connection) -> ServerRoles:
    """Make the roles that are lacking, hand over what others own, and work as the owner to the end of the transaction.

    Raises DatabaseTrouble (cannot_make_roles) for a login that can neither make roles nor work as the owner.
    """
    roles = roles_of(connection)
    is_super, may_make = connection.exec_driver_sql(ABILITY).one()
    if is_super or may_make:
        _make(connection, roles, is_super=is_super)
    elif not _known(connection, roles) or not _may_become(connection, roles):
        raise DatabaseTrouble(why="cannot_make_roles", database=shown(connection.engine.url))
    connection.exec_driver_sql(f"SET LOCAL ROLE {quoted(roles.owner)}")
    return roles


def close_to_public(connection: Connection, roles: ServerRoles) -> None:
    """Let nobody but the groups into the database, and nobody hold up the others."""
    database = quoted(str(connection.exec_driver_sql("SELECT current_database()").scalar_one()))
    connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    entering = ", ".join(quoted(name) for name in (roles.everybody, roles.migrator))
    planning = ", ".join(quoted(roles.group(role)) for role in (Role.ADMINISTRATOR, Role.SUPERVISOR))
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {entering}")
    connection.exec_driver_sql(f"GRANT TEMPORARY ON DATABASE {database} TO {planning}")
    if connection.exec_driver_sql(ABILITY).one()[0]:
        for statement in connection.exec_driver_sql(ANYBODY_S).scalars().all():
            connection.exec_driver_sql(statement)
        trusted = f"{quoted(roles.owner)}, {quoted(roles.migrator)}"
        connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(bigint) TO {trusted}")


def step_down(connection: Connection, roles: ServerRoles) -> None:
    """Work as oneself again and let in nobody but the groups; who does not rule the server keeps nothing of the owner.

    Only whoever owns the database or rules the server can close it; on an upgrade it is closed already.
    """
    connection.exec_driver_sql("RESET ROLE")
    is_super, may_make = connection.exec_driver_sql(ABILITY).one()
    if connection.exec_driver_sql(DATABASE_IS_MINE).scalar_one():
        close_to_public(connection, roles)
    if may_make and not is_super:
        connection.exec_driver_sql(f"REVOKE {quoted(roles.owner)}, {quoted(roles.useradmin)} FROM SESSION_USER")


def _known(connection: Connection, roles: ServerRoles) -> bool:
    """Whether all roles are there."""
    names = [roles.owner, roles.migrator, roles.useradmin, roles.everybody, *roles.groups.values()]
    return len(connection.exec_driver_sql(KNOWN, (names,)).all()) == len(names)


def _may_become(connection: Connection, roles: ServerRoles) -> bool:
    asked = "SELECT pg_has_role(session_user, %s, 'MEMBER')"
    return bool(connection.exec_driver_sql(asked, (roles.owner,)).scalar_one())


def _make(connection: Connection, roles: ServerRoles, *, is_super: bool) -> None:
    """Make what is lacking of the roles, their memberships and what they own."""
    wanted = {
        roles.owner: "NOLOGIN",
        roles.useradmin: "NOLOGIN CREATEROLE",
        roles.migrator: "LOGIN NOINHERIT",
        roles.everybody: "NOLOGIN",
        **dict.fromkeys(roles.groups.values(), "NOLOGIN"),
    }
    known = set(connection.exec_driver_sql(KNOWN, (list(wanted),)).scalars())
    for name, kind in wanted.items():
        if name not in known:
            connection.exec_driver_sql(f"CREATE ROLE {quoted(name)} {kind}")
    both = f"{quoted(roles.owner)}, {quoted(roles.useradmin)}"
    for member in (quoted(roles.migrator), *(() if is_super else ("SESSION_USER",))):
        connection.exec_driver_sql(f"GRANT {both} TO {member}")
    for group in roles.groups.values():
        connection.exec_driver_sql(f"GRANT {quoted(roles.everybody)} TO {quoted(group)}")
        connection.exec_driver_sql(f"GRANT {quoted(group)} TO {quoted(roles.useradmin)} WITH ADMIN OPTION")
    connection.exec_driver_sql(f"GRANT USAGE, CREATE ON SCHEMA public TO {both}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {quoted(roles.everybody)}")
    names = {"owner": roles.owner, "useradmin": roles.useradmin}
    for statement in connection.exec_driver_sql(OTHERS, names).scalars().all():
        connection.exec_driver_sql(statement + quoted(roles.owner))
