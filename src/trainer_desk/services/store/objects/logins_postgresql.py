"""Logins of a server, made by administrators through functions, so that nobody may make roles (U1).

They belong to a role that may, and never logs in. An account is the truth: its login is in the group of its role.
"""

from collections.abc import Iterator

from trainer_desk.models.enums import Role
from trainer_desk.services.store.objects.plpgsql import DEFINER, row_trigger
from trainer_desk.services.store.server_roles import ServerRoles, quoted

CALLED = ("make_login(text, text)", "set_login_password(text, text)")
"""The functions that administrators call."""

PREFIX = "DECLARE prefix text := regexp_replace(current_user, '_useradmin$', '');"
REQUIRE_ADMINISTRATOR = (
    " IF me_role() IS DISTINCT FROM 'administrator' THEN"
    " RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'not an administrator'; END IF;"
)
REQUIRE_VERIFIER = (
    " IF verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN RAISE EXCEPTION"
    " USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'a password comes as a SCRAM verifier'; END IF;"
)
OUR_OWN = (
    "EXISTS (SELECT FROM accounts a JOIN pg_roles r ON r.rolname = a.login WHERE a.login = $1 AND NOT r.rolsuper"
    " AND NOT r.rolcreaterole AND NOT r.rolreplication AND NOT r.rolbypassrls AND NOT EXISTS (SELECT FROM"
    " pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid"
    " AND g.rolname NOT IN (prefix || '_administrator', prefix || '_supervisor', prefix || '_trainer',"
    " prefix || '_requester')))"
)
"""A login with an account here that is nothing anywhere else: only of such a one a password may be set by others."""

FOLLOW = (
    " IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1 AND r.rolcanlogin AND NOT r.rolsuper"
    " AND NOT r.rolcreaterole) THEN RETURN; END IF;"
    " SELECT prefix || '_' || a.role INTO wanted FROM accounts a WHERE a.login = $1 AND a.disabled_at IS NULL;"
    " SELECT coalesce(array_agg(g.rolname::text), '{}') INTO known FROM pg_auth_members m"
    " JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles l ON l.oid = m.member WHERE l.rolname = $1"
    " AND g.rolname IN (prefix || '_administrator', prefix || '_supervisor', prefix || '_trainer',"
    " prefix || '_requester');"
    " FOREACH one IN ARRAY known LOOP IF one IS DISTINCT FROM wanted THEN"
    " EXECUTE format('REVOKE %I FROM %I', one, $1); END IF; END LOOP;"
    " IF wanted IS NOT NULL AND NOT wanted = ANY (known) THEN EXECUTE format('GRANT %I TO %I', wanted, $1); END IF;"
)


def statements() -> Iterator[str]:
    """Yield the functions; they are laid as the role that they belong to."""
    yield _function(
        "make_login(login text, verifier text)",
        "void",
        REQUIRE_ADMINISTRATOR
        + REQUIRE_VERIFIER
        + " BEGIN EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 12 PASSWORD %L', login, verifier);"
        " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;",  # somebody made it at this moment
    )
    yield _function(
        "set_login_password(login text, verifier text)",
        "void",
        REQUIRE_ADMINISTRATOR
        + REQUIRE_VERIFIER
        + f" IF NOT {OUR_OWN} THEN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',"
        " MESSAGE = 'not a login of this database alone'; END IF;"
        " EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);",
        PREFIX,
    )
    yield _function("follow_login(login text)", "void", FOLLOW, PREFIX + " one text; known text[]; wanted text;")
    yield _function(
        "logins_follow()",
        "trigger",
        " PERFORM follow_login(NEW.login); IF TG_OP = 'UPDATE' AND OLD.login <> NEW.login THEN"
        " PERFORM follow_login(OLD.login); END IF; RETURN NULL;",
    )


def closed(names: ServerRoles) -> str:
    """Return what lets administrators alone call them, and the owner's trigger."""
    own = ", ".join(CALLED)
    return (
        f"DO $$ BEGIN REVOKE ALL ON FUNCTION {own}, follow_login(text), logins_follow() FROM PUBLIC;"
        f" GRANT EXECUTE ON FUNCTION follow_login(text), logins_follow() TO {quoted(names.owner)};"
        f" GRANT EXECUTE ON FUNCTION {own} TO {quoted(names.group(Role.ADMINISTRATOR))}; END $$"
    )


def trigger() -> str:
    """Return the trigger on accounts; it is laid as the owner of the table."""
    return row_trigger(
        "logins_follow", "AFTER INSERT OR UPDATE OF login, role, disabled_at", "accounts", "logins_follow()"
    )


def _function(name: str, returns: str, body: str, declare: str = "") -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE plpgsql {DEFINER} AS"
        f" $$ {declare} BEGIN {body} END $$"
    )
