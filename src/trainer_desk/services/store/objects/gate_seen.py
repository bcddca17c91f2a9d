"""What a server tells a login of places that it does not see, and keeps of what it has seen (K2, K5, D6)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

SEEN = ("seen_places()", "seen_ranks(int)", "see_notices(int[], text)")
"""The functions that every login may call."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "seen_places()",
        "TABLE (session_id int, taken int, rank int)",
        """
        SELECT s.id, s.seats_taken - coalesce((SELECT sum(h.seats) FROM seat_holds h WHERE h.session_id = s.id
                AND h.ended_at IS NULL AND h.until_at <= gate_now()), 0)::int
            - (SELECT count(*) FROM enrollments o WHERE o.session_id = s.id AND o.state = 'offered'
                AND o.offer_until <= gate_now())::int,
            CASE WHEN e.state = 'waitlisted' THEN queue_rank(s.id, e.person_id)::int END
        FROM sessions s LEFT JOIN enrollments e ON e.session_id = s.id AND e.person_id = me_person()
        WHERE s.id IN (SELECT seen_sessions())
        """,
        language="sql",
    )
    yield function(
        "seen_ranks(of_session int)",
        "TABLE (person_id int, rank int)",
        """
        SELECT q.person_id, q.place::int FROM queue_of(of_session, '{}', true) q
        WHERE of_session IN (SELECT own_sessions()) OR q.person_id = me_person()
            OR (of_session IN (SELECT requested_sessions()) AND q.person_id IN (SELECT staff()))
        """,
        language="sql",
    )
    yield function(
        "see_notices(notice_ids int[], reminders text)",
        "void",
        """
        PERFORM FROM accounts WHERE id = me FOR KEY SHARE;
        UPDATE notices SET seen_at = gate_now() WHERE account_id = me AND seen_at IS NULL AND id = ANY (notice_ids);
        INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, lead_minutes, seen_at)
        SELECT me, 'reminder', s.id, s.starts_at - make_interval(mins => due.lead_minutes), '', s.starts_at,
            due.lead_minutes, gate_now()
        FROM jsonb_to_recordset(reminders::jsonb) AS due (session_id int, starts_at timestamptz, lead_minutes int)
        JOIN sessions s ON s.id = due.session_id AND s.starts_at = due.starts_at
        WHERE due.lead_minutes > 0 AND NOT EXISTS (SELECT FROM notices n WHERE n.account_id = me
            AND n.kind = 'reminder' AND n.session_id = s.id AND n.starts_at = s.starts_at
            AND n.lead_minutes = due.lead_minutes);
        """,
        "DECLARE me int := me_account();",
    )
