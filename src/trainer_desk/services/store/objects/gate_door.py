"""Places that trainers give at the door of own sessions on a server (K3, A2).

The same as `orchestration/attending.py` does for those who plan.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

OPEN_FOR_PEOPLE = "{DRAFT,SCHEDULED,IN_PROGRESS}"
CLAIMING = "{SCHEDULED,IN_PROGRESS}"

AT_THE_DOOR = ("walk_in(int, int[])", "admit(int, int)", "settle_due_now()")
"""The functions for trainers, in own sessions."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "mark_arrived(of_session int, wanted int[], instant timestamptz)",
        "void",
        "UPDATE enrollments SET attendance = 'attended', marked_at = instant, marked_by = session_user,"
        " version = version + 1, updated_at = instant WHERE session_id = of_session AND person_id = ANY (wanted)"
        " AND state = 'confirmed' AND attendance = 'registered';",
    )
    yield function(
        "walk_in(session_id int, person_ids int[])",
        "jsonb",
        f"""
        PERFORM require_own_session($1);
        ids := lock_scope(ARRAY[$1], $2, '{{}}', instant);
        PERFORM require_state($1, 'enroll', '{OPEN_FOR_PEOPLE}');
        PERFORM require_state($1, 'walk_in', '{CLAIMING}');
        answers := seat_people(ids, $1, $2, instant);
        PERFORM mark_arrived($1, ARRAY(SELECT person FROM unnest($2) WITH ORDINALITY AS each (person, place)
            WHERE answers -> (place - 1)::int ->> 'outcome' = 'enrolled'), instant);
        RETURN answers;
        """,
        "DECLARE instant timestamptz := gate_now(); ids int[]; answers jsonb;",
    )
    yield function(
        "admit(session_id int, person_id int)",
        "jsonb",
        f"""
        PERFORM require_own_session($1);
        ids := lock_scope(ARRAY[$1], ARRAY[$2], '{{}}', instant);
        PERFORM require_state($1, 'enroll', '{OPEN_FOR_PEOPLE}');
        PERFORM require_state($1, 'walk_in', '{CLAIMING}');
        PERFORM sweep_lapsed(ids, instant);
        SELECT state INTO stands FROM enrollments e WHERE e.session_id = $1 AND e.person_id = $2;
        IF stands = 'offered' THEN
            PERFORM confirm_offer($1, $2, instant);
            answer := jsonb_build_object('outcome', 'enrolled', 'employee_no',
                (SELECT employee_no FROM people WHERE id = $2));
        ELSE
            IF stands = 'waitlisted' THEN PERFORM take_out($1, $2, NULL, instant); END IF;
            answer := seat_people(ids, $1, ARRAY[$2], instant) -> 0;
        END IF;
        IF answer ->> 'outcome' IN ('refused', 'waitlisted') THEN
            PERFORM refuse_place($1, answer, false, instant);
        END IF;
        PERFORM mark_arrived($1, ARRAY[$2], instant);
        RETURN answer;
        """,
        "DECLARE instant timestamptz := gate_now(); ids int[]; stands text; answer jsonb;",
    )
