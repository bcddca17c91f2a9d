ALTER TABLE people ADD COLUMN placed_on TEXT;

ALTER TABLE courses ADD COLUMN prerequisite_policy TEXT CONSTRAINT ck_courses_prerequisite_policy CHECK (prerequisite_policy IN ('warn', 'block'));

ALTER TABLE qualifications ADD COLUMN deleted_at TEXT;

ALTER TABLE compliance_items ADD COLUMN due_on TEXT;

ALTER TABLE compliance_items ADD COLUMN counts_from TEXT;

DROP INDEX ix_compliance_items_walk;

CREATE INDEX ix_compliance_items_walk ON compliance_items (course_id, status, expires_on, sort_name, person_id, due_on, counts_from);

CREATE TABLE categories (
	name TEXT NOT NULL,
	hue INTEGER,
	CONSTRAINT pk_categories PRIMARY KEY (name),
	CONSTRAINT ck_categories_hue CHECK (hue IS NULL OR hue BETWEEN 0 AND 7)
)
 STRICT;

CREATE TABLE attestations (
	course_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	status TEXT NOT NULL,
	expires_on TEXT,
	stated_at TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_attestations PRIMARY KEY (course_id, person_id),
	CONSTRAINT ck_attestations_status CHECK (status IN ('NON_COMPLIANT', 'PENDING', 'COMPLIANT')),
	CONSTRAINT fk_attestations_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_attestations_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE INDEX ix_attestations_person_id ON attestations (person_id);

CREATE TABLE checklist_items (
	id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	place INTEGER NOT NULL,
	words TEXT NOT NULL,
	days_before INTEGER NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_checklist_items PRIMARY KEY (id),
	CONSTRAINT ck_checklist_items_days_before CHECK (days_before BETWEEN 0 AND 365),
	CONSTRAINT ck_checklist_items_words_length CHECK (length(words) <= 200),
	CONSTRAINT fk_checklist_items_course_id FOREIGN KEY(course_id) REFERENCES courses (id)
)
 STRICT;

CREATE INDEX ix_checklist_items_course_id ON checklist_items (course_id);

CREATE TABLE contact_looks (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	looked_at TEXT NOT NULL,
	looked_by TEXT NOT NULL,
	CONSTRAINT pk_contact_looks PRIMARY KEY (id),
	CONSTRAINT fk_contact_looks_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE INDEX ix_contact_looks_person_id ON contact_looks (person_id);

CREATE TABLE intakes (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	held_on TEXT NOT NULL,
	note TEXT,
	recorded_at TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_intakes PRIMARY KEY (id),
	CONSTRAINT ck_intakes_note_length CHECK (length(note) <= 4000),
	CONSTRAINT fk_intakes_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE INDEX ix_intakes_person_id ON intakes (person_id);

CREATE TABLE requirements (
	id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	job_role TEXT DEFAULT '' NOT NULL,
	department TEXT DEFAULT '' NOT NULL,
	site TEXT DEFAULT '' NOT NULL,
	person_id INTEGER,
	grace_days INTEGER,
	exempt INTEGER DEFAULT false NOT NULL,
	reason TEXT,
	until TEXT,
	since TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_requirements PRIMARY KEY (id),
	CONSTRAINT ck_requirements_grace_days CHECK (grace_days IS NULL OR grace_days BETWEEN 0 AND 36500),
	CONSTRAINT ck_requirements_reason CHECK (NOT exempt OR reason IS NOT NULL),
	CONSTRAINT ck_requirements_until CHECK (exempt OR until IS NULL),
	CONSTRAINT ck_requirements_reason_length CHECK (length(reason) <= 2000),
	CONSTRAINT fk_requirements_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_requirements_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE UNIQUE INDEX uq_requirements_of_all ON requirements (course_id, job_role, department, site) WHERE person_id IS NULL;

CREATE UNIQUE INDEX uq_requirements_of_one ON requirements (person_id, course_id, job_role, department, site) WHERE person_id IS NOT NULL;

CREATE TABLE training_records (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	held_on TEXT NOT NULL,
	provider TEXT,
	expires_on TEXT,
	number TEXT,
	recorded_at TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_training_records PRIMARY KEY (id),
	CONSTRAINT uq_training_records_person_id_course_id_held_on UNIQUE (person_id, course_id, held_on),
	CONSTRAINT ck_training_records_order CHECK (expires_on IS NULL OR expires_on >= held_on),
	CONSTRAINT ck_training_records_provider_length CHECK (length(provider) <= 200),
	CONSTRAINT ck_training_records_number_length CHECK (length(number) <= 100),
	CONSTRAINT fk_training_records_person_id FOREIGN KEY(person_id) REFERENCES people (id),
	CONSTRAINT fk_training_records_course_id FOREIGN KEY(course_id) REFERENCES courses (id)
)
 STRICT;

CREATE INDEX ix_training_records_course_id ON training_records (course_id, person_id);

CREATE TABLE accounts (
	id INTEGER NOT NULL,
	login TEXT NOT NULL,
	role TEXT NOT NULL,
	person_id INTEGER,
	trainer_id INTEGER,
	disabled_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_accounts PRIMARY KEY (id),
	CONSTRAINT uq_accounts_login UNIQUE (login),
	CONSTRAINT ck_accounts_role CHECK (role IN ('supervisor', 'trainer', 'administrator', 'requester')),
	CONSTRAINT ck_accounts_login_length CHECK (length(login) <= 100),
	CONSTRAINT fk_accounts_person_id FOREIGN KEY(person_id) REFERENCES people (id),
	CONSTRAINT fk_accounts_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainers (id)
)
 STRICT;

CREATE TABLE attachments (
	id INTEGER NOT NULL,
	record_id INTEGER,
	session_id INTEGER,
	qualification_id INTEGER,
	intake_id INTEGER,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	added_at TEXT NOT NULL,
	added_by TEXT NOT NULL,
	deleted_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_attachments PRIMARY KEY (id),
	CONSTRAINT ck_attachments_one_owner CHECK (CASE WHEN record_id IS NULL THEN 0 ELSE 1 END + CASE WHEN session_id IS NULL THEN 0 ELSE 1 END + CASE WHEN qualification_id IS NULL THEN 0 ELSE 1 END + CASE WHEN intake_id IS NULL THEN 0 ELSE 1 END = 1),
	CONSTRAINT ck_attachments_size CHECK (size BETWEEN 1 AND 10485760),
	CONSTRAINT ck_attachments_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_attachments_name_length CHECK (length(name) <= 200),
	CONSTRAINT fk_attachments_record_id FOREIGN KEY(record_id) REFERENCES training_records (id),
	CONSTRAINT fk_attachments_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_attachments_qualification_id FOREIGN KEY(qualification_id) REFERENCES qualifications (id),
	CONSTRAINT fk_attachments_intake_id FOREIGN KEY(intake_id) REFERENCES intakes (id)
)
 STRICT;

CREATE INDEX ix_attachments_intake_id ON attachments (intake_id);

CREATE INDEX ix_attachments_qualification_id ON attachments (qualification_id);

CREATE INDEX ix_attachments_record_id ON attachments (record_id);

CREATE INDEX ix_attachments_session_id ON attachments (session_id);

CREATE TABLE attachment_bytes (
	attachment_id INTEGER NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_attachment_bytes PRIMARY KEY (attachment_id),
	CONSTRAINT fk_attachment_bytes_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachments (id)
)
 STRICT;

INSERT INTO attestations (course_id, person_id, status, expires_on, stated_at, created_at, updated_at) SELECT course_id, person_id, status, expires_on, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM compliance_items;

DELETE FROM compliance_items WHERE NOT EXISTS (SELECT 1 FROM people p JOIN courses c ON c.id = compliance_items.course_id WHERE p.id = compliance_items.person_id AND p.active = 1 AND c.active = 1);
