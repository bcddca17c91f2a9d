"""Places that people take, answer and give back for themselves on a server (K13).

The same as `orchestration/signing_up.py` does for those who plan.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

FOR_ONESELF = (
    "sign_up(int)",
    "join_waitlist(int)",
    "cancel_sign_up(int)",
    "accept_own_offer(int)",
    "decline_own_offer(int)",
)
"""The functions that every login may call."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "require_own_deed(of_session int, verb text, instant timestamptz)",
        "void",
        """
        at_session := find_session(of_session);
        SELECT c.sign_up, coalesce(at_session.title, c.title) INTO may_sign_up, named FROM courses c
        WHERE c.id = at_session.course_id;
        IF NOT may_sign_up AND verb NOT IN ('accept_own_offer', 'decline_own_offer') THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('verb', verb, 'why',
                CASE verb WHEN 'cancel_sign_up' THEN 'kept_place' ELSE 'no_sign_up' END));
        END IF;
        why := CASE WHEN at_session.status <> 'SCHEDULED' THEN 'not_open'
            WHEN at_session.starts_at <= instant THEN 'has_begun' END;
        IF why IS NOT NULL THEN
            PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'title', named, 'verb', verb,
                'state', at_session.status, 'why', why));
        END IF;
        """,
        "DECLARE at_session sessions; may_sign_up boolean; named text; why text;",
    )
    yield from _taking()
    yield from _giving_back()
    yield from _answering()


_MINE = "DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[];"
_OFFERED = "SELECT FROM enrollments e WHERE e.session_id = $1 AND e.person_id = me AND e.state = 'offered'"


def _taking() -> Iterator[str]:
    yield function(
        "take_own_place(of_session int, verb text)",
        "jsonb",
        """
        ids := lock_scope(ARRAY[of_session], ARRAY[me], '{}', instant);
        PERFORM require_own_deed(of_session, verb, instant);
        answer := seat_people(ids, of_session, ARRAY[me], instant) -> 0;
        IF answer ->> 'outcome' = 'refused' OR (verb = 'sign_up' AND answer ->> 'outcome' = 'waitlisted') THEN
            PERFORM refuse_place(of_session, answer, true, instant);
        END IF;
        PERFORM know_place(of_session, me, instant);
        RETURN answer;
        """,
        f"{_MINE} answer jsonb;",
    )
    for verb in ("sign_up", "join_waitlist"):
        yield function(f"{verb}(session_id int)", "jsonb", f"RETURN take_own_place(session_id, '{verb}');")


def _giving_back() -> Iterator[str]:
    yield function(
        "cancel_sign_up(session_id int)",
        "void",
        """
        ids := lock_scope(ARRAY[$1], ARRAY[me], ARRAY[me], instant);
        PERFORM require_own_deed($1, 'cancel_sign_up', instant);
        SELECT state INTO stands FROM enrollments e WHERE e.session_id = $1 AND e.person_id = me;
        IF stands IS NULL THEN PERFORM refuse_absent('enrollment', $1, me); END IF;
        IF stands <> 'withdrawn' THEN PERFORM take_out($1, me, NULL, instant); END IF;
        PERFORM settle_scope(ids, instant);
        PERFORM know_place($1, me, instant);
        """,
        f"{_MINE} stands text;",
    )


def _answering() -> Iterator[str]:
    yield function(
        "accept_own_offer(session_id int)",
        "void",
        f"""
        ids := lock_scope(ARRAY[$1], ARRAY[me], '{{}}', instant);
        PERFORM require_own_deed($1, 'accept_own_offer', instant);
        PERFORM settle_scope(ids, instant);
        IF NOT EXISTS ({_OFFERED}) THEN PERFORM refuse_absent('offer', $1, me); END IF;
        PERFORM confirm_offer($1, me, instant);
        PERFORM know_place($1, me, instant);
        """,
        _MINE,
    )
    yield function(
        "decline_own_offer(session_id int)",
        "void",
        f"""
        ids := lock_scope(ARRAY[$1], ARRAY[me], ARRAY[me], instant);
        PERFORM require_own_deed($1, 'decline_own_offer', instant);
        PERFORM sweep_lapsed(ids, instant);
        IF NOT EXISTS ({_OFFERED}) THEN PERFORM refuse_absent('offer', $1, me); END IF;
        PERFORM take_out($1, me, 'declined', instant);
        PERFORM settle_scope(ids, instant);
        PERFORM know_place($1, me, instant);
        """,
        _MINE,
    )
