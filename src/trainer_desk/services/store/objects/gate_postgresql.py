"""What all functions have in common through which trainers and requesters change a server: time, who, and refusals.

They are the only way in for who may not write by themselves (U2). They ask `session_user` who is there, believe nothing
that is handed in, and refuse with the same facts as the rules of the program (`store/refusal.py` reads them back).
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function
from trainer_desk.services.store.refusal import REFUSED


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "gate_refuse(code text, facts jsonb)",
        "void",
        f"RAISE EXCEPTION USING ERRCODE = '{REFUSED}', MESSAGE = code, DETAIL = facts::text;",
    )
    yield function(
        "require_role(allowed text[])",
        "text",
        """
        mine := me_role();
        IF mine IS NULL THEN
            PERFORM gate_refuse('not_signed_in', jsonb_build_object('login', session_user));
        ELSIF mine <> ALL (allowed) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine));
        END IF;
        RETURN mine;
        """,
        "DECLARE mine text;",
    )
    yield function(
        "require_own_person()",
        "int",
        """
        mine := require_role('{administrator,supervisor,trainer,requester}');
        IF me_person() IS NULL THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'why', 'no_person'));
        END IF;
        RETURN me_person();
        """,
        "DECLARE mine text;",
    )
    yield function(
        "require_own_session(of_session int)",
        "text",
        """
        mine := require_role('{administrator,supervisor,trainer}');
        IF mine = 'trainer' AND of_session NOT IN (SELECT own_sessions()) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'why', 'not_own_session'));
        END IF;
        RETURN mine;
        """,
        "DECLARE mine text;",
    )
