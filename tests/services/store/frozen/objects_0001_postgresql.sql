ALTER TABLE changes ALTER COLUMN xid SET DEFAULT pg_current_xact_id(), ALTER COLUMN at SET DEFAULT now(), ALTER COLUMN actor SET DEFAULT session_user;

CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0], MESSAGE = TG_ARGV[0]; END $$;

CREATE OR REPLACE FUNCTION journal_change() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE found bigint; BEGIN SELECT id INTO found FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF found IS NULL THEN INSERT INTO changes (label) VALUES ('direct') RETURNING id INTO found; END IF; RETURN found; END $$;

CREATE OR REPLACE FUNCTION journal_open(label text, op_key text, undoes bigint, kind text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ INSERT INTO changes (label, op_key, undoes, kind) VALUES ($1, $2, $3, $4) RETURNING id $$;

CREATE OR REPLACE FUNCTION journal_settings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  n.key, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  o.key, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.key = n.key WHERE (o.key, o.value) IS DISTINCT FROM (n.key, n.value)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  coalesce(n.key, o.key), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.key = n.key WHERE (o.key, o.value) IS DISTINCT FROM (n.key, n.value); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON settings REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON settings REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON settings REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_settings BEFORE DELETE ON settings FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.employee_no, o.name, o.department, o.site, o.job_role, o.manager_no, o.email, o.phone, o.intake_on, o.active, o.search, o.sort_name) IS DISTINCT FROM (n.id, n.employee_no, n.name, n.department, n.site, n.job_role, n.manager_no, n.email, n.phone, n.intake_on, n.active, n.search, n.sort_name)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.employee_no, o.name, o.department, o.site, o.job_role, o.manager_no, o.email, o.phone, o.intake_on, o.active, o.search, o.sort_name) IS DISTINCT FROM (n.id, n.employee_no, n.name, n.department, n.site, n.job_role, n.manager_no, n.email, n.phone, n.intake_on, n.active, n.search, n.sort_name); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON people REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON people REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON people REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON people FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF employee_no, name, department, site, job_role, manager_no, email, phone, intake_on, active, search, sort_name ON people FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_people BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_contacts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  n.person_id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] || jsonb_build_object('name', CASE WHEN n.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN n.phone IS NULL THEN NULL ELSE '(kept secret)' END) FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  o.person_id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[] || jsonb_build_object('name', CASE WHEN o.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN o.phone IS NULL THEN NULL ELSE '(kept secret)' END), NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.person_id = n.person_id WHERE (o.person_id, o.name, o.phone) IS DISTINCT FROM (n.person_id, n.name, n.phone)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  coalesce(n.person_id, o.person_id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[] || jsonb_build_object('name', CASE WHEN o.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN o.phone IS NULL THEN NULL ELSE '(kept secret)' END), to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] || jsonb_build_object('name', CASE WHEN n.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN n.phone IS NULL THEN NULL ELSE '(kept secret)' END) FROM o FULL JOIN n ON o.person_id = n.person_id WHERE (o.person_id, o.name, o.phone) IS DISTINCT FROM (n.person_id, n.name, n.phone); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON contacts REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON contacts REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON contacts REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON contacts FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_contacts BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_courses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.title, o.short_code, o.category, o.description, o.duration_minutes, o.validity_months, o.expiring_days, o.default_capacity, o.minimum, o.requires_intake, o.requires_result, o.sign_up, o.overlap_policy, o.prerequisite_id, o.renews_id, o.active) IS DISTINCT FROM (n.id, n.code, n.title, n.short_code, n.category, n.description, n.duration_minutes, n.validity_months, n.expiring_days, n.default_capacity, n.minimum, n.requires_intake, n.requires_result, n.sign_up, n.overlap_policy, n.prerequisite_id, n.renews_id, n.active)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.title, o.short_code, o.category, o.description, o.duration_minutes, o.validity_months, o.expiring_days, o.default_capacity, o.minimum, o.requires_intake, o.requires_result, o.sign_up, o.overlap_policy, o.prerequisite_id, o.renews_id, o.active) IS DISTINCT FROM (n.id, n.code, n.title, n.short_code, n.category, n.description, n.duration_minutes, n.validity_months, n.expiring_days, n.default_capacity, n.minimum, n.requires_intake, n.requires_result, n.sign_up, n.overlap_policy, n.prerequisite_id, n.renews_id, n.active); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON courses REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON courses REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON courses REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON courses FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF code, title, short_code, category, description, duration_minutes, validity_months, expiring_days, default_capacity, minimum, requires_intake, requires_result, sign_up, overlap_policy, prerequisite_id, renews_id, active ON courses FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_courses BEFORE DELETE ON courses FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_resources() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.code, o.name, o.sort_name, o.active) IS DISTINCT FROM (n.id, n.kind, n.code, n.name, n.sort_name, n.active)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.code, o.name, o.sort_name, o.active) IS DISTINCT FROM (n.id, n.kind, n.code, n.name, n.sort_name, n.active); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON resources REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON resources REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON resources REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON resources FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF kind, code, name, sort_name, active ON resources FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_resources BEFORE DELETE ON resources FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_trainers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.weekly_hours, o.person_id) IS DISTINCT FROM (n.id, n.weekly_hours, n.person_id)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.weekly_hours, o.person_id) IS DISTINCT FROM (n.id, n.weekly_hours, n.person_id); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON trainers REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON trainers REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON trainers REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON trainers FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_trainers BEFORE DELETE ON trainers FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_venues() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.capacity, o.occupancy_limit, o.part_of_id, o.turnaround_minutes, o.site) IS DISTINCT FROM (n.id, n.kind, n.capacity, n.occupancy_limit, n.part_of_id, n.turnaround_minutes, n.site)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.capacity, o.occupancy_limit, o.part_of_id, o.turnaround_minutes, o.site) IS DISTINCT FROM (n.id, n.kind, n.capacity, n.occupancy_limit, n.part_of_id, n.turnaround_minutes, n.site); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON venues REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON venues REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON venues REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON venues FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_venues BEFORE DELETE ON venues FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_qualifications() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.trainer_id, o.course_id, o.valid_from, o.valid_until) IS DISTINCT FROM (n.id, n.trainer_id, n.course_id, n.valid_from, n.valid_until)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.trainer_id, o.course_id, o.valid_from, o.valid_until) IS DISTINCT FROM (n.id, n.trainer_id, n.course_id, n.valid_from, n.valid_until); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON qualifications REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON qualifications REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON qualifications REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON qualifications FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF trainer_id, course_id, valid_from, valid_until ON qualifications FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_qualifications BEFORE DELETE ON qualifications FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_compliance_items() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'compliance_items',  n.course_id || ',' || n.person_id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'compliance_items',  o.course_id || ',' || o.person_id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.course_id = n.course_id AND o.person_id = n.person_id WHERE (o.course_id, o.person_id, o.status, o.expires_on, o.sort_name) IS DISTINCT FROM (n.course_id, n.person_id, n.status, n.expires_on, n.sort_name)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'compliance_items',  coalesce(n.course_id || ',' || n.person_id, o.course_id || ',' || o.person_id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.course_id = n.course_id AND o.person_id = n.person_id WHERE (o.course_id, o.person_id, o.status, o.expires_on, o.sort_name) IS DISTINCT FROM (n.course_id, n.person_id, n.status, n.expires_on, n.sort_name); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON compliance_items REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_compliance_items();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON compliance_items REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_compliance_items();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON compliance_items REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_compliance_items();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON compliance_items FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_compliance_items BEFORE DELETE ON compliance_items FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.uuid, o.ref, o.course_id, o.title, o.description, o.status, o.trainer_id, o.venue_id, o.starts_at, o.ends_at, o.capacity, o.minimum, o.decision_on, o.waitlist, o.waitlist_order, o.notes, o.metadata, o.cancel_reason, o.deleted_at) IS DISTINCT FROM (n.id, n.uuid, n.ref, n.course_id, n.title, n.description, n.status, n.trainer_id, n.venue_id, n.starts_at, n.ends_at, n.capacity, n.minimum, n.decision_on, n.waitlist, n.waitlist_order, n.notes, n.metadata, n.cancel_reason, n.deleted_at)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.uuid, o.ref, o.course_id, o.title, o.description, o.status, o.trainer_id, o.venue_id, o.starts_at, o.ends_at, o.capacity, o.minimum, o.decision_on, o.waitlist, o.waitlist_order, o.notes, o.metadata, o.cancel_reason, o.deleted_at) IS DISTINCT FROM (n.id, n.uuid, n.ref, n.course_id, n.title, n.description, n.status, n.trainer_id, n.venue_id, n.starts_at, n.ends_at, n.capacity, n.minimum, n.decision_on, n.waitlist, n.waitlist_order, n.notes, n.metadata, n.cancel_reason, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON sessions REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON sessions REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON sessions REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF uuid, ref, course_id, title, description, status, trainer_id, venue_id, starts_at, ends_at, capacity, minimum, decision_on, waitlist, waitlist_order, notes, metadata, cancel_reason, deleted_at ON sessions FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_sessions BEFORE DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_session_resources() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  n.session_id || ',' || n.resource_id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  o.session_id || ',' || o.resource_id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.session_id = n.session_id AND o.resource_id = n.resource_id WHERE (o.session_id, o.resource_id, o.role) IS DISTINCT FROM (n.session_id, n.resource_id, n.role)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  coalesce(n.session_id || ',' || n.resource_id, o.session_id || ',' || o.resource_id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.session_id = n.session_id AND o.resource_id = n.resource_id WHERE (o.session_id, o.resource_id, o.role) IS DISTINCT FROM (n.session_id, n.resource_id, n.role); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON session_resources REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON session_resources REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON session_resources REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON session_resources FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_blocks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.resource_id, o.starts_at, o.ends_at, o.reason, o.deleted_at) IS DISTINCT FROM (n.id, n.resource_id, n.starts_at, n.ends_at, n.reason, n.deleted_at)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.resource_id, o.starts_at, o.ends_at, o.reason, o.deleted_at) IS DISTINCT FROM (n.id, n.resource_id, n.starts_at, n.ends_at, n.reason, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON blocks REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON blocks REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON blocks REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON blocks FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF resource_id, starts_at, ends_at, reason, deleted_at ON blocks FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_blocks BEFORE DELETE ON blocks FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_enrollments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN IF TG_OP = 'INSERT' THEN IF EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  n.id, NULL, to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM n; END IF; ELSIF TG_OP = 'DELETE' THEN IF EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  o.id, to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], NULL FROM o; END IF; ELSIF EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.person_id, o.state, o.position, o.attendance, o.remarks, o.enrolled_at, o.enrolled_by, o.withdrawn_at, o.withdrawn_by) IS DISTINCT FROM (n.id, n.session_id, n.person_id, n.state, n.position, n.attendance, n.remarks, n.enrolled_at, n.enrolled_by, n.withdrawn_at, n.withdrawn_by)) THEN journal_change_id := journal_change(); INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,seats_taken,updated_at,version}'::text[], to_jsonb(n) - '{created_at,seats_taken,updated_at,version}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.person_id, o.state, o.position, o.attendance, o.remarks, o.enrolled_at, o.enrolled_by, o.withdrawn_at, o.withdrawn_by) IS DISTINCT FROM (n.id, n.session_id, n.person_id, n.state, n.position, n.attendance, n.remarks, n.enrolled_at, n.enrolled_by, n.withdrawn_at, n.withdrawn_by); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON enrollments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON enrollments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON enrollments REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON enrollments FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, person_id, state, position, attendance, remarks, enrolled_at, enrolled_by, withdrawn_at, withdrawn_by ON enrollments FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_enrollments BEFORE DELETE ON enrollments FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER changes_append_only BEFORE UPDATE OR DELETE ON changes FOR EACH ROW EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON changes FOR EACH STATEMENT EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER change_rows_append_only BEFORE UPDATE OR DELETE ON change_rows FOR EACH ROW EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON change_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE FUNCTION seats_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE ids int[]; deltas int[]; BEGIN IF TG_OP = 'INSERT' THEN SELECT array_agg(session_id), array_agg(delta) INTO ids, deltas FROM (SELECT session_id, sum(seat)::int AS delta FROM (SELECT session_id, 1 AS seat FROM n WHERE state IN ('confirmed', 'offered')) moved GROUP BY session_id HAVING sum(seat) <> 0) counted; ELSE SELECT array_agg(session_id), array_agg(delta) INTO ids, deltas FROM (SELECT session_id, sum(seat)::int AS delta FROM (SELECT session_id, 1 AS seat FROM n WHERE state IN ('confirmed', 'offered') UNION ALL SELECT session_id, -1 AS seat FROM o WHERE state IN ('confirmed', 'offered')) moved GROUP BY session_id HAVING sum(seat) <> 0) counted; END IF; IF ids IS NOT NULL THEN PERFORM FROM sessions WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE; UPDATE sessions s SET seats_taken = s.seats_taken + counted.delta FROM unnest(ids, deltas) AS counted (id, delta) WHERE s.id = counted.id; END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER seats_insert AFTER INSERT ON enrollments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION seats_count();

CREATE OR REPLACE TRIGGER seats_update AFTER UPDATE ON enrollments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION seats_count();

CREATE OR REPLACE TRIGGER enrollments_stay BEFORE UPDATE OF session_id, person_id ON enrollments FOR EACH ROW WHEN (OLD.session_id <> NEW.session_id OR OLD.person_id <> NEW.person_id) EXECUTE FUNCTION refuse('enrollments_stay');

CREATE OR REPLACE FUNCTION claims_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM 1 FROM resources WHERE id = NEW.resource_id FOR NO KEY UPDATE; IF NEW.session_id IS NOT NULL AND (EXISTS (SELECT FROM claims o WHERE o.resource_id = NEW.resource_id AND o.block_id IS NOT NULL AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at) OR EXISTS (SELECT FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at)) THEN RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'claims_blocked', MESSAGE = 'claims_blocked'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER claims_guard BEFORE INSERT OR UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION claims_guard();

ALTER TABLE sessions ADD CONSTRAINT sessions_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

ALTER TABLE blocks ADD CONSTRAINT blocks_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

ALTER TABLE claims ADD CONSTRAINT claims_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'claims_overlap') THEN ALTER TABLE claims ADD CONSTRAINT claims_overlap EXCLUDE USING gist (int4range(resource_id, resource_id, '[]') WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (session_id IS NOT NULL); END IF; END $$;
