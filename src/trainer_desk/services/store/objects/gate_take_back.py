"""What somebody takes back of own changes on a server, as a person and not as a trainer: own places, own requests.

The same as `orchestration/undoing.py` does for those who plan: nothing that somebody changed since, no place from which
somebody else got the seat, and what it sets free is settled (K13, Q1, V4).
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects import journaled
from trainer_desk.services.store.objects.plpgsql import function

TAKEN_BACK = ("take_back_place(bigint)", "take_back_request(bigint)")
"""The functions that every login may call."""

NET = """
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
"""
"""Every row that the change left different from how it found it; an offer that ran out is nobody's deed."""

OWN_CHANGE = """
    IF NOT EXISTS (SELECT FROM changes WHERE id = of_change AND actor = session_user) THEN
        PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'change', 'key', of_change));
    END IF;
"""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "take_back_place(of_change bigint)",
        "void",
        _PLACE,
        "DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; locked int[];"
        " one record; refused jsonb;",
    )
    yield function(
        "take_back_request(of_change bigint)",
        "void",
        _request(),
        "DECLARE one record; mine text := require_role('{administrator,supervisor,requester}');"
        " instant timestamptz := gate_now();",
    )


_PLACE = f"""
    {OWN_CHANGE}
    ids := ARRAY(SELECT (n.image ->> 'session_id')::int FROM ({NET}) n WHERE n.tbl = 'enrollments' ORDER BY 1);
    IF ids = '{{}}' OR EXISTS (SELECT FROM ({NET}) n WHERE n.tbl NOT IN ('enrollments', 'tellings')
        OR n.tbl = 'enrollments' AND (n.image ->> 'person_id')::int <> me) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'verb', 'take_back_place'));
    END IF;
    locked := lock_scope(ids, ARRAY[me], ARRAY[me], instant);
    IF EXISTS (SELECT FROM sessions WHERE id = ANY (ids) AND (status <> 'SCHEDULED' OR starts_at <= instant)) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'verb', 'take_back_place'));
    END IF;
    FOR one IN SELECT * FROM ({NET}) n WHERE n.tbl = 'enrollments' ORDER BY n.pk LOOP
        PERFORM require_untouched(of_change, one.tbl, one.pk, one.after);
        PERFORM put_back(one.tbl, one.pk, one.before, instant);
        IF one.before ->> 'state' IN ('confirmed', 'offered') THEN
            refused := seat_clashes((one.image ->> 'session_id')::int, me, instant);
            IF first_refusal(refused) IS NOT NULL THEN
                PERFORM gate_refuse('attendee_busy', jsonb_build_object('findings',
                    jsonb_build_array(first_refusal(refused))));
            END IF;
        ELSE
            PERFORM leave_session((one.image ->> 'session_id')::int, me, instant);
        END IF;
        PERFORM know_place((one.image ->> 'session_id')::int, me, instant);
    END LOOP;
    PERFORM settle_scope(locked, instant);
"""


def _request() -> str:
    """Return what puts own requests and the people in them back; who decided one meanwhile changed it."""
    columns = [one.name for one in journaled.image_columns("booking_requests") if not one.primary_key]
    sets = ", ".join(f"{name} = r.{name}" for name in columns)
    bump = "version = t.version + 1, updated_at = instant"
    return f"""
        {OWN_CHANGE}
        IF EXISTS (SELECT FROM ({NET}) n WHERE n.tbl NOT IN ('booking_requests', 'booking_request_people')
            OR coalesce(n.image ->> 'booking_request_id', n.image ->> 'id')::int NOT IN (SELECT own_requests())) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'verb', 'take_back_request'));
        END IF;
        PERFORM FROM booking_requests WHERE id IN (SELECT coalesce(n.image ->> 'booking_request_id',
            n.image ->> 'id')::int FROM ({NET}) n) ORDER BY id FOR NO KEY UPDATE;
        SELECT decided_by, decided_at INTO one FROM booking_requests WHERE status NOT IN ('DRAFT', 'CANCELLED')
            AND id IN (SELECT coalesce(n.image ->> 'booking_request_id', n.image ->> 'id')::int FROM ({NET}) n) LIMIT 1;
        IF FOUND THEN
            PERFORM gate_refuse('stale', jsonb_build_object('why', 'changed_since', 'by', one.decided_by,
                'at', one.decided_at));
        END IF;
        FOR one IN SELECT * FROM ({NET}) n ORDER BY n.tbl DESC, n.pk LOOP
            IF one.tbl = 'booking_requests' THEN
                PERFORM require_untouched(of_change, one.tbl, one.pk, one.after);
                UPDATE booking_requests t SET {sets}, {bump} FROM (SELECT (jsonb_populate_record(o, one.before)).*
                    FROM booking_requests o WHERE o.id = one.pk::int) r WHERE t.id = r.id AND one.before IS NOT NULL;
                UPDATE booking_requests t SET status = 'CANCELLED', decided_at = instant, {bump}
                    WHERE t.id = one.pk::int AND one.before IS NULL;
            ELSIF one.after IS NOT NULL THEN
                DELETE FROM booking_request_people WHERE person_id = (one.after ->> 'person_id')::int
                    AND booking_request_id = (one.after ->> 'booking_request_id')::int;
            ELSE
                INSERT INTO booking_request_people SELECT (jsonb_populate_record(NULL::booking_request_people,
                    one.before)).* ON CONFLICT DO NOTHING;
            END IF;
        END LOOP;
    """
