CREATE TABLE series (
	id SERIAL NOT NULL,
	rule TEXT NOT NULL,
	zone TEXT NOT NULL,
	begins_on DATE NOT NULL,
	begins_minute INTEGER NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_series PRIMARY KEY (id),
	CONSTRAINT ck_series_begins_minute CHECK (begins_minute BETWEEN 0 AND 1439),
	CONSTRAINT ck_series_rule_length CHECK (length(rule) <= 500)
);

CREATE TABLE series_skips (
	series_id INTEGER NOT NULL,
	day DATE NOT NULL,
	why TEXT NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_series_skips PRIMARY KEY (series_id, day),
	CONSTRAINT ck_series_skips_why CHECK (why IN ('excepted', 'closed', 'clash', 'taken_out')),
	CONSTRAINT fk_series_skips_series_id FOREIGN KEY(series_id) REFERENCES series (id)
);

CREATE TABLE run_members (
	run_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	joined_at TIMESTAMP WITH TIME ZONE NOT NULL,
	joined_by TEXT NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_run_members PRIMARY KEY (run_id, person_id),
	CONSTRAINT fk_run_members_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
	CONSTRAINT fk_run_members_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_run_members_person_id ON run_members (person_id);

ALTER TABLE sessions ADD COLUMN series_id INTEGER;

ALTER TABLE sessions ADD CONSTRAINT fk_sessions_series_id FOREIGN KEY(series_id) REFERENCES series (id);

ALTER TABLE sessions ADD COLUMN series_day DATE;

ALTER TABLE sessions ADD CONSTRAINT ck_sessions_series CHECK ((series_id IS NULL) = (series_day IS NULL));

CREATE INDEX ix_sessions_series_id ON sessions (series_id, series_day) WHERE series_id IS NOT NULL;

INSERT INTO run_members (run_id, person_id, joined_at, joined_by, created_at, updated_at) SELECT s.run_id, e.person_id, min(e.enrolled_at), min(e.enrolled_by), date_trunc('second', now()), date_trunc('second', now()) FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state <> 'withdrawn' AND s.run_id IS NOT NULL AND s.deleted_at IS NULL GROUP BY s.run_id, e.person_id
