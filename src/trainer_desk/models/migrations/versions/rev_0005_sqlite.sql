CREATE TABLE series (
	id INTEGER NOT NULL,
	rule TEXT NOT NULL,
	zone TEXT NOT NULL,
	begins_on TEXT NOT NULL,
	begins_minute INTEGER NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_series PRIMARY KEY (id),
	CONSTRAINT ck_series_begins_minute CHECK (begins_minute BETWEEN 0 AND 1439),
	CONSTRAINT ck_series_rule_length CHECK (length(rule) <= 500)
)
 STRICT;

CREATE TABLE series_skips (
	series_id INTEGER NOT NULL,
	day TEXT NOT NULL,
	why TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_series_skips PRIMARY KEY (series_id, day),
	CONSTRAINT ck_series_skips_why CHECK (why IN ('excepted', 'closed', 'clash', 'taken_out')),
	CONSTRAINT fk_series_skips_series_id FOREIGN KEY(series_id) REFERENCES series (id)
)
 STRICT;

CREATE TABLE run_members (
	run_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	joined_at TEXT NOT NULL,
	joined_by TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_run_members PRIMARY KEY (run_id, person_id),
	CONSTRAINT fk_run_members_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
	CONSTRAINT fk_run_members_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE INDEX ix_run_members_person_id ON run_members (person_id);

ALTER TABLE sessions ADD COLUMN series_id INTEGER CONSTRAINT fk_sessions_series_id REFERENCES series (id);

ALTER TABLE sessions ADD COLUMN series_day TEXT CONSTRAINT ck_sessions_series CHECK ((series_id IS NULL) = (series_day IS NULL));

CREATE INDEX ix_sessions_series_id ON sessions (series_id, series_day) WHERE series_id IS NOT NULL;

INSERT INTO run_members (run_id, person_id, joined_at, joined_by, created_at, updated_at) SELECT s.run_id, e.person_id, min(e.enrolled_at), min(e.enrolled_by), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state <> 'withdrawn' AND s.run_id IS NOT NULL AND s.deleted_at IS NULL GROUP BY s.run_id, e.person_id
