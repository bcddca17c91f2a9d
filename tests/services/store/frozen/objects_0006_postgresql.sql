ALTER TABLE changes ALTER COLUMN xid SET DEFAULT pg_current_xact_id(), ALTER COLUMN at SET DEFAULT now(), ALTER COLUMN actor SET DEFAULT session_user;

CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0], MESSAGE = TG_ARGV[0]; END $$;

CREATE OR REPLACE FUNCTION journal_change() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE found bigint; BEGIN SELECT id INTO found FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF found IS NULL THEN INSERT INTO changes (label) VALUES ('direct') RETURNING id INTO found; END IF; RETURN found; END $$;

CREATE OR REPLACE FUNCTION journal_open(label text, op_key text, undoes bigint, kind text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE made bigint; BEGIN INSERT INTO changes (label, op_key, undoes, kind) VALUES ($1, $2, $3, $4) RETURNING id INTO made; RETURN made; END $$;

CREATE OR REPLACE FUNCTION journal_settings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  n.key, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  o.key, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.key = n.key WHERE (o.key, o.value) IS DISTINCT FROM (n.key, n.value)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'settings',  coalesce(n.key, o.key), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.key = n.key WHERE (o.key, o.value) IS DISTINCT FROM (n.key, n.value); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON settings REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON settings REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON settings REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_settings();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_settings BEFORE DELETE ON settings FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.employee_no, o.name, o.department, o.site, o.job_role, o.manager_no, o.email, o.phone, o.intake_on, o.active, o.search, o.sort_name, o.placed_on) IS DISTINCT FROM (n.id, n.employee_no, n.name, n.department, n.site, n.job_role, n.manager_no, n.email, n.phone, n.intake_on, n.active, n.search, n.sort_name, n.placed_on)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'people',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.employee_no, o.name, o.department, o.site, o.job_role, o.manager_no, o.email, o.phone, o.intake_on, o.active, o.search, o.sort_name, o.placed_on) IS DISTINCT FROM (n.id, n.employee_no, n.name, n.department, n.site, n.job_role, n.manager_no, n.email, n.phone, n.intake_on, n.active, n.search, n.sort_name, n.placed_on); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON people REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON people REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON people REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_people();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON people FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF employee_no, name, department, site, job_role, manager_no, email, phone, intake_on, active, search, sort_name, placed_on ON people FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_people BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_contacts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  n.person_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] || jsonb_build_object('name', CASE WHEN n.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN n.phone IS NULL THEN NULL ELSE '(kept secret)' END) FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  o.person_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] || jsonb_build_object('name', CASE WHEN o.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN o.phone IS NULL THEN NULL ELSE '(kept secret)' END), NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.person_id = n.person_id WHERE (o.person_id, o.name, o.phone) IS DISTINCT FROM (n.person_id, n.name, n.phone)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contacts',  coalesce(n.person_id, o.person_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] || jsonb_build_object('name', CASE WHEN o.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN o.phone IS NULL THEN NULL ELSE '(kept secret)' END), to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] || jsonb_build_object('name', CASE WHEN n.name IS NULL THEN NULL ELSE '(kept secret)' END) || jsonb_build_object('phone', CASE WHEN n.phone IS NULL THEN NULL ELSE '(kept secret)' END) FROM o FULL JOIN n ON o.person_id = n.person_id WHERE (o.person_id, o.name, o.phone) IS DISTINCT FROM (n.person_id, n.name, n.phone); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON contacts REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON contacts REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON contacts REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_contacts();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON contacts FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_contacts BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_contact_looks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contact_looks',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contact_looks',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.looked_at, o.looked_by) IS DISTINCT FROM (n.id, n.person_id, n.looked_at, n.looked_by)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'contact_looks',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.looked_at, o.looked_by) IS DISTINCT FROM (n.id, n.person_id, n.looked_at, n.looked_by); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON contact_looks REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contact_looks();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON contact_looks REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_contact_looks();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON contact_looks REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_contact_looks();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON contact_looks FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_contact_looks BEFORE DELETE ON contact_looks FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_intakes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'intakes',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'intakes',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.held_on, o.note, o.recorded_at, o.recorded_by, o.deleted_at) IS DISTINCT FROM (n.id, n.person_id, n.held_on, n.note, n.recorded_at, n.recorded_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'intakes',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.held_on, o.note, o.recorded_at, o.recorded_by, o.deleted_at) IS DISTINCT FROM (n.id, n.person_id, n.held_on, n.note, n.recorded_at, n.recorded_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON intakes REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_intakes();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON intakes REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_intakes();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON intakes REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_intakes();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON intakes FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF person_id, held_on, note, recorded_at, recorded_by, deleted_at ON intakes FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_intakes BEFORE DELETE ON intakes FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_categories() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'categories',  n.name, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'categories',  o.name, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.name = n.name WHERE (o.name, o.hue) IS DISTINCT FROM (n.name, n.hue)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'categories',  coalesce(n.name, o.name), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.name = n.name WHERE (o.name, o.hue) IS DISTINCT FROM (n.name, n.hue); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON categories REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_categories();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON categories REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_categories();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON categories REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_categories();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON categories FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_categories BEFORE DELETE ON categories FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_courses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.title, o.short_code, o.category, o.description, o.duration_minutes, o.validity_months, o.expiring_days, o.default_capacity, o.minimum, o.requires_intake, o.requires_result, o.sign_up, o.overlap_policy, o.prerequisite_id, o.renews_id, o.active, o.prerequisite_policy) IS DISTINCT FROM (n.id, n.code, n.title, n.short_code, n.category, n.description, n.duration_minutes, n.validity_months, n.expiring_days, n.default_capacity, n.minimum, n.requires_intake, n.requires_result, n.sign_up, n.overlap_policy, n.prerequisite_id, n.renews_id, n.active, n.prerequisite_policy)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'courses',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.title, o.short_code, o.category, o.description, o.duration_minutes, o.validity_months, o.expiring_days, o.default_capacity, o.minimum, o.requires_intake, o.requires_result, o.sign_up, o.overlap_policy, o.prerequisite_id, o.renews_id, o.active, o.prerequisite_policy) IS DISTINCT FROM (n.id, n.code, n.title, n.short_code, n.category, n.description, n.duration_minutes, n.validity_months, n.expiring_days, n.default_capacity, n.minimum, n.requires_intake, n.requires_result, n.sign_up, n.overlap_policy, n.prerequisite_id, n.renews_id, n.active, n.prerequisite_policy); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON courses REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON courses REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON courses REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_courses();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON courses FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF code, title, short_code, category, description, duration_minutes, validity_months, expiring_days, default_capacity, minimum, requires_intake, requires_result, sign_up, overlap_policy, prerequisite_id, renews_id, active, prerequisite_policy ON courses FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_courses BEFORE DELETE ON courses FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_checklist_items() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'checklist_items',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'checklist_items',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.place, o.words, o.days_before, o.deleted_at) IS DISTINCT FROM (n.id, n.course_id, n.place, n.words, n.days_before, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'checklist_items',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.place, o.words, o.days_before, o.deleted_at) IS DISTINCT FROM (n.id, n.course_id, n.place, n.words, n.days_before, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON checklist_items REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_checklist_items();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON checklist_items REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_checklist_items();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON checklist_items REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_checklist_items();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON checklist_items FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF course_id, place, words, days_before, deleted_at ON checklist_items FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_checklist_items BEFORE DELETE ON checklist_items FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_resources() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.code, o.name, o.sort_name, o.active) IS DISTINCT FROM (n.id, n.kind, n.code, n.name, n.sort_name, n.active)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'resources',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.code, o.name, o.sort_name, o.active) IS DISTINCT FROM (n.id, n.kind, n.code, n.name, n.sort_name, n.active); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON resources REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON resources REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON resources REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_resources();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON resources FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF kind, code, name, sort_name, active ON resources FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_resources BEFORE DELETE ON resources FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_trainers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.weekly_hours, o.person_id) IS DISTINCT FROM (n.id, n.weekly_hours, n.person_id)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'trainers',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.weekly_hours, o.person_id) IS DISTINCT FROM (n.id, n.weekly_hours, n.person_id); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON trainers REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON trainers REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON trainers REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_trainers();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON trainers FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_trainers BEFORE DELETE ON trainers FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_venues() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.capacity, o.occupancy_limit, o.part_of_id, o.turnaround_minutes, o.site, o.presence_seconds) IS DISTINCT FROM (n.id, n.kind, n.capacity, n.occupancy_limit, n.part_of_id, n.turnaround_minutes, n.site, n.presence_seconds)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'venues',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.kind, o.capacity, o.occupancy_limit, o.part_of_id, o.turnaround_minutes, o.site, o.presence_seconds) IS DISTINCT FROM (n.id, n.kind, n.capacity, n.occupancy_limit, n.part_of_id, n.turnaround_minutes, n.site, n.presence_seconds); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON venues REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON venues REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON venues REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_venues();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON venues FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER keep_venues BEFORE DELETE ON venues FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_qualifications() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.trainer_id, o.course_id, o.valid_from, o.valid_until, o.deleted_at) IS DISTINCT FROM (n.id, n.trainer_id, n.course_id, n.valid_from, n.valid_until, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'qualifications',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.trainer_id, o.course_id, o.valid_from, o.valid_until, o.deleted_at) IS DISTINCT FROM (n.id, n.trainer_id, n.course_id, n.valid_from, n.valid_until, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON qualifications REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON qualifications REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON qualifications REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_qualifications();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON qualifications FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF trainer_id, course_id, valid_from, valid_until, deleted_at ON qualifications FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_qualifications BEFORE DELETE ON qualifications FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_accounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'accounts',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'accounts',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.login, o.role, o.person_id, o.trainer_id, o.disabled_at) IS DISTINCT FROM (n.id, n.login, n.role, n.person_id, n.trainer_id, n.disabled_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'accounts',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.login, o.role, o.person_id, o.trainer_id, o.disabled_at) IS DISTINCT FROM (n.id, n.login, n.role, n.person_id, n.trainer_id, n.disabled_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON accounts REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_accounts();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON accounts REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_accounts();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON accounts REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_accounts();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF login, role, person_id, trainer_id, disabled_at ON accounts FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_accounts BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_requirements() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'requirements',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'requirements',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.job_role, o.department, o.site, o.person_id, o.grace_days, o.exempt, o.reason, o.until, o.since, o.deleted_at) IS DISTINCT FROM (n.id, n.course_id, n.job_role, n.department, n.site, n.person_id, n.grace_days, n.exempt, n.reason, n.until, n.since, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'requirements',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.job_role, o.department, o.site, o.person_id, o.grace_days, o.exempt, o.reason, o.until, o.since, o.deleted_at) IS DISTINCT FROM (n.id, n.course_id, n.job_role, n.department, n.site, n.person_id, n.grace_days, n.exempt, n.reason, n.until, n.since, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON requirements REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_requirements();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON requirements REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_requirements();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON requirements REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_requirements();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON requirements FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF course_id, job_role, department, site, person_id, grace_days, exempt, reason, until, since, deleted_at ON requirements FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_requirements BEFORE DELETE ON requirements FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_attestations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attestations',  n.course_id || ',' || n.person_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attestations',  o.course_id || ',' || o.person_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.course_id = n.course_id AND o.person_id = n.person_id WHERE (o.course_id, o.person_id, o.status, o.expires_on, o.stated_at, o.deleted_at) IS DISTINCT FROM (n.course_id, n.person_id, n.status, n.expires_on, n.stated_at, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attestations',  coalesce(n.course_id || ',' || n.person_id, o.course_id || ',' || o.person_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.course_id = n.course_id AND o.person_id = n.person_id WHERE (o.course_id, o.person_id, o.status, o.expires_on, o.stated_at, o.deleted_at) IS DISTINCT FROM (n.course_id, n.person_id, n.status, n.expires_on, n.stated_at, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON attestations REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_attestations();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON attestations REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_attestations();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON attestations REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_attestations();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON attestations FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF course_id, person_id, status, expires_on, stated_at, deleted_at ON attestations FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_attestations BEFORE DELETE ON attestations FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_training_records() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'training_records',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'training_records',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.course_id, o.held_on, o.provider, o.expires_on, o.number, o.recorded_at, o.recorded_by, o.deleted_at) IS DISTINCT FROM (n.id, n.person_id, n.course_id, n.held_on, n.provider, n.expires_on, n.number, n.recorded_at, n.recorded_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'training_records',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.person_id, o.course_id, o.held_on, o.provider, o.expires_on, o.number, o.recorded_at, o.recorded_by, o.deleted_at) IS DISTINCT FROM (n.id, n.person_id, n.course_id, n.held_on, n.provider, n.expires_on, n.number, n.recorded_at, n.recorded_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON training_records REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_training_records();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON training_records REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_training_records();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON training_records REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_training_records();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON training_records FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF person_id, course_id, held_on, provider, expires_on, number, recorded_at, recorded_by, deleted_at ON training_records FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_training_records BEFORE DELETE ON training_records FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_runs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'runs',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'runs',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.course_id, o.name, o.start_date, o.end_date, o.max_people, o.members_only, o.one_course, o.deleted_at) IS DISTINCT FROM (n.id, n.code, n.course_id, n.name, n.start_date, n.end_date, n.max_people, n.members_only, n.one_course, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'runs',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.code, o.course_id, o.name, o.start_date, o.end_date, o.max_people, o.members_only, o.one_course, o.deleted_at) IS DISTINCT FROM (n.id, n.code, n.course_id, n.name, n.start_date, n.end_date, n.max_people, n.members_only, n.one_course, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON runs REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_runs();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON runs REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_runs();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON runs REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_runs();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF code, course_id, name, start_date, end_date, max_people, members_only, one_course, deleted_at ON runs FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_runs BEFORE DELETE ON runs FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_run_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'run_members',  n.run_id || ',' || n.person_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'run_members',  o.run_id || ',' || o.person_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.run_id = n.run_id AND o.person_id = n.person_id WHERE (o.run_id, o.person_id, o.joined_at, o.joined_by, o.deleted_at) IS DISTINCT FROM (n.run_id, n.person_id, n.joined_at, n.joined_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'run_members',  coalesce(n.run_id || ',' || n.person_id, o.run_id || ',' || o.person_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.run_id = n.run_id AND o.person_id = n.person_id WHERE (o.run_id, o.person_id, o.joined_at, o.joined_by, o.deleted_at) IS DISTINCT FROM (n.run_id, n.person_id, n.joined_at, n.joined_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON run_members REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_run_members();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON run_members REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_run_members();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON run_members REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_run_members();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON run_members FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF run_id, person_id, joined_at, joined_by, deleted_at ON run_members FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_run_members BEFORE DELETE ON run_members FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_series() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.rule, o.zone, o.begins_on, o.begins_minute, o.deleted_at) IS DISTINCT FROM (n.id, n.rule, n.zone, n.begins_on, n.begins_minute, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.rule, o.zone, o.begins_on, o.begins_minute, o.deleted_at) IS DISTINCT FROM (n.id, n.rule, n.zone, n.begins_on, n.begins_minute, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON series REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_series();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON series REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_series();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON series REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_series();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON series FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF rule, zone, begins_on, begins_minute, deleted_at ON series FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_series BEFORE DELETE ON series FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_series_skips() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series_skips',  n.series_id || ',' || n.day, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series_skips',  o.series_id || ',' || o.day, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.series_id = n.series_id AND o.day = n.day WHERE (o.series_id, o.day, o.why, o.deleted_at) IS DISTINCT FROM (n.series_id, n.day, n.why, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'series_skips',  coalesce(n.series_id || ',' || n.day, o.series_id || ',' || o.day), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.series_id = n.series_id AND o.day = n.day WHERE (o.series_id, o.day, o.why, o.deleted_at) IS DISTINCT FROM (n.series_id, n.day, n.why, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON series_skips REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_series_skips();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON series_skips REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_series_skips();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON series_skips REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_series_skips();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON series_skips FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF series_id, day, why, deleted_at ON series_skips FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_series_skips BEFORE DELETE ON series_skips FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_booking_requests() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_requests',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_requests',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.trainer_id, o.venue_id, o.run_id, o.starts_at, o.ends_at, o.people, o.reason, o.status, o.requested_by, o.requested_at, o.decided_by, o.decided_at, o.decision_reason, o.session_id, o.into_run_id) IS DISTINCT FROM (n.id, n.course_id, n.trainer_id, n.venue_id, n.run_id, n.starts_at, n.ends_at, n.people, n.reason, n.status, n.requested_by, n.requested_at, n.decided_by, n.decided_at, n.decision_reason, n.session_id, n.into_run_id)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_requests',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.course_id, o.trainer_id, o.venue_id, o.run_id, o.starts_at, o.ends_at, o.people, o.reason, o.status, o.requested_by, o.requested_at, o.decided_by, o.decided_at, o.decision_reason, o.session_id, o.into_run_id) IS DISTINCT FROM (n.id, n.course_id, n.trainer_id, n.venue_id, n.run_id, n.starts_at, n.ends_at, n.people, n.reason, n.status, n.requested_by, n.requested_at, n.decided_by, n.decided_at, n.decision_reason, n.session_id, n.into_run_id); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON booking_requests REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_requests();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON booking_requests REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_requests();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON booking_requests REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_requests();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON booking_requests FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF course_id, trainer_id, venue_id, run_id, starts_at, ends_at, people, reason, status, requested_by, requested_at, decided_by, decided_at, decision_reason, session_id, into_run_id ON booking_requests FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_booking_requests BEFORE DELETE ON booking_requests FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_booking_request_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_request_people',  n.booking_request_id || ',' || n.person_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_request_people',  o.booking_request_id || ',' || o.person_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.booking_request_id = n.booking_request_id AND o.person_id = n.person_id WHERE (o.booking_request_id, o.person_id) IS DISTINCT FROM (n.booking_request_id, n.person_id)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'booking_request_people',  coalesce(n.booking_request_id || ',' || n.person_id, o.booking_request_id || ',' || o.person_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.booking_request_id = n.booking_request_id AND o.person_id = n.person_id WHERE (o.booking_request_id, o.person_id) IS DISTINCT FROM (n.booking_request_id, n.person_id); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON booking_request_people REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_request_people();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON booking_request_people REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_request_people();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON booking_request_people REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_booking_request_people();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON booking_request_people FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.uuid, o.ref, o.course_id, o.title, o.description, o.status, o.trainer_id, o.venue_id, o.starts_at, o.ends_at, o.capacity, o.minimum, o.decision_on, o.waitlist, o.waitlist_order, o.notes, o.metadata, o.cancel_reason, o.deleted_at, o.run_id, o.booking_request_id, o.began_at, o.finished_at, o.series_id, o.series_day) IS DISTINCT FROM (n.id, n.uuid, n.ref, n.course_id, n.title, n.description, n.status, n.trainer_id, n.venue_id, n.starts_at, n.ends_at, n.capacity, n.minimum, n.decision_on, n.waitlist, n.waitlist_order, n.notes, n.metadata, n.cancel_reason, n.deleted_at, n.run_id, n.booking_request_id, n.began_at, n.finished_at, n.series_id, n.series_day)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'sessions',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.uuid, o.ref, o.course_id, o.title, o.description, o.status, o.trainer_id, o.venue_id, o.starts_at, o.ends_at, o.capacity, o.minimum, o.decision_on, o.waitlist, o.waitlist_order, o.notes, o.metadata, o.cancel_reason, o.deleted_at, o.run_id, o.booking_request_id, o.began_at, o.finished_at, o.series_id, o.series_day) IS DISTINCT FROM (n.id, n.uuid, n.ref, n.course_id, n.title, n.description, n.status, n.trainer_id, n.venue_id, n.starts_at, n.ends_at, n.capacity, n.minimum, n.decision_on, n.waitlist, n.waitlist_order, n.notes, n.metadata, n.cancel_reason, n.deleted_at, n.run_id, n.booking_request_id, n.began_at, n.finished_at, n.series_id, n.series_day); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON sessions REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON sessions REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON sessions REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_sessions();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF uuid, ref, course_id, title, description, status, trainer_id, venue_id, starts_at, ends_at, capacity, minimum, decision_on, waitlist, waitlist_order, notes, metadata, cancel_reason, deleted_at, run_id, booking_request_id, began_at, finished_at, series_id, series_day ON sessions FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_sessions BEFORE DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_session_resources() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  n.session_id || ',' || n.resource_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  o.session_id || ',' || o.resource_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.session_id = n.session_id AND o.resource_id = n.resource_id WHERE (o.session_id, o.resource_id, o.role) IS DISTINCT FROM (n.session_id, n.resource_id, n.role)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_resources',  coalesce(n.session_id || ',' || n.resource_id, o.session_id || ',' || o.resource_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.session_id = n.session_id AND o.resource_id = n.resource_id WHERE (o.session_id, o.resource_id, o.role) IS DISTINCT FROM (n.session_id, n.resource_id, n.role); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON session_resources REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON session_resources REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON session_resources REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_session_resources();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON session_resources FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_session_checklist_items() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_checklist_items',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_checklist_items',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.item_id, o.place, o.words, o.days_before, o.done_at, o.done_by, o.deleted_at) IS DISTINCT FROM (n.id, n.session_id, n.item_id, n.place, n.words, n.days_before, n.done_at, n.done_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'session_checklist_items',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.item_id, o.place, o.words, o.days_before, o.done_at, o.done_by, o.deleted_at) IS DISTINCT FROM (n.id, n.session_id, n.item_id, n.place, n.words, n.days_before, n.done_at, n.done_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON session_checklist_items REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_checklist_items();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON session_checklist_items REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_session_checklist_items();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON session_checklist_items REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_session_checklist_items();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON session_checklist_items FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, item_id, place, words, days_before, done_at, done_by, deleted_at ON session_checklist_items FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_session_checklist_items BEFORE DELETE ON session_checklist_items FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_blocks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.resource_id, o.starts_at, o.ends_at, o.reason, o.deleted_at) IS DISTINCT FROM (n.id, n.resource_id, n.starts_at, n.ends_at, n.reason, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'blocks',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.resource_id, o.starts_at, o.ends_at, o.reason, o.deleted_at) IS DISTINCT FROM (n.id, n.resource_id, n.starts_at, n.ends_at, n.reason, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON blocks REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON blocks REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON blocks REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_blocks();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON blocks FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF resource_id, starts_at, ends_at, reason, deleted_at ON blocks FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_blocks BEFORE DELETE ON blocks FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_enrollments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.person_id, o.state, o.position, o.attendance, o.remarks, o.enrolled_at, o.enrolled_by, o.withdrawn_at, o.withdrawn_by, o.offer_until, o.promoted_at, o.promoted_by, o.withdrawn_why, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.id, n.session_id, n.person_id, n.state, n.position, n.attendance, n.remarks, n.enrolled_at, n.enrolled_by, n.withdrawn_at, n.withdrawn_by, n.offer_until, n.promoted_at, n.promoted_by, n.withdrawn_why, n.result, n.score, n.marked_at, n.marked_by)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'enrollments',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.person_id, o.state, o.position, o.attendance, o.remarks, o.enrolled_at, o.enrolled_by, o.withdrawn_at, o.withdrawn_by, o.offer_until, o.promoted_at, o.promoted_by, o.withdrawn_why, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.id, n.session_id, n.person_id, n.state, n.position, n.attendance, n.remarks, n.enrolled_at, n.enrolled_by, n.withdrawn_at, n.withdrawn_by, n.offer_until, n.promoted_at, n.promoted_by, n.withdrawn_why, n.result, n.score, n.marked_at, n.marked_by); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON enrollments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON enrollments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON enrollments REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_enrollments();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON enrollments FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, person_id, state, position, attendance, remarks, enrolled_at, enrolled_by, withdrawn_at, withdrawn_by, offer_until, promoted_at, promoted_by, withdrawn_why, result, score, marked_at, marked_by ON enrollments FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_enrollments BEFORE DELETE ON enrollments FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_tellings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'tellings',  n.enrollment_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'tellings',  o.enrollment_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.enrollment_id = n.enrollment_id WHERE (o.enrollment_id, o.state, o.status, o.starts_at, o.ends_at, o.venue_id, o.told_at, o.told_by, o.deleted_at) IS DISTINCT FROM (n.enrollment_id, n.state, n.status, n.starts_at, n.ends_at, n.venue_id, n.told_at, n.told_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'tellings',  coalesce(n.enrollment_id, o.enrollment_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.enrollment_id = n.enrollment_id WHERE (o.enrollment_id, o.state, o.status, o.starts_at, o.ends_at, o.venue_id, o.told_at, o.told_by, o.deleted_at) IS DISTINCT FROM (n.enrollment_id, n.state, n.status, n.starts_at, n.ends_at, n.venue_id, n.told_at, n.told_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON tellings REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_tellings();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON tellings REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_tellings();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON tellings REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_tellings();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON tellings FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by, deleted_at ON tellings FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_tellings BEFORE DELETE ON tellings FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_certificates() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'certificates',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'certificates',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.number, o.revision, o.person_id, o.course_id, o.session_id, o.run_id, o.held_from, o.held_on, o.minutes, o.expires_on, o.employee_no, o.person_name, o.course_code, o.course_title, o.trainer_name, o.organisation, o.result, o.score, o.reason, o.days, o.certified_at, o.checksum, o.issued_at, o.issued_by, o.withdrawn_at, o.withdrawn_why) IS DISTINCT FROM (n.id, n.number, n.revision, n.person_id, n.course_id, n.session_id, n.run_id, n.held_from, n.held_on, n.minutes, n.expires_on, n.employee_no, n.person_name, n.course_code, n.course_title, n.trainer_name, n.organisation, n.result, n.score, n.reason, n.days, n.certified_at, n.checksum, n.issued_at, n.issued_by, n.withdrawn_at, n.withdrawn_why)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'certificates',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.number, o.revision, o.person_id, o.course_id, o.session_id, o.run_id, o.held_from, o.held_on, o.minutes, o.expires_on, o.employee_no, o.person_name, o.course_code, o.course_title, o.trainer_name, o.organisation, o.result, o.score, o.reason, o.days, o.certified_at, o.checksum, o.issued_at, o.issued_by, o.withdrawn_at, o.withdrawn_why) IS DISTINCT FROM (n.id, n.number, n.revision, n.person_id, n.course_id, n.session_id, n.run_id, n.held_from, n.held_on, n.minutes, n.expires_on, n.employee_no, n.person_name, n.course_code, n.course_title, n.trainer_name, n.organisation, n.result, n.score, n.reason, n.days, n.certified_at, n.checksum, n.issued_at, n.issued_by, n.withdrawn_at, n.withdrawn_why); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON certificates REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_certificates();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON certificates REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_certificates();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON certificates REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_certificates();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON certificates FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF number, revision, person_id, course_id, session_id, run_id, held_from, held_on, minutes, expires_on, employee_no, person_name, course_code, course_title, trainer_name, organisation, result, score, reason, days, certified_at, checksum, issued_at, issued_by, withdrawn_at, withdrawn_why ON certificates FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_certificates BEFORE DELETE ON certificates FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_seat_holds() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'seat_holds',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'seat_holds',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.seats, o.label, o.until_at, o.held_by, o.ended_at, o.ended_why) IS DISTINCT FROM (n.id, n.session_id, n.seats, n.label, n.until_at, n.held_by, n.ended_at, n.ended_why)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'seat_holds',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.seats, o.label, o.until_at, o.held_by, o.ended_at, o.ended_why) IS DISTINCT FROM (n.id, n.session_id, n.seats, n.label, n.until_at, n.held_by, n.ended_at, n.ended_why); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON seat_holds REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_seat_holds();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON seat_holds REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_seat_holds();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON seat_holds REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_seat_holds();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON seat_holds FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, seats, label, until_at, held_by, ended_at, ended_why ON seat_holds FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_seat_holds BEFORE DELETE ON seat_holds FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_groups() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'groups',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'groups',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.name, o.capacity, o.deleted_at) IS DISTINCT FROM (n.id, n.session_id, n.name, n.capacity, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'groups',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.name, o.capacity, o.deleted_at) IS DISTINCT FROM (n.id, n.session_id, n.name, n.capacity, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON groups REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_groups();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON groups REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_groups();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON groups REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_groups();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON groups FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, name, capacity, deleted_at ON groups FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_groups BEFORE DELETE ON groups FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_group_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'group_members',  n.session_id || ',' || n.person_id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'group_members',  o.session_id || ',' || o.person_id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.session_id = n.session_id AND o.person_id = n.person_id WHERE (o.session_id, o.person_id, o.group_id) IS DISTINCT FROM (n.session_id, n.person_id, n.group_id)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'group_members',  coalesce(n.session_id || ',' || n.person_id, o.session_id || ',' || o.person_id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.session_id = n.session_id AND o.person_id = n.person_id WHERE (o.session_id, o.person_id, o.group_id) IS DISTINCT FROM (n.session_id, n.person_id, n.group_id); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON group_members REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_group_members();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON group_members REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_group_members();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON group_members REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_group_members();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON group_members FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_presences() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'presences',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'presences',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.venue_id, o.person_id, o.entered_at, o.entered_by, o.ended_at, o.ended_why) IS DISTINCT FROM (n.id, n.session_id, n.venue_id, n.person_id, n.entered_at, n.entered_by, n.ended_at, n.ended_why)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'presences',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.venue_id, o.person_id, o.entered_at, o.entered_by, o.ended_at, o.ended_why) IS DISTINCT FROM (n.id, n.session_id, n.venue_id, n.person_id, n.entered_at, n.entered_by, n.ended_at, n.ended_why); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON presences REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_presences();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON presences REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_presences();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON presences REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_presences();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON presences FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, venue_id, person_id, entered_at, entered_by, ended_at, ended_why ON presences FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_presences BEFORE DELETE ON presences FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_waivers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'waivers',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'waivers',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.code, o.subject, o.reason, o.starts_at, o.ends_at, o.trainer_id, o.venue_id, o.headcount, o.waived_at, o.waived_by, o.ended_at) IS DISTINCT FROM (n.id, n.session_id, n.code, n.subject, n.reason, n.starts_at, n.ends_at, n.trainer_id, n.venue_id, n.headcount, n.waived_at, n.waived_by, n.ended_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'waivers',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.session_id, o.code, o.subject, o.reason, o.starts_at, o.ends_at, o.trainer_id, o.venue_id, o.headcount, o.waived_at, o.waived_by, o.ended_at) IS DISTINCT FROM (n.id, n.session_id, n.code, n.subject, n.reason, n.starts_at, n.ends_at, n.trainer_id, n.venue_id, n.headcount, n.waived_at, n.waived_by, n.ended_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON waivers REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_waivers();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON waivers REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_waivers();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON waivers REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_waivers();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON waivers FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF session_id, code, subject, reason, starts_at, ends_at, trainer_id, venue_id, headcount, waived_at, waived_by, ended_at ON waivers FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_waivers BEFORE DELETE ON waivers FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE FUNCTION journal_attachments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE journal_change_id bigint; BEGIN SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now(); IF TG_OP = 'INSERT' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM n) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attachments',  n.id, NULL, to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM n; ELSIF TG_OP = 'DELETE' THEN IF journal_change_id IS NULL AND EXISTS (SELECT FROM o) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attachments',  o.id, to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], NULL FROM o; ELSE IF journal_change_id IS NULL AND EXISTS (SELECT FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.record_id, o.session_id, o.qualification_id, o.intake_id, o.name, o.media_type, o.size, o.sha256, o.added_at, o.added_by, o.deleted_at) IS DISTINCT FROM (n.id, n.record_id, n.session_id, n.qualification_id, n.intake_id, n.name, n.media_type, n.size, n.sha256, n.added_at, n.added_by, n.deleted_at)) THEN journal_change_id := journal_change(); END IF; INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, 'attachments',  coalesce(n.id, o.id), to_jsonb(o) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[], to_jsonb(n) - '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}'::text[] FROM o FULL JOIN n ON o.id = n.id WHERE (o.id, o.record_id, o.session_id, o.qualification_id, o.intake_id, o.name, o.media_type, o.size, o.sha256, o.added_at, o.added_by, o.deleted_at) IS DISTINCT FROM (n.id, n.record_id, n.session_id, n.qualification_id, n.intake_id, n.name, n.media_type, n.size, n.sha256, n.added_at, n.added_by, n.deleted_at); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON attachments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_attachments();

CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON attachments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION journal_attachments();

CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON attachments REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION journal_attachments();

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON attachments FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF record_id, session_id, qualification_id, intake_id, name, media_type, size, sha256, added_at, added_by, deleted_at ON attachments FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard');

CREATE OR REPLACE TRIGGER keep_attachments BEFORE DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION refuse('nothing_is_deleted');

CREATE OR REPLACE TRIGGER changes_append_only BEFORE UPDATE OR DELETE ON changes FOR EACH ROW EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON changes FOR EACH STATEMENT EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER change_rows_append_only BEFORE UPDATE OR DELETE ON change_rows FOR EACH ROW EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE TRIGGER keep_all BEFORE TRUNCATE ON change_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse('journal_is_append_only');

CREATE OR REPLACE FUNCTION lock_seats(session_ids int[], person_ids int[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE run_ids int[]; all_ids int[]; BEGIN SELECT array_agg(DISTINCT run_id) INTO run_ids FROM sessions WHERE id = ANY ($1) AND run_id IS NOT NULL; IF run_ids IS NULL THEN all_ids := $1; ELSE PERFORM FROM runs WHERE id = ANY (run_ids) ORDER BY id FOR NO KEY UPDATE; all_ids := $1 || ARRAY(SELECT s.id FROM sessions s JOIN runs r ON r.id = s.run_id WHERE r.id = ANY (run_ids) AND r.max_people IS NOT NULL); END IF; PERFORM FROM sessions WHERE id = ANY (all_ids) ORDER BY id FOR NO KEY UPDATE; PERFORM FROM people WHERE id = ANY ($2 || ARRAY(SELECT person_id FROM enrollments WHERE session_id = ANY (all_ids) AND state IN ('waitlisted', 'offered'))) ORDER BY id FOR NO KEY UPDATE; END $$;

CREATE OR REPLACE FUNCTION run_people_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN UPDATE runs SET people_taken = people_taken + CASE WHEN NEW.seats > 0 THEN 1 ELSE -1 END WHERE id = NEW.run_id; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER run_people AFTER UPDATE OF seats ON run_seats FOR EACH ROW WHEN ((OLD.seats > 0) <> (NEW.seats > 0)) EXECUTE FUNCTION run_people_count();

CREATE OR REPLACE FUNCTION run_counts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM FROM runs WHERE id = NEW.run_id FOR NO KEY UPDATE; INSERT INTO run_seats (run_id, person_id, seats) SELECT NEW.run_id, person_id, 0 FROM enrollments WHERE session_id = NEW.id AND state IN ('confirmed', 'offered') ORDER BY person_id ON CONFLICT DO NOTHING; UPDATE run_seats SET seats = seats + CASE WHEN NEW.status <> 'CANCELLED' AND NEW.deleted_at IS NULL THEN 1 ELSE -1 END WHERE run_id = NEW.run_id AND person_id IN (SELECT person_id FROM enrollments WHERE session_id = NEW.id AND state IN ('confirmed', 'offered')); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER run_counts AFTER UPDATE OF status, deleted_at ON sessions FOR EACH ROW WHEN (NEW.run_id IS NOT NULL AND (OLD.status <> 'CANCELLED' AND OLD.deleted_at IS NULL) <> (NEW.status <> 'CANCELLED' AND NEW.deleted_at IS NULL)) EXECUTE FUNCTION run_counts();

CREATE OR REPLACE FUNCTION run_closes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF EXISTS (SELECT FROM run_seats s WHERE s.run_id = NEW.id AND s.seats > 0 AND NOT EXISTS (SELECT FROM run_members k WHERE k.run_id = s.run_id AND k.person_id = s.person_id AND k.deleted_at IS NULL)) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'not_on_run', MESSAGE = 'not_on_run'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER run_closes BEFORE UPDATE OF members_only ON runs FOR EACH ROW WHEN (NEW.members_only AND NOT OLD.members_only) EXECUTE FUNCTION run_closes();

CREATE OR REPLACE TRIGGER run_frozen BEFORE UPDATE OF run_id ON sessions FOR EACH ROW WHEN (OLD.run_id IS DISTINCT FROM NEW.run_id AND OLD.seats_taken > OLD.seats_held) EXECUTE FUNCTION refuse('run_frozen');

CREATE OR REPLACE FUNCTION seats_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE ids int[]; BEGIN SELECT array_agg(DISTINCT session_id) INTO ids FROM (SELECT session_id, coalesce(sum(sign) FILTER (WHERE state IN ('confirmed', 'offered')), 0)::int AS taken, coalesce(sum(sign) FILTER (WHERE state = 'offered'), 0)::int AS offered, coalesce(sum(sign) FILTER (WHERE state = 'waitlisted'), 0)::int AS queued FROM (SELECT 1 AS sign, session_id, person_id, state FROM n) m GROUP BY session_id, person_id) changed WHERE taken <> 0 OR offered <> 0 OR queued <> 0; IF ids IS NULL THEN RETURN NULL; END IF; PERFORM FROM runs WHERE id IN (SELECT run_id FROM sessions WHERE id = ANY (ids)) ORDER BY id FOR NO KEY UPDATE; PERFORM FROM sessions WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE; IF EXISTS (SELECT FROM sessions WHERE id = ANY (ids) AND run_id IS NOT NULL) THEN IF EXISTS (SELECT FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved JOIN runs r ON r.id = moved.run_id WHERE r.members_only AND moved.delta > 0 AND NOT EXISTS (SELECT FROM run_members k WHERE k.run_id = r.id AND k.person_id = moved.person_id AND k.deleted_at IS NULL)) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'not_on_run', MESSAGE = 'not_on_run'; END IF; INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, person_id, 0 FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved ORDER BY 1, 2 ON CONFLICT DO NOTHING; UPDATE run_seats r SET seats = r.seats + moved.delta FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved WHERE r.run_id = moved.run_id AND r.person_id = moved.person_id; END IF; UPDATE sessions s SET seats_taken = s.seats_taken + taken, seats_offered = s.seats_offered + offered, waiting = s.waiting + queued FROM (SELECT session_id, coalesce(sum(sign) FILTER (WHERE state IN ('confirmed', 'offered')), 0)::int AS taken, coalesce(sum(sign) FILTER (WHERE state = 'offered'), 0)::int AS offered, coalesce(sum(sign) FILTER (WHERE state = 'waitlisted'), 0)::int AS queued FROM (SELECT 1 AS sign, session_id, person_id, state FROM n) m GROUP BY session_id) moved WHERE s.id = session_id AND s.id = ANY (ids) AND (taken <> 0 OR offered <> 0 OR queued <> 0); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER seats_insert AFTER INSERT ON enrollments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION seats_insert();

CREATE OR REPLACE FUNCTION seats_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE ids int[]; BEGIN SELECT array_agg(DISTINCT session_id) INTO ids FROM (SELECT session_id, coalesce(sum(sign) FILTER (WHERE state IN ('confirmed', 'offered')), 0)::int AS taken, coalesce(sum(sign) FILTER (WHERE state = 'offered'), 0)::int AS offered, coalesce(sum(sign) FILTER (WHERE state = 'waitlisted'), 0)::int AS queued FROM (SELECT 1 AS sign, session_id, person_id, state FROM n UNION ALL SELECT -1, session_id, person_id, state FROM o) m GROUP BY session_id, person_id) changed WHERE taken <> 0 OR offered <> 0 OR queued <> 0; IF ids IS NULL THEN RETURN NULL; END IF; PERFORM FROM runs WHERE id IN (SELECT run_id FROM sessions WHERE id = ANY (ids)) ORDER BY id FOR NO KEY UPDATE; PERFORM FROM sessions WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE; IF EXISTS (SELECT FROM sessions WHERE id = ANY (ids) AND run_id IS NOT NULL) THEN IF EXISTS (SELECT FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n UNION ALL SELECT -1, session_id, person_id, state FROM o) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved JOIN runs r ON r.id = moved.run_id WHERE r.members_only AND moved.delta > 0 AND NOT EXISTS (SELECT FROM run_members k WHERE k.run_id = r.id AND k.person_id = moved.person_id AND k.deleted_at IS NULL)) THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'not_on_run', MESSAGE = 'not_on_run'; END IF; INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, person_id, 0 FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n UNION ALL SELECT -1, session_id, person_id, state FROM o) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved ORDER BY 1, 2 ON CONFLICT DO NOTHING; UPDATE run_seats r SET seats = r.seats + moved.delta FROM (SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM (SELECT 1 AS sign, session_id, person_id, state FROM n UNION ALL SELECT -1, session_id, person_id, state FROM o) m JOIN sessions s ON s.id = m.session_id WHERE m.state IN ('confirmed', 'offered') AND s.run_id IS NOT NULL AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0) moved WHERE r.run_id = moved.run_id AND r.person_id = moved.person_id; END IF; UPDATE sessions s SET seats_taken = s.seats_taken + taken, seats_offered = s.seats_offered + offered, waiting = s.waiting + queued FROM (SELECT session_id, coalesce(sum(sign) FILTER (WHERE state IN ('confirmed', 'offered')), 0)::int AS taken, coalesce(sum(sign) FILTER (WHERE state = 'offered'), 0)::int AS offered, coalesce(sum(sign) FILTER (WHERE state = 'waitlisted'), 0)::int AS queued FROM (SELECT 1 AS sign, session_id, person_id, state FROM n UNION ALL SELECT -1, session_id, person_id, state FROM o) m GROUP BY session_id) moved WHERE s.id = session_id AND s.id = ANY (ids) AND (taken <> 0 OR offered <> 0 OR queued <> 0); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER seats_update AFTER UPDATE ON enrollments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION seats_update();

CREATE OR REPLACE TRIGGER enrollments_stay BEFORE UPDATE OF session_id, person_id ON enrollments FOR EACH ROW WHEN (OLD.session_id <> NEW.session_id OR OLD.person_id <> NEW.person_id) EXECUTE FUNCTION refuse('enrollments_stay');

CREATE OR REPLACE FUNCTION holds_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE moved int; BEGIN moved := CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END; IF TG_OP = 'UPDATE' THEN moved := moved - CASE WHEN OLD.ended_at IS NULL THEN OLD.seats ELSE 0 END; END IF; IF moved <> 0 THEN UPDATE sessions SET seats_taken = seats_taken + moved, seats_held = seats_held + moved WHERE id = NEW.session_id; END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER holds_count AFTER INSERT OR UPDATE OF seats, ended_at ON seat_holds FOR EACH ROW EXECUTE FUNCTION holds_count();

CREATE OR REPLACE TRIGGER seat_holds_stay BEFORE UPDATE OF session_id ON seat_holds FOR EACH ROW WHEN (OLD.session_id <> NEW.session_id) EXECUTE FUNCTION refuse('seat_holds_stay');

CREATE OR REPLACE FUNCTION members_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF TG_OP <> 'INSERT' THEN UPDATE groups SET members_taken = members_taken - 1 WHERE id = OLD.group_id; END IF; IF TG_OP <> 'DELETE' THEN UPDATE groups SET members_taken = members_taken + 1 WHERE id = NEW.group_id AND session_id = NEW.session_id AND deleted_at IS NULL; IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'group_of_session', MESSAGE = 'group_of_session'; END IF; END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER members_count AFTER INSERT OR UPDATE OR DELETE ON group_members FOR EACH ROW EXECUTE FUNCTION members_count();

CREATE OR REPLACE TRIGGER groups_stay BEFORE UPDATE OF session_id ON groups FOR EACH ROW WHEN (OLD.session_id <> NEW.session_id) EXECUTE FUNCTION refuse('groups_stay');

CREATE OR REPLACE FUNCTION presences_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE moved int; BEGIN moved := CASE WHEN NEW.ended_at IS NULL THEN 1 ELSE 0 END; IF TG_OP = 'UPDATE' THEN moved := moved - CASE WHEN OLD.ended_at IS NULL THEN 1 ELSE 0 END; END IF; IF moved <> 0 THEN UPDATE venues SET present = present + moved WHERE id = NEW.venue_id; END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER presences_count AFTER INSERT OR UPDATE OF ended_at ON presences FOR EACH ROW EXECUTE FUNCTION presences_count();

CREATE OR REPLACE TRIGGER presences_stay BEFORE UPDATE OF venue_id ON presences FOR EACH ROW WHEN (OLD.venue_id <> NEW.venue_id) EXECUTE FUNCTION refuse('presences_stay');

CREATE OR REPLACE FUNCTION notices_places_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, until_at, outcome) SELECT a.id, (CASE n.state WHEN 'confirmed' THEN 'enrolled' ELSE n.state END), s.id, date_trunc('second', now()), session_user, s.starts_at, s.ends_at, s.venue_id, n.offer_until, n.withdrawn_why FROM accounts a JOIN n ON n.person_id = a.person_id JOIN sessions s ON s.id = n.session_id WHERE a.person_id = n.person_id AND a.disabled_at IS NULL AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > date_trunc('second', now()) AND n.state <> 'withdrawn' AND (a.login <> session_user OR (CASE n.state WHEN 'confirmed' THEN 'enrolled' ELSE n.state END) IN ('promoted', 'offered') OR coalesce(n.withdrawn_why, '') = 'lapsed'); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_places_insert AFTER INSERT ON enrollments REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION notices_places_insert();

CREATE OR REPLACE FUNCTION notices_places_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, until_at, outcome) SELECT a.id, (CASE NEW.state WHEN 'confirmed' THEN CASE WHEN OLD.state = 'waitlisted' THEN 'promoted' ELSE 'enrolled' END ELSE NEW.state END), s.id, date_trunc('second', now()), session_user, s.starts_at, s.ends_at, s.venue_id, NEW.offer_until, NEW.withdrawn_why FROM accounts a JOIN sessions s ON s.id = NEW.session_id WHERE a.person_id = NEW.person_id AND a.disabled_at IS NULL AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > date_trunc('second', now()) AND true AND (a.login <> session_user OR (CASE NEW.state WHEN 'confirmed' THEN CASE WHEN OLD.state = 'waitlisted' THEN 'promoted' ELSE 'enrolled' END ELSE NEW.state END) IN ('promoted', 'offered') OR coalesce(NEW.withdrawn_why, '') = 'lapsed'); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_places_update AFTER UPDATE OF state ON enrollments FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION notices_places_update();

CREATE OR REPLACE FUNCTION notices_sessions_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', NEW.id, date_trunc('second', now()), session_user, NEW.starts_at, NEW.ends_at, NEW.venue_id FROM accounts a WHERE a.trainer_id = NEW.trainer_id AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND NEW.ends_at > date_trunc('second', now()) AND a.disabled_at IS NULL AND a.login <> session_user; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_sessions_insert AFTER INSERT ON sessions FOR EACH ROW WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) EXECUTE FUNCTION notices_sessions_insert();

CREATE OR REPLACE FUNCTION notices_sessions_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, was_starts_at, was_ends_at, was_venue_id, until_at) SELECT account_id, CASE NEW.status WHEN 'CANCELLED' THEN 'cancelled' WHEN 'DRAFT' THEN 'unscheduled' ELSE CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at OR OLD.venue_id IS DISTINCT FROM NEW.venue_id)) THEN 'moved' ELSE max(word) END END, NEW.id, date_trunc('second', now()), session_user, CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.starts_at ELSE OLD.starts_at END, CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.ends_at ELSE OLD.ends_at END, CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.venue_id ELSE OLD.venue_id END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at OR OLD.venue_id IS DISTINCT FROM NEW.venue_id)) THEN OLD.starts_at END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at OR OLD.venue_id IS DISTINCT FROM NEW.venue_id)) THEN OLD.ends_at END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at OR OLD.venue_id IS DISTINCT FROM NEW.venue_id)) THEN OLD.venue_id END, CASE WHEN (OLD.status IN ('DRAFT', 'CANCELLED') AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS'))) THEN max(until) END FROM (SELECT a.id AS account_id, CASE e.state WHEN 'confirmed' THEN 'enrolled' ELSE e.state END AS word, e.offer_until AS until FROM enrollments e JOIN accounts a ON a.person_id = e.person_id WHERE e.session_id = NEW.id AND e.state <> 'withdrawn' AND a.disabled_at IS NULL AND a.login <> session_user UNION ALL SELECT a.id, 'assigned', NULL FROM accounts a WHERE a.trainer_id IN (SELECT NEW.trainer_id WHERE NOT (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) OR NOT (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) OR OLD.trainer_id = NEW.trainer_id UNION SELECT resource_id FROM session_resources WHERE session_id = NEW.id AND role = 'co') AND a.disabled_at IS NULL AND a.login <> session_user) told WHERE ((OLD.status IN ('DRAFT', 'CANCELLED') AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS'))) OR ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND NEW.status IN ('DRAFT', 'CANCELLED')) OR ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at OR OLD.venue_id IS DISTINCT FROM NEW.venue_id))) AND coalesce(NEW.ends_at, OLD.ends_at) > date_trunc('second', now()) GROUP BY account_id; INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', NEW.id, date_trunc('second', now()), session_user, NEW.starts_at, NEW.ends_at, NEW.venue_id FROM accounts a WHERE a.trainer_id = NEW.trainer_id AND (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.trainer_id IS DISTINCT FROM NEW.trainer_id) AND NOT EXISTS (SELECT 1 FROM session_resources r WHERE r.session_id = NEW.id AND r.role = 'co' AND r.resource_id = NEW.trainer_id) AND NEW.ends_at > date_trunc('second', now()) AND a.disabled_at IS NULL AND a.login <> session_user; INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'unassigned', NEW.id, date_trunc('second', now()), session_user, OLD.starts_at, OLD.ends_at, OLD.venue_id FROM accounts a WHERE a.trainer_id = OLD.trainer_id AND (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.trainer_id IS DISTINCT FROM NEW.trainer_id) AND NOT EXISTS (SELECT 1 FROM session_resources r WHERE r.session_id = NEW.id AND r.role = 'co' AND r.resource_id = OLD.trainer_id) AND NEW.ends_at > date_trunc('second', now()) AND a.disabled_at IS NULL AND a.login <> session_user; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_sessions_update AFTER UPDATE OF status, trainer_id, venue_id, starts_at, ends_at ON sessions FOR EACH ROW WHEN ((OLD.status IS DISTINCT FROM NEW.status OR OLD.trainer_id IS DISTINCT FROM NEW.trainer_id OR OLD.venue_id IS DISTINCT FROM NEW.venue_id OR OLD.starts_at IS DISTINCT FROM NEW.starts_at OR OLD.ends_at IS DISTINCT FROM NEW.ends_at)) EXECUTE FUNCTION notices_sessions_update();

CREATE OR REPLACE FUNCTION notices_helpers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', s.id, date_trunc('second', now()), session_user, s.starts_at, s.ends_at, s.venue_id FROM accounts a JOIN sessions s ON s.id = NEW.session_id WHERE a.trainer_id = NEW.resource_id AND a.disabled_at IS NULL AND a.login <> session_user AND NEW.role = 'co' AND s.trainer_id <> NEW.resource_id AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > date_trunc('second', now()); ELSE INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'unassigned', s.id, date_trunc('second', now()), session_user, s.starts_at, s.ends_at, s.venue_id FROM accounts a JOIN sessions s ON s.id = OLD.session_id WHERE a.trainer_id = OLD.resource_id AND a.disabled_at IS NULL AND a.login <> session_user AND OLD.role = 'co' AND s.trainer_id <> OLD.resource_id AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > date_trunc('second', now()); END IF; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_helpers AFTER INSERT OR DELETE ON session_resources FOR EACH ROW EXECUTE FUNCTION notices_helpers();

CREATE OR REPLACE FUNCTION notices_requests() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN INSERT INTO notices (account_id, kind, session_id, booking_request_id, at, actor, starts_at, ends_at, venue_id, outcome) SELECT a.id, 'decided', NEW.session_id, NEW.id, date_trunc('second', now()), session_user, s.starts_at, s.ends_at, s.venue_id, NEW.status FROM accounts a LEFT JOIN sessions s ON s.id = NEW.session_id WHERE a.login = NEW.requested_by AND a.disabled_at IS NULL AND a.login <> session_user; RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER notices_requests AFTER UPDATE OF status ON booking_requests FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION notices_requests();

CREATE OR REPLACE TRIGGER certificate_frozen BEFORE UPDATE ON certificates FOR EACH ROW WHEN ((NEW.id, NEW.number, NEW.revision, NEW.person_id, NEW.course_id, NEW.session_id, NEW.run_id, NEW.held_from, NEW.held_on, NEW.minutes, NEW.expires_on, NEW.employee_no, NEW.person_name, NEW.course_code, NEW.course_title, NEW.trainer_name, NEW.organisation, NEW.result, NEW.score, NEW.reason, NEW.days, NEW.certified_at, NEW.checksum, NEW.issued_at, NEW.issued_by, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.number, OLD.revision, OLD.person_id, OLD.course_id, OLD.session_id, OLD.run_id, OLD.held_from, OLD.held_on, OLD.minutes, OLD.expires_on, OLD.employee_no, OLD.person_name, OLD.course_code, OLD.course_title, OLD.trainer_name, OLD.organisation, OLD.result, OLD.score, OLD.reason, OLD.days, OLD.certified_at, OLD.checksum, OLD.issued_at, OLD.issued_by, OLD.created_at)) EXECUTE FUNCTION refuse('certificate_frozen');

CREATE OR REPLACE FUNCTION claims_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM 1 FROM resources WHERE id = NEW.resource_id FOR NO KEY UPDATE; IF NEW.session_id IS NOT NULL AND (EXISTS (SELECT FROM claims o WHERE o.resource_id = NEW.resource_id AND o.block_id IS NOT NULL AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at) OR EXISTS (SELECT FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at)) THEN RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'claims_blocked', MESSAGE = 'claims_blocked'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER claims_guard BEFORE INSERT OR UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION claims_guard();

ALTER TABLE sessions DROP CONSTRAINT IF EXISTS sessions_finite;

ALTER TABLE sessions ADD CONSTRAINT sessions_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

ALTER TABLE blocks DROP CONSTRAINT IF EXISTS blocks_finite;

ALTER TABLE blocks ADD CONSTRAINT blocks_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

ALTER TABLE claims DROP CONSTRAINT IF EXISTS claims_finite;

ALTER TABLE claims ADD CONSTRAINT claims_finite CHECK (isfinite(starts_at) AND isfinite(ends_at));

DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'claims_overlap') THEN ALTER TABLE claims ADD CONSTRAINT claims_overlap EXCLUDE USING gist (int4range(resource_id, resource_id, '[]') WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (session_id IS NOT NULL); END IF; END $$;

CREATE OR REPLACE FUNCTION gate_now() RETURNS timestamptz LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT date_trunc('second', clock_timestamp()) $$;

CREATE OR REPLACE FUNCTION me_account() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT id FROM accounts WHERE login = session_user AND disabled_at IS NULL $$;

CREATE OR REPLACE FUNCTION me_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT role FROM accounts WHERE login = session_user AND disabled_at IS NULL $$;

CREATE OR REPLACE FUNCTION me_trainer() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT trainer_id FROM accounts WHERE login = session_user AND disabled_at IS NULL $$;

CREATE OR REPLACE FUNCTION me_person() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT person_id FROM accounts WHERE login = session_user AND disabled_at IS NULL $$;

CREATE OR REPLACE FUNCTION own_sessions() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT id FROM sessions WHERE trainer_id = me_trainer() AND deleted_at IS NULL UNION SELECT r.session_id FROM session_resources r JOIN sessions s ON s.id = r.session_id WHERE r.resource_id = me_trainer() AND r.role = 'co' AND s.deleted_at IS NULL $$;

CREATE OR REPLACE FUNCTION own_people() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT person_id FROM enrollments WHERE session_id IN (SELECT own_sessions()) UNION SELECT person_id FROM presences WHERE session_id IN (SELECT own_sessions()) UNION SELECT me_person() $$;

CREATE OR REPLACE FUNCTION staff() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ WITH RECURSIVE below AS (SELECT id, employee_no FROM people WHERE id = me_person() UNION SELECT p.id, p.employee_no FROM people p JOIN below b ON p.manager_no = b.employee_no) SELECT id FROM below $$;

CREATE OR REPLACE FUNCTION own_requests() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT id FROM booking_requests WHERE requested_by = session_user $$;

CREATE OR REPLACE FUNCTION own_request_changes() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT change_id FROM change_rows WHERE tbl = 'booking_requests' AND pk IN (SELECT own_requests()::text) $$;

CREATE OR REPLACE FUNCTION requested_sessions() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT id FROM sessions WHERE booking_request_id IN (SELECT own_requests()) UNION SELECT session_id FROM booking_requests WHERE requested_by = session_user AND session_id IS NOT NULL UNION SELECT s.id FROM sessions s JOIN booking_requests r ON r.into_run_id = s.run_id WHERE r.requested_by = session_user $$;

CREATE OR REPLACE FUNCTION seen_sessions() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course_id WHERE c.sign_up AND c.active AND s.status = 'SCHEDULED' AND s.ends_at > (SELECT gate_now()) AND s.deleted_at IS NULL UNION SELECT session_id FROM enrollments WHERE person_id = me_person() UNION SELECT requested_sessions() $$;

CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM pg_notify('trainer_desk', NEW.id::text); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER tell_change AFTER INSERT ON changes FOR EACH ROW EXECUTE FUNCTION tell_change();

CREATE OR REPLACE FUNCTION changed_since(seen pg_snapshot) RETURNS TABLE (change_id bigint, tbl text, pk text) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ WITH me AS MATERIALIZED (SELECT me_role() AS role) SELECT found.id, touched.tbl, CASE WHEN me.role IN ('administrator', 'supervisor') THEN touched.pk ELSE '' END FROM me CROSS JOIN (SELECT c.id FROM changes c WHERE c.xid >= pg_snapshot_xmin($1) AND NOT pg_visible_in_snapshot(c.xid, $1) ORDER BY c.id LIMIT 101) found CROSS JOIN LATERAL (SELECT r.tbl, r.pk FROM change_rows r WHERE r.change_id = found.id LIMIT 501) touched $$;

CREATE OR REPLACE FUNCTION gate_refuse(code text, facts jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RAISE EXCEPTION USING ERRCODE = 'TD001', MESSAGE = code, DETAIL = facts::text; END $$;

CREATE OR REPLACE FUNCTION require_role(allowed text[]) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE mine text; BEGIN 
        mine := me_role();
        IF mine IS NULL THEN
            PERFORM gate_refuse('not_signed_in', jsonb_build_object('login', session_user));
        ELSIF mine <> ALL (allowed) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine));
        END IF;
        RETURN mine;
         END $$;

CREATE OR REPLACE FUNCTION require_own_person() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE mine text; BEGIN 
        mine := require_role('{administrator,supervisor,trainer,requester}');
        IF me_person() IS NULL THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'why', 'no_person'));
        END IF;
        RETURN me_person();
         END $$;

CREATE OR REPLACE FUNCTION require_own_session(of_session int) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE mine text; BEGIN 
        mine := require_role('{administrator,supervisor,trainer}');
        IF mine = 'trainer' AND of_session NOT IN (SELECT own_sessions()) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'why', 'not_own_session'));
        END IF;
        RETURN mine;
         END $$;

CREATE OR REPLACE FUNCTION organisation_zone() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT coalesce((SELECT value FROM settings WHERE key = 'zone'), 'Europe/London') $$;

CREATE OR REPLACE FUNCTION seat_lacks(of_session int, of_person int, instant timestamptz) RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
    SELECT coalesce(jsonb_agg(found ORDER BY place), '[]') FROM sessions s
    JOIN courses c ON c.id = s.course_id JOIN people p ON p.id = of_person
    LEFT JOIN runs r ON r.id = s.run_id AND r.members_only LEFT JOIN courses b ON b.id = c.prerequisite_id
    CROSS JOIN LATERAL (
        SELECT 1, jsonb_build_object('code', 'not_on_run', 'severity', 'red', 'field', 'people', 'subject', p.employee_no, 'facts', jsonb_build_object('name', p.name, 'run', r.name), 'fixes', jsonb_build_array(jsonb_build_object('code', 'put_on_run', 'facts', jsonb_build_object('name', p.name, 'run', r.name, 'id', p.id, 'run_id', r.id)))) WHERE r.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM run_members m WHERE m.run_id = r.id AND m.person_id = p.id AND m.deleted_at IS NULL)
        UNION ALL SELECT 2, jsonb_build_object('code', 'intake_missing', 'severity', 'red', 'field', 'people', 'subject', p.employee_no, 'facts', jsonb_build_object('name', p.name, 'course', c.title), 'fixes', jsonb_build_array(jsonb_build_object('code', 'record_intake', 'facts', jsonb_build_object('name', p.name, 'id', p.id)))) WHERE c.requires_intake AND p.intake_on IS NULL
        UNION ALL SELECT 3, jsonb_build_object('code', 'prerequisite_missing', 'severity', CASE WHEN c.prerequisite_policy = 'warn' THEN 'orange' ELSE 'red' END, 'field', 'people', 'subject', p.employee_no, 'facts', jsonb_build_object('name', p.name, 'course', b.title), 'fixes', jsonb_build_array(jsonb_build_object('code', 'record_training', 'facts', jsonb_build_object('name', p.name, 'id', p.id, 'course', b.title, 'course_id', b.id)), jsonb_build_object('code', 'enroll_first', 'facts', jsonb_build_object('course', b.title, 'course_id', b.id)))) WHERE b.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM compliance_items i WHERE i.course_id = b.id AND i.person_id = p.id
            AND i.status = 'COMPLIANT' AND (i.expires_on IS NULL OR i.expires_on
            >= (coalesce(s.starts_at, instant) AT TIME ZONE organisation_zone())::date))
    ) AS lacking (place, found) WHERE s.id = of_session
 $$;

CREATE OR REPLACE FUNCTION seat_clashes(of_session int, of_person int, instant timestamptz) RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
    SELECT coalesce(jsonb_agg(jsonb_build_object('code', 'attendee_busy', 'severity', CASE WHEN s.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
        AND 'block' IN (c.overlap_policy, d.overlap_policy) THEN 'red' ELSE 'orange' END, 'field', 'people',
        'subject', p.employee_no, 'clashes_with', jsonb_build_array(o.ref), 'facts', jsonb_build_object(
        'name', p.name, 'title', coalesce(o.title, d.title), 'starts_at', o.starts_at, 'ends_at', o.ends_at,
        'at', s.starts_at)) ORDER BY o.starts_at, o.id), '[]')
    FROM sessions s JOIN courses c ON c.id = s.course_id JOIN people p ON p.id = of_person
    JOIN enrollments e ON e.person_id = p.id AND e.state IN ('confirmed', 'offered')
    AND (e.offer_until IS NULL OR e.offer_until > instant)
    JOIN sessions o ON o.id = e.session_id AND o.id <> s.id AND o.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
    AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
    JOIN courses d ON d.id = o.course_id
    WHERE s.id = of_session AND NOT (c.overlap_policy = 'ignore' AND d.overlap_policy = 'ignore')
 $$;

CREATE OR REPLACE FUNCTION first_refusal(findings jsonb) RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT found FROM jsonb_array_elements(findings) WITH ORDINALITY AS each (found, place) WHERE found ->> 'severity' = 'red' ORDER BY place LIMIT 1 $$;

CREATE OR REPLACE FUNCTION queue_moves(of_session int, instant timestamptz) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT status = 'SCHEDULED' AND starts_at > instant AND waitlist <> 'off' AND deleted_at IS NULL FROM sessions WHERE id = of_session $$;

CREATE OR REPLACE FUNCTION urgency(status text, expires_on date, due_on date, counts_from date, judged date, expiring_days int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
    SELECT CASE
        WHEN status IS NULL OR counts_from > judged THEN 4
        WHEN status = 'COMPLIANT' AND (expires_on IS NULL OR expires_on >= judged)
            THEN CASE WHEN expires_on - judged <= expiring_days THEN 3 ELSE 4 END
        WHEN status = 'PENDING' AND (due_on IS NULL OR due_on >= judged) THEN 2
        ELSE 1
    END
 $$;

CREATE OR REPLACE FUNCTION queue_of(of_session int, newcomers int[], with_waiting boolean) RETURNS TABLE (person_id int, waits boolean, skip_code text, skip_ref text, place bigint) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
    WITH line AS (
        SELECT e.person_id, true AS waits, e.skip_code, e.skip_ref, e.position, 0::bigint AS came
        FROM enrollments e JOIN people p ON p.id = e.person_id AND p.active
        WHERE with_waiting AND e.session_id = of_session AND e.state = 'waitlisted'
        UNION ALL SELECT newcomer, false, NULL, NULL, NULL, number
        FROM unnest(newcomers) WITH ORDINALITY AS each (newcomer, number)
    ), judged AS (
        SELECT line.*, s.waitlist_order = 'urgent' AND s.starts_at IS NOT NULL AS by_urgency, i.expires_on,
        urgency(i.status, i.expires_on, i.due_on, i.counts_from,
            (s.starts_at AT TIME ZONE organisation_zone())::date, c.expiring_days) AS grp
        FROM line JOIN sessions s ON s.id = of_session JOIN courses c ON c.id = s.course_id
        LEFT JOIN compliance_items i ON i.course_id = s.course_id AND i.person_id = line.person_id
    )
    SELECT person_id, waits, skip_code, skip_ref, row_number() OVER (ORDER BY
        CASE WHEN by_urgency THEN coalesce(position < 1, false) END DESC, CASE WHEN by_urgency THEN grp END,
        CASE WHEN by_urgency AND grp < 4 THEN expires_on END NULLS FIRST, waits DESC, position, came)
    FROM judged ORDER BY 5
 $$;

CREATE OR REPLACE FUNCTION concerned(ids int[], freed int[], instant timestamptz) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE wider int[]; BEGIN 
    LOOP
        wider := ARRAY(
            SELECT unnest(ids) AS id
            UNION SELECT o.id FROM sessions s JOIN runs r ON r.id = s.run_id AND r.max_people IS NOT NULL
                JOIN sessions o ON o.run_id = r.id WHERE s.id = ANY (ids)
            UNION SELECT session_id FROM enrollments WHERE person_id = ANY (freed) AND state = 'waitlisted'
            UNION SELECT w.session_id FROM enrollments l
                JOIN enrollments w ON w.person_id = l.person_id AND w.state = 'waitlisted'
                WHERE l.session_id = ANY (ids) AND l.state = 'offered' AND l.offer_until <= instant
            ORDER BY id
        );
        IF wider = ids THEN RETURN ids; END IF;
        ids := wider;
    END LOOP;
 END $$;

CREATE OR REPLACE FUNCTION lock_scope(ids int[], people int[], freed int[], instant timestamptz) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE wider int[]; BEGIN 
        ids := concerned(ids, freed, instant);
        FOR attempt IN 1..10 LOOP
            BEGIN
                PERFORM lock_seats(ids, people || freed);
                wider := concerned(ids, freed, instant);
                IF wider = ids THEN RETURN ids; END IF;
                RAISE EXCEPTION USING ERRCODE = 'TD002';
            EXCEPTION WHEN SQLSTATE 'TD002' THEN ids := wider;
            END;
        END LOOP;
        RAISE lock_not_available;
         END $$;

CREATE OR REPLACE FUNCTION leave_session(of_session int, of_person int, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        DELETE FROM group_members WHERE session_id = of_session AND person_id = of_person;
        UPDATE presences SET ended_at = instant, ended_why = 'withdrawn', version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person AND ended_at IS NULL;
         END $$;

CREATE OR REPLACE FUNCTION take_out(of_session int, of_person int, why text, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        UPDATE enrollments SET state = 'withdrawn', position = NULL, offer_until = NULL, skip_code = NULL,
            skip_ref = NULL, withdrawn_at = instant, withdrawn_by = session_user, withdrawn_why = why,
            version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person;
        PERFORM leave_session(of_session, of_person, instant);
         END $$;

CREATE OR REPLACE FUNCTION sweep_lapsed(ids int[], instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE one record; BEGIN 
        UPDATE seat_holds SET ended_at = instant, ended_why = 'expired', version = version + 1, updated_at = instant
        WHERE session_id = ANY (ids) AND ended_at IS NULL AND until_at <= instant;
        FOR one IN SELECT session_id, person_id FROM enrollments
            WHERE session_id = ANY (ids) AND state = 'offered' AND offer_until <= instant
        LOOP
            UPDATE enrollments SET state = 'withdrawn', position = NULL, offer_until = NULL, withdrawn_at = instant,
                withdrawn_by = session_user, withdrawn_why = 'lapsed', version = version + 1, updated_at = instant
            WHERE session_id = one.session_id AND person_id = one.person_id;
            PERFORM leave_session(one.session_id, one.person_id, instant);
        END LOOP;
         END $$;

CREATE OR REPLACE FUNCTION give_place(of_session int, of_person int, to_state text, at_position bigint, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        UPDATE enrollments SET position = at_position, offer_until = NULL, skip_code = NULL, skip_ref = NULL, attendance = 'registered', result = NULL, score = NULL, marked_at = NULL, marked_by = NULL, promoted_at = NULL, promoted_by = NULL, withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_why = NULL, state = to_state,
            enrolled_at = instant, enrolled_by = session_user, version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person;
        IF NOT FOUND THEN
            INSERT INTO enrollments (session_id, person_id, state, position, enrolled_at, enrolled_by, created_at,
                updated_at)
            VALUES (of_session, of_person, to_state, at_position, instant, session_user, instant, instant);
        END IF;
         END $$;

CREATE OR REPLACE FUNCTION promote(of_session int, of_person int, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        UPDATE enrollments e SET promoted_at = instant, promoted_by = session_user, skip_code = NULL, skip_ref = NULL,
            state = CASE s.waitlist WHEN 'offer' THEN 'offered' ELSE 'confirmed' END,
            position = CASE s.waitlist WHEN 'offer' THEN e.position END,
            offer_until = CASE s.waitlist WHEN 'offer' THEN least(s.starts_at, instant + make_interval(hours =>
                coalesce((SELECT value::int FROM settings WHERE key = 'offer_hours'), 48))) END,
            version = e.version + 1, updated_at = instant
        FROM sessions s WHERE s.id = of_session AND e.session_id = of_session AND e.person_id = of_person;
         END $$;

CREATE OR REPLACE FUNCTION settle_queues(ids int[], of_session int, newcomers int[], instant timestamptz) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session record; one record; findings jsonb; reason jsonb; fates jsonb := '[]'; has_seat boolean; BEGIN 
    FOR at_session IN SELECT s.id, s.run_id, queue_moves(s.id, instant) AND s.waiting > 0 AS moves,
        CASE WHEN s.id = of_session THEN newcomers ELSE '{}' END AS coming FROM sessions s
        WHERE s.id = ANY (ids) AND (s.id = of_session AND newcomers <> '{}'
            OR queue_moves(s.id, instant) AND s.waiting > 0)
        ORDER BY s.starts_at NULLS LAST, s.id
    LOOP
        FOR one IN SELECT * FROM queue_of(at_session.id, at_session.coming, coalesce(at_session.moves, false)) LOOP
            findings := seat_lacks(at_session.id, one.person_id, instant)
                || seat_clashes(at_session.id, one.person_id, instant);
            reason := first_refusal(findings);
            has_seat := reason IS NULL AND EXISTS (SELECT FROM sessions WHERE id = at_session.id
                AND (capacity IS NULL OR seats_taken < capacity));
            IF has_seat AND at_session.run_id IS NOT NULL THEN
                SELECT jsonb_build_object('code', 'run_full', 'severity', 'red', 'field', 'people', 'subject', code, 'facts', jsonb_build_object('people', max_people, 'capacity', max_people)) INTO reason FROM runs r WHERE id = at_session.run_id
                    AND people_taken >= max_people AND NOT EXISTS (SELECT FROM run_seats k WHERE k.run_id = r.id
                    AND k.person_id = one.person_id AND k.seats > 0);
                IF reason IS NOT NULL THEN
                    findings := jsonb_build_array(reason) || findings;
                    has_seat := false;
                END IF;
            END IF;
            IF NOT one.waits THEN
                IF has_seat THEN PERFORM give_place(at_session.id, one.person_id, 'confirmed', NULL, instant); END IF;
                fates := fates || jsonb_build_object('person', one.person_id, 'seated', has_seat, 'findings', findings,
                    'reason', reason);
            ELSIF has_seat THEN
                PERFORM promote(at_session.id, one.person_id, instant);
            ELSIF (one.skip_code, one.skip_ref)
                IS DISTINCT FROM (reason ->> 'code', reason -> 'clashes_with' ->> 0) THEN
                UPDATE enrollments SET skip_code = reason ->> 'code', skip_ref = reason -> 'clashes_with' ->> 0
                WHERE session_id = at_session.id AND person_id = one.person_id;
            END IF;
        END LOOP;
    END LOOP;
    RETURN fates;
 END $$;

CREATE OR REPLACE FUNCTION settle_scope(ids int[], instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        UPDATE enrollments e SET offer_until = s.starts_at, version = e.version + 1, updated_at = instant
        FROM sessions s WHERE s.id = e.session_id AND e.session_id = ANY (ids) AND e.state = 'offered'
        AND e.offer_until > s.starts_at;
        PERFORM sweep_lapsed(ids, instant);
        PERFORM settle_queues(ids, NULL, '{}', instant);
         END $$;

CREATE OR REPLACE FUNCTION settle_due_now() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE ids int[]; instant timestamptz; BEGIN instant := gate_now(); ids := ARRAY(
    SELECT session_id FROM seat_holds WHERE ended_at IS NULL AND until_at <= instant
    UNION SELECT session_id FROM enrollments WHERE state = 'offered' AND offer_until <= instant
 ORDER BY 1); IF ids <> '{}' THEN PERFORM settle_scope(lock_scope(ids, '{}', '{}', instant), instant); END IF; RETURN cardinality(ids); END $$;

CREATE OR REPLACE FUNCTION settle_stuck_now() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE ids int[]; instant timestamptz; BEGIN instant := gate_now(); ids := ARRAY(
    SELECT id FROM sessions WHERE waiting > 0 AND (capacity IS NULL OR seats_taken < capacity)
    AND status = 'SCHEDULED' AND starts_at > instant AND waitlist <> 'off' AND deleted_at IS NULL
 ORDER BY 1); IF ids <> '{}' THEN PERFORM settle_scope(lock_scope(ids, '{}', '{}', instant), instant); END IF; RETURN cardinality(ids); END $$;

CREATE OR REPLACE FUNCTION queue_rank(of_session int, of_person int) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT place FROM queue_of(of_session, '{}', true) WHERE person_id = of_person $$;

CREATE OR REPLACE FUNCTION know_place(of_session int, of_person int, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        INSERT INTO tellings AS t (enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by,
            created_at, updated_at)
        SELECT e.id, e.state, s.status, s.starts_at, s.ends_at, s.venue_id, instant, session_user, instant, instant
        FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.session_id = of_session AND e.person_id = of_person
        ON CONFLICT (enrollment_id) DO UPDATE SET state = excluded.state, status = excluded.status,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, venue_id = excluded.venue_id,
            told_at = excluded.told_at, told_by = excluded.told_by, deleted_at = NULL, updated_at = instant,
            version = t.version + 1;
         END $$;

CREATE OR REPLACE FUNCTION confirm_offer(of_session int, of_person int, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN UPDATE enrollments SET state = 'confirmed', position = NULL, offer_until = NULL, skip_code = NULL, skip_ref = NULL, version = version + 1, updated_at = instant WHERE session_id = of_session AND person_id = of_person; END $$;

CREATE OR REPLACE FUNCTION find_session(of_session int) RETURNS sessions LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; BEGIN 
        SELECT * INTO at_session FROM sessions WHERE id = of_session;
        IF at_session.id IS NULL OR (at_session.status = 'DRAFT' AND me_role() = 'requester'
            AND of_session NOT IN (SELECT seen_sessions())) THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', of_session));
        ELSIF at_session.deleted_at IS NOT NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', at_session.ref,
                'why', 'in_trash'));
        END IF;
        RETURN at_session;
         END $$;

CREATE OR REPLACE FUNCTION require_state(of_session int, verb text, allowed text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; BEGIN 
        at_session := find_session(of_session);
        IF at_session.status <> ALL (allowed) THEN
            PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', verb, 'state',
                at_session.status, 'wanted', NULL, 'allowed', allowed));
        END IF;
         END $$;

CREATE OR REPLACE FUNCTION refuse_place(of_session int, answer jsonb, is_own boolean, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session record; code text; reasons jsonb; reason jsonb; BEGIN 
        SELECT s.ref, coalesce(s.title, c.title) AS named, jsonb_build_object('people', s.seats_taken, 'capacity',
            s.capacity) AS seats INTO at_session FROM sessions s
            JOIN courses c ON c.id = s.course_id WHERE s.id = of_session;
        code := coalesce(answer ->> 'code', 'session_full');
        reasons := (SELECT jsonb_agg(finding ORDER BY place) FROM jsonb_array_elements(answer -> 'findings')
            WITH ORDINALITY AS each (finding, place) WHERE finding ->> 'severity' = 'red');
        IF reasons IS NULL THEN
            reason := jsonb_build_object('code', code, 'severity', 'red', 'subject', answer ->> 'employee_no');
            IF code = 'session_full' OR NOT is_own AND at_session.seats -> 'capacity' <> 'null' THEN
                reason := reason || jsonb_build_object('facts', at_session.seats);
            END IF;
            IF is_own THEN reason := reason || '{"field": "people"}'; END IF;
            IF is_own AND code = 'session_full' AND queue_moves(of_session, instant) THEN
                reason := reason || '{"fixes": [{"code": "join_waitlist", "facts": {}}]}';
            END IF;
            reasons := jsonb_build_array(reason);
        END IF;
        IF is_own THEN
            PERFORM gate_refuse(code, jsonb_build_object('findings', reasons, 'ref', at_session.ref, 'title',
                at_session.named, 'verb', 'sign_up'));
        END IF;
        PERFORM gate_refuse(code, jsonb_build_object('findings', jsonb_build_array(reasons -> 0)));
         END $$;

CREATE OR REPLACE FUNCTION refuse_absent(kind text, of_session int, of_person int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM gate_refuse('not_found', jsonb_build_object('kind', kind, 'key', (SELECT employee_no FROM people WHERE id = of_person), 'session', (SELECT ref FROM sessions WHERE id = of_session)) || CASE kind WHEN 'offer' THEN '{"why": "no_offer"}' ELSE '{}'::jsonb END); END $$;

CREATE OR REPLACE FUNCTION seat_people(ids int[], of_session int, wanted int[], instant timestamptz) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE here int[]; eligible int[]; fates jsonb; fate jsonb; one int; answers jsonb := '[]'; number text; answer jsonb; lacking jsonb; BEGIN 
    PERFORM sweep_lapsed(ids, instant);
    here := ARRAY(SELECT person_id FROM enrollments WHERE session_id = of_session AND person_id = ANY (wanted)
        AND state <> 'withdrawn');
    eligible := ARRAY(SELECT p.id FROM people p WHERE p.id = ANY (wanted) AND p.id <> ALL (here) AND p.active
        AND first_refusal(seat_lacks(of_session, p.id, instant)) IS NULL ORDER BY array_position(wanted, p.id));
    fates := settle_queues(ids, of_session, eligible, instant);
    FOREACH one IN ARRAY eligible LOOP
        fate := (SELECT one_fate FROM jsonb_array_elements(fates) AS each (one_fate)
            WHERE (one_fate ->> 'person')::int = one);
        IF NOT (fate ->> 'seated')::boolean AND queue_moves(of_session, instant) THEN
            UPDATE sessions SET last_position = last_position + 1 WHERE id = of_session;
            PERFORM give_place(of_session, one, 'waitlisted', (SELECT last_position FROM sessions
                WHERE id = of_session), instant);
            UPDATE enrollments SET skip_code = fate -> 'reason' ->> 'code',
                skip_ref = fate -> 'reason' -> 'clashes_with' ->> 0
            WHERE session_id = of_session AND person_id = one AND fate -> 'reason' <> 'null';
        END IF;
    END LOOP;
    FOREACH one IN ARRAY wanted LOOP
        number := (SELECT employee_no FROM people WHERE id = one);
        fate := (SELECT one_fate FROM jsonb_array_elements(fates) AS each (one_fate)
            WHERE (one_fate ->> 'person')::int = one);
        lacking := first_refusal(seat_lacks(of_session, one, instant));
        answer := CASE
            WHEN number IS NULL THEN '{"outcome": "refused", "code": "not_found"}'
            WHEN one = ANY (here) THEN jsonb_build_object('outcome', 'already', 'code', 'already_enrolled',
                'position', queue_rank(of_session, one))
            WHEN (fate ->> 'seated')::boolean THEN jsonb_build_object('outcome', 'enrolled', 'findings',
                fate -> 'findings')
            WHEN fate IS NOT NULL AND queue_moves(of_session, instant) THEN jsonb_build_object('outcome',
                'waitlisted', 'code', fate -> 'reason' ->> 'code', 'position', queue_rank(of_session, one),
                'findings', fate -> 'findings')
            WHEN fate IS NOT NULL THEN jsonb_build_object('outcome', 'refused', 'code',
                coalesce(fate -> 'reason' ->> 'code', 'session_full'), 'findings', fate -> 'findings')
            WHEN lacking IS NULL OR NOT (SELECT active FROM people WHERE id = one)
                THEN '{"outcome": "refused", "code": "not_found"}'
            ELSE jsonb_build_object('outcome', 'refused', 'code', lacking ->> 'code', 'findings',
                jsonb_build_array(lacking))
        END;
        answers := answers || jsonb_build_array(jsonb_build_object('employee_no', coalesce(number, one::text))
            || answer);
        IF answer ->> 'outcome' <> 'refused' THEN here := here || one; END IF;
    END LOOP;
    RETURN answers;
 END $$;

CREATE OR REPLACE FUNCTION require_own_deed(of_session int, verb text, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; may_sign_up boolean; named text; why text; BEGIN 
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
         END $$;

CREATE OR REPLACE FUNCTION take_own_place(of_session int, verb text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; answer jsonb; BEGIN 
        ids := lock_scope(ARRAY[of_session], ARRAY[me], '{}', instant);
        PERFORM require_own_deed(of_session, verb, instant);
        answer := seat_people(ids, of_session, ARRAY[me], instant) -> 0;
        IF answer ->> 'outcome' = 'refused' OR (verb = 'sign_up' AND answer ->> 'outcome' = 'waitlisted') THEN
            PERFORM refuse_place(of_session, answer, true, instant);
        END IF;
        PERFORM know_place(of_session, me, instant);
        RETURN answer;
         END $$;

CREATE OR REPLACE FUNCTION sign_up(session_id int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RETURN take_own_place(session_id, 'sign_up'); END $$;

CREATE OR REPLACE FUNCTION join_waitlist(session_id int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RETURN take_own_place(session_id, 'join_waitlist'); END $$;

CREATE OR REPLACE FUNCTION cancel_sign_up(session_id int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; stands text; BEGIN 
        ids := lock_scope(ARRAY[$1], ARRAY[me], ARRAY[me], instant);
        PERFORM require_own_deed($1, 'cancel_sign_up', instant);
        SELECT state INTO stands FROM enrollments e WHERE e.session_id = $1 AND e.person_id = me;
        IF stands IS NULL THEN PERFORM refuse_absent('enrollment', $1, me); END IF;
        IF stands <> 'withdrawn' THEN PERFORM take_out($1, me, NULL, instant); END IF;
        PERFORM settle_scope(ids, instant);
        PERFORM know_place($1, me, instant);
         END $$;

CREATE OR REPLACE FUNCTION accept_own_offer(session_id int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; BEGIN 
        ids := lock_scope(ARRAY[$1], ARRAY[me], '{}', instant);
        PERFORM require_own_deed($1, 'accept_own_offer', instant);
        PERFORM settle_scope(ids, instant);
        IF NOT EXISTS (SELECT FROM enrollments e WHERE e.session_id = $1 AND e.person_id = me AND e.state = 'offered') THEN PERFORM refuse_absent('offer', $1, me); END IF;
        PERFORM confirm_offer($1, me, instant);
        PERFORM know_place($1, me, instant);
         END $$;

CREATE OR REPLACE FUNCTION decline_own_offer(session_id int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; BEGIN 
        ids := lock_scope(ARRAY[$1], ARRAY[me], ARRAY[me], instant);
        PERFORM require_own_deed($1, 'decline_own_offer', instant);
        PERFORM sweep_lapsed(ids, instant);
        IF NOT EXISTS (SELECT FROM enrollments e WHERE e.session_id = $1 AND e.person_id = me AND e.state = 'offered') THEN PERFORM refuse_absent('offer', $1, me); END IF;
        PERFORM take_out($1, me, 'declined', instant);
        PERFORM settle_scope(ids, instant);
        PERFORM know_place($1, me, instant);
         END $$;

CREATE OR REPLACE FUNCTION seen_places() RETURNS TABLE (session_id int, taken int, rank int) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
        SELECT s.id, s.seats_taken - coalesce((SELECT sum(h.seats) FROM seat_holds h WHERE h.session_id = s.id
                AND h.ended_at IS NULL AND h.until_at <= gate_now()), 0)::int
            - (SELECT count(*) FROM enrollments o WHERE o.session_id = s.id AND o.state = 'offered'
                AND o.offer_until <= gate_now())::int,
            CASE WHEN e.state = 'waitlisted' THEN queue_rank(s.id, e.person_id)::int END
        FROM sessions s LEFT JOIN enrollments e ON e.session_id = s.id AND e.person_id = me_person()
        WHERE s.id IN (SELECT seen_sessions())
         $$;

CREATE OR REPLACE FUNCTION seen_ranks(of_session int) RETURNS TABLE (person_id int, rank int) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
        SELECT q.person_id, q.place::int FROM queue_of(of_session, '{}', true) q
        WHERE of_session IN (SELECT own_sessions()) OR q.person_id = me_person()
            OR (of_session IN (SELECT requested_sessions()) AND q.person_id IN (SELECT staff()))
         $$;

CREATE OR REPLACE FUNCTION see_notices(notice_ids int[], reminders text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := me_account(); BEGIN 
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
         END $$;

CREATE OR REPLACE FUNCTION mark_arrived(of_session int, wanted int[], instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN UPDATE enrollments SET attendance = 'attended', marked_at = instant, marked_by = session_user, version = version + 1, updated_at = instant WHERE session_id = of_session AND person_id = ANY (wanted) AND state = 'confirmed' AND attendance = 'registered'; END $$;

CREATE OR REPLACE FUNCTION walk_in(session_id int, person_ids int[]) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE instant timestamptz := gate_now(); ids int[]; answers jsonb; BEGIN 
        PERFORM require_own_session($1);
        ids := lock_scope(ARRAY[$1], $2, '{}', instant);
        PERFORM require_state($1, 'enroll', '{DRAFT,SCHEDULED,IN_PROGRESS}');
        PERFORM require_state($1, 'walk_in', '{SCHEDULED,IN_PROGRESS}');
        answers := seat_people(ids, $1, $2, instant);
        PERFORM mark_arrived($1, ARRAY(SELECT person FROM unnest($2) WITH ORDINALITY AS each (person, place)
            WHERE answers -> (place - 1)::int ->> 'outcome' = 'enrolled'), instant);
        RETURN answers;
         END $$;

CREATE OR REPLACE FUNCTION admit(session_id int, person_id int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE instant timestamptz := gate_now(); ids int[]; stands text; answer jsonb; BEGIN 
        PERFORM require_own_session($1);
        ids := lock_scope(ARRAY[$1], ARRAY[$2], '{}', instant);
        PERFORM require_state($1, 'enroll', '{DRAFT,SCHEDULED,IN_PROGRESS}');
        PERFORM require_state($1, 'walk_in', '{SCHEDULED,IN_PROGRESS}');
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
         END $$;

CREATE OR REPLACE FUNCTION valid_until(held_on date, months int) RETURNS date LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT CASE WHEN $2 <= 120000 AND $1 + make_interval(months => $2) <= timestamp '9999-12-31' THEN ($1 + make_interval(months => $2))::date END $$;

CREATE OR REPLACE FUNCTION compliance_of(of_course int, of_person int) RETURNS compliance_items LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE item compliance_items; who record; said record; best record; duty record; held text; held_to date; months int; family int[]; is_trained bool; is_asked bool; BEGIN 
    SELECT p.job_role, p.department, p.site, p.placed_on, p.sort_name INTO who FROM people p
        WHERE p.id = of_person AND p.active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT c.validity_months INTO months FROM courses c WHERE c.id = of_course AND c.active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    item.course_id := of_course; item.person_id := of_person; item.sort_name := who.sort_name;
    family := ARRAY[of_course] || ARRAY(WITH RECURSIVE r(id) AS (SELECT c.id FROM courses c WHERE c.renews_id = of_course UNION SELECT c.id FROM courses c JOIN r ON c.renews_id = r.id) SELECT id FROM r);

    SELECT a.status, a.expires_on, a.stated_at INTO said FROM attestations a
        WHERE a.course_id = of_course AND a.person_id = of_person AND a.deleted_at IS NULL;
    SELECT t.expires_on INTO best FROM (
        SELECT r.recorded_at AS told_at, CASE WHEN r.course_id = of_course AND r.expires_on IS NOT NULL
            THEN r.expires_on ELSE valid_until(r.held_on, months) END AS expires_on
        FROM training_records r WHERE r.person_id = of_person AND r.deleted_at IS NULL AND r.course_id = ANY (family)
        UNION ALL SELECT k.certified_at, CASE WHEN k.course_id = of_course
            THEN k.expires_on ELSE valid_until(k.held_on, months) END
        FROM certificates k WHERE k.person_id = of_person AND k.withdrawn_at IS NULL AND k.course_id = ANY (family)
    ) t WHERE said.status IS NULL OR (t.told_at >= said.stated_at
        AND (t.expires_on IS NULL OR t.expires_on >= (said.stated_at AT TIME ZONE 'UTC')::date))
    ORDER BY t.expires_on DESC NULLS FIRST LIMIT 1;
    is_trained := FOUND;
    IF is_trained AND NOT coalesce(said.status = 'COMPLIANT'
        AND coalesce(said.expires_on, date '9999-12-31') >= coalesce(best.expires_on, date '9999-12-31'), false)
    THEN held := 'COMPLIANT'; held_to := best.expires_on;
    ELSE held := said.status; held_to := said.expires_on; END IF;

    SELECT max(least(coalesce(q.until + 1, date '9999-12-31'), date '9999-12-31')) INTO item.counts_from
        FROM requirements q WHERE q.course_id = of_course AND q.deleted_at IS NULL AND (q.person_id IS NULL OR q.person_id = of_person) AND q.job_role IN ('', who.job_role) AND q.department IN ('', who.department) AND q.site IN ('', who.site) AND q.exempt;
    SELECT d.begins_on, d.due_on INTO duty FROM (
        SELECT b.begins_on, CASE WHEN b.grace_days > 0 THEN
            least(b.begins_on + least(b.grace_days, date '9999-12-31' - b.begins_on), date '9999-12-31') END AS due_on
        FROM (SELECT q.grace_days, greatest(coalesce(who.placed_on, date '0001-01-01'), q.since,
                coalesce(item.counts_from, date '0001-01-01')) AS begins_on
            FROM requirements q WHERE q.course_id = of_course AND q.deleted_at IS NULL AND (q.person_id IS NULL OR q.person_id = of_person) AND q.job_role IN ('', who.job_role) AND q.department IN ('', who.department) AND q.site IN ('', who.site) AND NOT q.exempt) b
    ) d ORDER BY coalesce(d.due_on, date '0001-01-01'), d.begins_on LIMIT 1;
    is_asked := FOUND AND item.counts_from IS DISTINCT FROM date '9999-12-31';
    IF NOT is_asked AND EXISTS (SELECT FROM requirements q
        WHERE q.course_id = of_course AND q.deleted_at IS NULL AND NOT q.exempt)
    THEN item.counts_from := date '9999-12-31'; END IF;

    IF held IS NOT NULL AND NOT (is_asked AND duty.due_on IS NOT NULL
        AND coalesce(held = 'COMPLIANT' AND held_to < duty.begins_on, false))
    THEN item.status := held;
    ELSIF NOT is_asked THEN RETURN NULL;
    ELSIF duty.due_on IS NULL THEN item.status := 'NON_COMPLIANT';
    ELSE item.status := 'PENDING'; item.due_on := duty.due_on; END IF;
    item.expires_on := held_to; RETURN item;
 END $$;

CREATE OR REPLACE FUNCTION follow_compliance(of_course int, of_person int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE item compliance_items; course int := of_course; seen int[] := '{}'; BEGIN 
    LOOP EXIT WHEN course IS NULL OR course = ANY (seen);
        seen := seen || course; item := compliance_of(course, of_person);
        IF item.status IS NULL
        THEN DELETE FROM compliance_items i WHERE i.course_id = course AND i.person_id = of_person;
        ELSE INSERT INTO compliance_items AS i SELECT item.* ON CONFLICT (course_id, person_id) DO UPDATE
            SET status = excluded.status, expires_on = excluded.expires_on, sort_name = excluded.sort_name,
                due_on = excluded.due_on, counts_from = excluded.counts_from
            WHERE (i.status, i.expires_on, i.sort_name, i.due_on, i.counts_from) IS DISTINCT FROM
                (excluded.status, excluded.expires_on, excluded.sort_name, excluded.due_on, excluded.counts_from);
        END IF;
        SELECT c.renews_id INTO course FROM courses c WHERE c.id = course;
    END LOOP;
 END $$;

CREATE OR REPLACE FUNCTION checksum_of(one certificates) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN RETURN left(encode(sha256(convert_to('{"certified_at":' || to_json(to_char(one.certified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text || ',"course_code":' || coalesce(to_json((one.course_code)::text)::text, 'null') || ',"course_id":' || coalesce((one.course_id)::text, 'null') || ',"course_title":' || coalesce(to_json((one.course_title)::text)::text, 'null') || ',"days":' || '[' || (SELECT string_agg('{"day":' || coalesce(to_json(((d.held->>'day'))::text)::text, 'null') || ',"enrollment":' || coalesce(((d.held->>'enrollment'))::text, 'null') || ',"minutes":' || coalesce(((d.held->>'minutes'))::text, 'null') || ',"session":' || coalesce(to_json(((d.held->>'session'))::text)::text, 'null') || ',"trainer":' || coalesce(to_json(((d.held->>'trainer'))::text)::text, 'null') || '}', ',' ORDER BY d.place) FROM jsonb_array_elements(one.days) WITH ORDINALITY d(held, place)) || ']' || ',"employee_no":' || coalesce(to_json((one.employee_no)::text)::text, 'null') || ',"expires_on":' || coalesce(to_json((one.expires_on)::text)::text, 'null') || ',"held_from":' || coalesce(to_json((one.held_from)::text)::text, 'null') || ',"held_on":' || coalesce(to_json((one.held_on)::text)::text, 'null') || ',"issued_at":' || to_json(to_char(one.issued_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text || ',"issued_by":' || coalesce(to_json((one.issued_by)::text)::text, 'null') || ',"minutes":' || coalesce((one.minutes)::text, 'null') || ',"number":' || coalesce(to_json((one.number)::text)::text, 'null') || ',"organisation":' || coalesce(to_json((one.organisation)::text)::text, 'null') || ',"person_id":' || coalesce((one.person_id)::text, 'null') || ',"person_name":' || coalesce(to_json((one.person_name)::text)::text, 'null') || ',"reason":' || coalesce(to_json((one.reason)::text)::text, 'null') || ',"result":' || coalesce(to_json((one.result)::text)::text, 'null') || ',"revision":' || coalesce((one.revision)::text, 'null') || ',"run_id":' || coalesce((one.run_id)::text, 'null') || ',"score":' || coalesce((one.score)::text, 'null') || ',"session_id":' || coalesce((one.session_id)::text, 'null') || ',"trainer_name":' || coalesce(to_json((one.trainer_name)::text)::text, 'null') || '}', 'UTF8')), 'hex'), 16); END $$;

CREATE OR REPLACE FUNCTION issue_certificate(of_course int, of_person int, ids int[], of_run int, since timestamptz, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE made certificates; zone text; course record; last record; BEGIN 
    SELECT coalesce((SELECT nullif(value, '') FROM settings WHERE key = 'zone'), 'Europe/London'), coalesce((SELECT nullif(value, '') FROM settings WHERE key = 'organisation'), 'My organisation')
        INTO zone, made.organisation;
    SELECT c.code, c.title, c.validity_months, c.requires_result INTO course FROM courses c WHERE c.id = of_course;
    SELECT p.employee_no, p.name INTO made.employee_no, made.person_name FROM people p WHERE p.id = of_person;
    SELECT s.session_id, s.enrollment_id, ((s.ends_at - interval '1 second') AT TIME ZONE zone)::date AS held_on
        INTO last FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)
        ORDER BY s.ends_at DESC, s.enrollment_id DESC LIMIT 1;
    IF course.requires_result THEN
        SELECT s.result, s.score INTO made.result, made.score FROM sittings(of_course, of_person) s
        WHERE s.enrollment_id = ANY (ids) ORDER BY s.day DESC, s.ends_at DESC, s.enrollment_id DESC LIMIT 1; END IF;

    SELECT jsonb_agg(jsonb_build_object('day', d.day, 'minutes', d.minutes, 'session', d.ref, 'trainer', d.trainer,
            'enrollment', d.enrollment_id) ORDER BY d.place), sum(d.minutes), (array_agg(d.day ORDER BY d.place))[1]
        INTO made.days, made.minutes, made.held_from
        FROM (SELECT s.enrollment_id, s.ref, s.trainer, (s.starts_at AT TIME ZONE zone)::date AS day,
            array_position(ids, s.enrollment_id) AS place, greatest(1,
            round(extract(epoch FROM s.ends_at - s.starts_at)::double precision / 60)::int) AS minutes
            FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)) d;
    SELECT string_agg(n.trainer, ', ' ORDER BY n.place) INTO made.trainer_name FROM (
        SELECT d.held->>'trainer' AS trainer, min(d.place) AS place FROM jsonb_array_elements(made.days)
        WITH ORDINALITY d(held, place) GROUP BY 1) n;

    made.id := nextval(pg_get_serial_sequence('certificates', 'id'));
    made.number := extract(year FROM last.held_on)::int || '-' || lpad(last.enrollment_id::text,
        greatest(6, length(last.enrollment_id::text)), '0');
    made.revision := 1 + coalesce((SELECT max(k.revision) FROM certificates k WHERE k.number = made.number), 0);
    made.person_id := of_person; made.course_id := of_course; made.session_id := last.session_id;
    made.run_id := of_run; made.held_on := last.held_on;
    made.expires_on := valid_until(last.held_on, course.validity_months);
    made.course_code := course.code; made.course_title := course.title;
    made.certified_at := coalesce(since, at); made.issued_at := at; made.issued_by := session_user;
    made.version := 1; made.created_at := at; made.updated_at := at;
made.checksum := checksum_of(made); INSERT INTO certificates SELECT made.*; END $$;

CREATE OR REPLACE FUNCTION sittings(of_course int, of_person int) RETURNS TABLE (enrollment_id int, session_id int, ref text, status text, starts_at timestamptz, ends_at timestamptz, trainer text, counts bool, result text, score int, run_id int, day int, length int) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ 
    SELECT e.id, s.id, s.ref, s.status, s.starts_at, s.ends_at, coalesce(t.name, ''),
        s.status = 'COMPLETED' AND e.state = 'confirmed' AND e.attendance = 'attended'
            AND e.result IS DISTINCT FROM 'failed',
        e.result, e.score, CASE WHEN s.status <> 'CANCELLED' THEN r.id END,
        CASE WHEN r.id IS NULL OR s.status = 'CANCELLED' THEN 1 ELSE
            (SELECT 1 + count(*)::int FROM sessions o WHERE o.run_id = r.id AND o.course_id = s.course_id AND o.deleted_at IS NULL AND o.status <> 'CANCELLED' AND (o.starts_at, o.id) < (s.starts_at, s.id)) END,
        CASE WHEN r.id IS NOT NULL THEN (SELECT count(*)::int FROM sessions o WHERE o.run_id = r.id AND o.course_id = s.course_id AND o.deleted_at IS NULL AND o.status <> 'CANCELLED') END
    FROM enrollments e JOIN sessions s ON s.id = e.session_id LEFT JOIN resources t ON t.id = s.trainer_id
    LEFT JOIN runs r ON r.id = s.run_id AND r.one_course AND r.course_id = s.course_id AND r.deleted_at IS NULL
    WHERE e.person_id = $2 AND s.course_id = $1 AND s.deleted_at IS NULL AND s.starts_at IS NOT NULL
        AND s.ends_at IS NOT NULL
 $$;

CREATE OR REPLACE FUNCTION end_certificate(of_id int, why text, at timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ UPDATE certificates SET withdrawn_at = $3, withdrawn_why = $2, version = version + 1, updated_at = $3 WHERE id = $1 $$;

CREATE OR REPLACE FUNCTION certify_person(of_course int, of_person int, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE asks bool; used int[] := '{}'; ids int[]; old certificates; one record; said record; standing int; is_open bool; others bool; fit int; is_changed bool := false; BEGIN SELECT requires_result INTO asks FROM courses WHERE id = of_course;
    FOR old IN SELECT * FROM certificates k WHERE k.course_id = of_course AND k.person_id = of_person
        AND k.withdrawn_at IS NULL ORDER BY k.id LOOP
        ids := ARRAY(SELECT (d.held->>'enrollment')::int FROM jsonb_array_elements(old.days)
            WITH ORDINALITY d(held, place) ORDER BY d.place);
        SELECT count(*) FILTER (WHERE s.counts AND NOT s.enrollment_id = ANY (used)),
            coalesce(bool_or(s.status <> 'COMPLETED'), false) INTO standing, is_open
            FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids);
        SELECT s.result, s.score INTO said FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)
            ORDER BY s.day DESC, s.ends_at DESC, s.enrollment_id DESC LIMIT 1;
        IF standing = 0 OR standing < cardinality(ids)
            OR (old.result IS NOT NULL AND said.result IS DISTINCT FROM 'passed')
        THEN PERFORM end_certificate(old.id, CASE WHEN is_open THEN 'reopened' ELSE 'corrected' END, at);
            is_changed := true; CONTINUE; END IF;
        used := used || ids;
        IF old.result IS NOT NULL AND (old.result, old.score) IS DISTINCT FROM (said.result, said.score)
        THEN PERFORM end_certificate(old.id, 'corrected', at);
            PERFORM issue_certificate(of_course, of_person, ids, old.run_id, old.certified_at, at);
            is_changed := true; END IF;
    END LOOP;

    FOR one IN SELECT s.enrollment_id FROM sittings(of_course, of_person) s WHERE s.counts AND s.run_id IS NULL
        AND NOT s.enrollment_id = ANY (used) AND (s.result = 'passed' OR NOT asks)
        ORDER BY s.starts_at, s.enrollment_id LOOP
        PERFORM issue_certificate(of_course, of_person, ARRAY[one.enrollment_id], NULL, NULL, at);
        used := used || one.enrollment_id; is_changed := true;
    END LOOP;

    FOREACH others IN ARRAY ARRAY[false, true] LOOP
        FOR one IN SELECT f.run_id, f.length FROM (SELECT DISTINCT ON (s.run_id) s.run_id, s.length, s.starts_at,
                s.enrollment_id FROM sittings(of_course, of_person) s WHERE s.counts AND s.run_id IS NOT NULL
                AND NOT s.enrollment_id = ANY (used) ORDER BY s.run_id, s.starts_at, s.enrollment_id) f
            ORDER BY f.starts_at, f.enrollment_id LOOP
            ids := '{}';
            FOR number IN 1 .. one.length LOOP
                SELECT s.enrollment_id INTO fit FROM sittings(of_course, of_person) s WHERE s.counts
                    AND s.run_id IS NOT NULL AND NOT s.enrollment_id = ANY (used) AND s.day = number
                    AND (others OR s.run_id = one.run_id) AND (number < one.length OR NOT asks OR s.result = 'passed')
                    ORDER BY s.run_id <> one.run_id, s.starts_at, s.enrollment_id LIMIT 1;
                EXIT WHEN NOT FOUND; ids := ids || fit;
            END LOOP;
            IF cardinality(ids) < one.length OR NOT EXISTS (SELECT FROM sittings(of_course, of_person) s
                WHERE s.enrollment_id = ANY (ids) AND s.run_id = one.run_id) THEN CONTINUE; END IF;
            ids := ARRAY(SELECT s.enrollment_id FROM sittings(of_course, of_person) s
                WHERE s.enrollment_id = ANY (ids) ORDER BY s.starts_at, s.enrollment_id);
            PERFORM issue_certificate(of_course, of_person, ids, one.run_id, NULL, at);
            used := used || ids; is_changed := true;
        END LOOP;
    END LOOP;
IF is_changed THEN PERFORM follow_compliance(of_course, of_person); END IF; END $$;

CREATE OR REPLACE FUNCTION certify_people(of_session int, people int[], at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE one record; BEGIN PERFORM facts_in_line(); FOR one IN SELECT DISTINCT s.course_id, e.person_id FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE s.id = of_session AND (people IS NULL OR e.person_id = ANY (people)) ORDER BY e.person_id LOOP PERFORM certify_person(one.course_id, one.person_id, at); END LOOP; END $$;

CREATE OR REPLACE FUNCTION lock_own_session(of_session int, with_people bool) RETURNS sessions LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; BEGIN 
        IF require_role('{administrator,supervisor,trainer,requester}') = 'requester' THEN
            PERFORM FROM sessions s JOIN booking_requests q ON q.id = s.booking_request_id
                WHERE s.id = of_session AND q.requested_by = session_user;
            IF NOT FOUND THEN PERFORM gate_refuse('not_allowed', '{"role": "requester", "why": "not_own_request"}');
            END IF;
        ELSE PERFORM require_own_session(of_session); END IF;
        IF with_people THEN PERFORM lock_seats(ARRAY[of_session], ARRAY(SELECT e.person_id FROM enrollments e
            WHERE e.session_id = of_session AND e.state IN ('confirmed', 'offered')));
        ELSE PERFORM FROM sessions WHERE id = of_session FOR NO KEY UPDATE; END IF;
        SELECT * INTO at_session FROM sessions WHERE id = of_session;
        IF at_session.id IS NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', '#' || of_session));
        ELSIF at_session.deleted_at IS NOT NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', at_session.ref,
                'why', 'in_trash'));
        END IF;
        RETURN at_session;
         END $$;

CREATE OR REPLACE FUNCTION require_version(at_session sessions, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE last record; BEGIN 
        IF seen IS NULL OR seen = at_session.version THEN RETURN; END IF;
        SELECT c.actor, c.at INTO last FROM change_rows r JOIN changes c ON c.id = r.change_id
            WHERE r.tbl = 'sessions' AND r.pk = at_session.id::text ORDER BY r.id DESC LIMIT 1;
        PERFORM gate_refuse('stale', jsonb_build_object('ref', at_session.ref, 'by', last.actor, 'at', last.at,
            'version', at_session.version));
         END $$;

CREATE OR REPLACE FUNCTION refuse_move(at_session sessions, verb text, wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', verb,
            'state', at_session.status, 'wanted', wanted) || CASE WHEN verb = 'complete'
            AND at_session.status = 'SCHEDULED' THEN jsonb_build_object('ends_at', at_session.ends_at)
            ELSE '{}' END);
         END $$;

CREATE OR REPLACE FUNCTION require_marked(of_session int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE lacking record; BEGIN 
        SELECT jsonb_agg(jsonb_build_object('code', 'not_marked', 'severity', 'red', 'subject', p.employee_no,
                'facts', jsonb_build_object('name', p.name)) ORDER BY p.sort_name, p.id) AS findings,
            jsonb_agg(p.name ORDER BY p.sort_name, p.id) AS names INTO lacking
            FROM enrollments e JOIN people p ON p.id = e.person_id WHERE e.session_id = of_session AND e.state = 'confirmed' AND e.attendance = 'registered';
        IF lacking.names IS NOT NULL THEN
            PERFORM gate_refuse('not_marked', jsonb_build_object('findings', lacking.findings, 'names', lacking.names,
                'ref', (SELECT ref FROM sessions WHERE id = of_session)));
        END IF;
         END $$;

CREATE OR REPLACE FUNCTION start_session(of_session int, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; BEGIN 
        at_session := lock_own_session(of_session, false);
        PERFORM require_version(at_session, seen);
        IF at_session.status <> 'SCHEDULED' THEN PERFORM refuse_move(at_session, 'start', 'IN_PROGRESS'); END IF;
        UPDATE sessions SET status = 'IN_PROGRESS', began_at = gate_now(), version = version + 1,
            updated_at = gate_now() WHERE id = of_session;
         END $$;

CREATE OR REPLACE FUNCTION complete_session(of_session int, seen int, rest_no_show bool) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE at_session sessions; instant timestamptz := gate_now(); BEGIN 
        PERFORM require_own_session(of_session);
        at_session := lock_own_session(of_session, true);
        PERFORM require_version(at_session, seen);
        IF NOT (at_session.status = 'IN_PROGRESS' OR (at_session.status = 'SCHEDULED'
            AND at_session.ends_at <= instant)) THEN PERFORM refuse_move(at_session, 'complete', 'COMPLETED'); END IF;
        IF rest_no_show THEN UPDATE enrollments e SET attendance = 'no_show', marked_at = instant,
            marked_by = session_user, version = version + 1, updated_at = instant WHERE e.session_id = of_session AND e.state = 'confirmed' AND e.attendance = 'registered'; END IF;
        PERFORM require_marked(of_session);
        DELETE FROM claims WHERE session_id = of_session;
        UPDATE sessions SET status = 'COMPLETED', finished_at = instant, version = version + 1, updated_at = instant
            WHERE id = of_session;
        UPDATE presences SET ended_at = instant, ended_why = 'out', version = version + 1, updated_at = instant
            WHERE session_id = of_session AND ended_at IS NULL;
        PERFORM certify_people(of_session, NULL, instant);
        PERFORM settle_stuck_now();
        RETURN instant;
         END $$;

CREATE OR REPLACE FUNCTION marks_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE one record; at_session sessions; BEGIN 
        IF me_role() IS DISTINCT FROM 'trainer' THEN RETURN NULL; END IF;
        PERFORM require_own_session(n.session_id) FROM o JOIN n ON n.id = o.id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by);
        IF NOT FOUND THEN RETURN NULL; END IF;
        PERFORM FROM sessions WHERE id IN (SELECT n.session_id FROM o JOIN n ON n.id = o.id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by)) ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (SELECT FROM o JOIN n ON n.id = o.id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by) AND n.marked_by IS DISTINCT FROM session_user AND NOT EXISTS (SELECT FROM change_rows r WHERE r.tbl = 'enrollments' AND r.pk = n.id::text AND (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by) IS NOT DISTINCT FROM (r.before->>'attendance', r.before->>'remarks', r.before->>'result', (r.before->>'score')::int, (r.before->>'marked_at')::timestamptz, r.before->>'marked_by'))) THEN
            PERFORM gate_refuse('not_allowed', '{"role": "trainer", "why": "not_own_session"}');
        END IF;
        SELECT s.* INTO at_session FROM o JOIN n ON n.id = o.id JOIN sessions s ON s.id = n.session_id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by) AND (s.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
            OR (n.state <> 'confirmed' AND n.state = o.state)) LIMIT 1;
        IF FOUND THEN PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', 'mark',
            'state', at_session.status, 'wanted', NULL, 'allowed', '{SCHEDULED,IN_PROGRESS,COMPLETED}'::text[]));
        END IF;
        SELECT s.* INTO at_session FROM o JOIN n ON n.id = o.id JOIN sessions s ON s.id = n.session_id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by) AND s.status = 'COMPLETED' AND n.attendance = 'registered' LIMIT 1;
        IF FOUND THEN PERFORM gate_refuse('bad_value', jsonb_build_object('field', 'attendance',
            'value', at_session.ref, 'why', 'stays_marked'));
        END IF;
        FOR one IN SELECT s.id, array_agg(n.person_id) AS people FROM o JOIN n ON n.id = o.id JOIN sessions s ON s.id = n.session_id WHERE (o.attendance, o.remarks, o.result, o.score, o.marked_at, o.marked_by) IS DISTINCT FROM (n.attendance, n.remarks, n.result, n.score, n.marked_at, n.marked_by) AND s.status = 'COMPLETED'
            GROUP BY s.id ORDER BY s.id LOOP
            PERFORM certify_people(one.id, one.people, gate_now());
        END LOOP;
        RETURN NULL;
         END $$;

CREATE OR REPLACE TRIGGER marks_follow AFTER UPDATE ON enrollments REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION marks_follow();

CREATE OR REPLACE FUNCTION ticks_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        IF me_role() IS DISTINCT FROM 'trainer' THEN RETURN NULL; END IF;
        PERFORM require_own_session(n.session_id) FROM n;
        PERFORM require_state(n.session_id, 'prepare', '{DRAFT,SCHEDULED,IN_PROGRESS}') FROM n;
        IF EXISTS (SELECT FROM n JOIN o ON o.id = n.id WHERE n.done_by IS DISTINCT FROM o.done_by
            AND n.done_by <> session_user AND NOT EXISTS (SELECT FROM change_rows r WHERE r.pk = n.id::text
            AND r.tbl = 'session_checklist_items' AND r.before->>'done_by' = n.done_by)) THEN
            PERFORM gate_refuse('not_allowed', '{"role": "trainer", "why": "not_own_session"}');
        END IF;
        RETURN NULL;
         END $$;

CREATE OR REPLACE TRIGGER ticks_follow AFTER UPDATE ON session_checklist_items REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION ticks_follow();

CREATE OR REPLACE FUNCTION people_in(of_session int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        PERFORM require_own_session(of_session);
        RETURN (SELECT jsonb_build_object('limit', v.occupancy_limit, 'capacity', s.capacity, 'present',
                (SELECT count(*) FROM presences p WHERE p.venue_id = s.venue_id AND p.ended_at IS NULL AND (p.lapses_at IS NULL OR p.lapses_at > gate_now())),
            'session_present', (SELECT count(*) FROM presences p WHERE p.session_id = s.id
                AND p.venue_id = s.venue_id AND p.ended_at IS NULL AND (p.lapses_at IS NULL OR p.lapses_at > gate_now())))
            FROM sessions s LEFT JOIN venues v ON v.id = s.venue_id WHERE s.id = of_session);
         END $$;

CREATE OR REPLACE FUNCTION passage_of(of_session int, of_person int, outcome text, accepted bool) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE entry record; seat record; walked_in bool; BEGIN 
        SELECT p.id INTO entry FROM presences p WHERE p.session_id = of_session AND p.person_id = of_person
            ORDER BY p.id LIMIT 1;
        SELECT r.before->>'state' AS stood, r.after->>'state' AS stands INTO seat
            FROM change_rows came JOIN change_rows r ON r.change_id = came.change_id AND r.tbl = 'enrollments'
            JOIN enrollments e ON e.id::text = r.pk AND e.session_id = of_session AND e.person_id = of_person
            WHERE came.tbl = 'presences' AND came.pk = entry.id::text AND came.before IS NULL ORDER BY r.id LIMIT 1;
        walked_in := FOUND AND (seat.stood, seat.stands) IS DISTINCT FROM ('offered', 'confirmed');
        RETURN (SELECT jsonb_build_object('presence_id', p.id, 'person_id', who.id, 'employee_no', who.employee_no,
                'name', who.name, 'outcome', outcome, 'entered_at', p.entered_at, 'left_at', p.ended_at,
                'walk_in', walked_in, 'accepted', accepted, 'venue_id', p.venue_id,
                'occupancy', people_in(of_session))
            FROM presences p JOIN people who ON who.id = p.person_id
            WHERE p.session_id = of_session AND p.person_id = of_person ORDER BY p.id DESC LIMIT 1);
         END $$;

CREATE OR REPLACE FUNCTION end_presence(of_presence int, instant timestamptz) RETURNS bool LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE why text; BEGIN 
        UPDATE presences p SET ended_at = least(instant, p.lapses_at), version = p.version + 1, updated_at = instant,
            ended_why = CASE WHEN p.lapses_at <= instant THEN 'lost' ELSE 'out' END
            WHERE p.id = of_presence AND p.ended_at IS NULL RETURNING p.ended_why INTO why;
        RETURN coalesce(why = 'out', false);
         END $$;

CREATE OR REPLACE FUNCTION enter_room(of_session int, of_person int, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        INSERT INTO presences (session_id, venue_id, person_id, entered_at, entered_by, lapses_at, created_at,
            updated_at) SELECT of_session, v.id, of_person, instant, session_user,
            instant + make_interval(secs => coalesce(v.presence_seconds, CASE WHEN v.kind = 'virtual' THEN coalesce((SELECT nullif(value, '')::int FROM settings WHERE key = 'presence_seconds'), 90) END)), instant, instant
            FROM sessions s JOIN venues v ON v.id = s.venue_id WHERE s.id = of_session;
         END $$;

CREATE OR REPLACE FUNCTION keep_alive(ids int[]) RETURNS int[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        PERFORM require_role('{administrator,supervisor,trainer}');
        WITH alive AS (UPDATE presences p SET lapses_at = gate_now() + make_interval(secs => coalesce(v.presence_seconds, CASE WHEN v.kind = 'virtual' THEN coalesce((SELECT nullif(value, '')::int FROM settings WHERE key = 'presence_seconds'), 90) END)) FROM venues v
            WHERE v.id = p.venue_id AND p.id = ANY (ids) AND p.ended_at IS NULL AND p.lapses_at > gate_now()
            AND (me_role() <> 'trainer' OR p.session_id IN (SELECT own_sessions())) RETURNING p.id)
        SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO ids FROM alive;
        RETURN ids;
         END $$;

CREATE OR REPLACE FUNCTION refuse_entry(of_session int, of_person int, finding jsonb, has_none bool, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE called text; BEGIN 
        SELECT p.name INTO called FROM people p WHERE p.id = of_person;
        IF finding ->> 'code' = 'room_full' AND has_none AND queue_moves(of_session, instant) THEN
            finding := finding || jsonb_build_object('fixes', jsonb_build_array(jsonb_build_object('code',
                'join_waitlist', 'facts', jsonb_build_object('person_id', of_person, 'person', called))));
        END IF;
        PERFORM gate_refuse(finding ->> 'code', jsonb_build_object('findings', jsonb_build_array(finding),
            'person', called));
         END $$;

CREATE OR REPLACE FUNCTION room_full(of_session int, people bigint, at_most int) RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT jsonb_build_object('code', 'room_full', 'severity', 'red', 'field', 'venue', 'subject', r.code, 'facts', jsonb_build_object('people', $2, 'capacity', $3, 'name', r.name)) FROM sessions s JOIN resources r ON r.id = s.venue_id WHERE s.id = $1 $$;

CREATE OR REPLACE FUNCTION require_room(of_session int, of_person int, has_none bool, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE said jsonb; nearest record; BEGIN 
        said := people_in(of_session);
        SELECT l.people, l.at_most INTO nearest FROM (VALUES
            ((said->>'present')::bigint, (said->>'limit')::int, 1),
            ((said->>'session_present')::bigint, (said->>'capacity')::int, 2)) l(people, at_most, place)
            WHERE l.at_most IS NOT NULL ORDER BY l.at_most - l.people, l.place LIMIT 1;
        IF FOUND AND nearest.people >= nearest.at_most THEN
            PERFORM refuse_entry(of_session, of_person, room_full(of_session, nearest.people, nearest.at_most),
                has_none, instant);
        END IF;
         END $$;

CREATE OR REPLACE FUNCTION give_seat_at_door(ids int[], of_session int, of_person int, seat text, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE answer jsonb; own jsonb; at_session record; BEGIN 
    IF seat = 'offered' THEN PERFORM confirm_offer(of_session, of_person, instant); RETURN; END IF;
    IF seat = 'waitlisted' THEN PERFORM take_out(of_session, of_person, NULL, instant); END IF;
    answer := seat_people(ids, of_session, ARRAY[of_person], instant) -> 0;
    IF answer ->> 'outcome' = 'enrolled' THEN RETURN; END IF;
    SELECT finding INTO own FROM jsonb_array_elements(answer -> 'findings') AS each (finding)
        WHERE finding ->> 'severity' = 'red' AND finding ->> 'code' <> 'session_full' LIMIT 1;
    SELECT s.seats_taken, s.capacity INTO at_session FROM sessions s WHERE s.id = of_session;
    PERFORM refuse_entry(of_session, of_person, coalesce(own, room_full(of_session, at_session.seats_taken,
        at_session.capacity)), coalesce(seat, 'withdrawn') = 'withdrawn', instant);
 END $$;

CREATE OR REPLACE FUNCTION check_in(of_session int, number text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE who record; room record; stay record; seat text; ids int[]; instant timestamptz := gate_now(); BEGIN 
    PERFORM require_own_session(of_session);
    SELECT p.id INTO who FROM people p WHERE p.employee_no = number AND p.active;
    IF NOT FOUND THEN PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'person', 'key', number)); END IF;
    ids := lock_scope(ARRAY[of_session], ARRAY[who.id], '{}', instant);
    PERFORM require_state(of_session, 'check_in', '{SCHEDULED,IN_PROGRESS}');
    SELECT s.venue_id INTO room FROM sessions s WHERE s.id = of_session;
    SELECT p.id, p.session_id, p.venue_id, p.lapses_at INTO stay FROM presences p
        WHERE p.person_id = who.id AND p.ended_at IS NULL;
    PERFORM FROM resources r WHERE r.id IN (room.venue_id, stay.venue_id) ORDER BY r.id FOR NO KEY UPDATE;
    IF stay.session_id = of_session AND stay.venue_id = room.venue_id
        AND (stay.lapses_at IS NULL OR stay.lapses_at > instant)
    THEN RETURN passage_of(of_session, who.id, 'already', false); END IF;
    UPDATE presences p SET ended_at = p.lapses_at, ended_why = 'lost', version = p.version + 1, updated_at = instant
        WHERE p.venue_id = room.venue_id AND p.ended_at IS NULL AND p.lapses_at <= instant;
    IF stay.id IS NOT NULL THEN PERFORM end_presence(stay.id, instant); END IF;
    SELECT CASE WHEN e.offer_until <= instant THEN 'withdrawn' ELSE e.state END INTO seat FROM enrollments e
        WHERE e.session_id = of_session AND e.person_id = who.id;
    PERFORM require_room(of_session, who.id, coalesce(seat, 'withdrawn') = 'withdrawn', instant);
    IF seat IS DISTINCT FROM 'confirmed' THEN
        PERFORM sweep_lapsed(ids, instant);
        PERFORM give_seat_at_door(ids, of_session, who.id, seat, instant);
    END IF;
    PERFORM enter_room(of_session, who.id, instant);
    RETURN passage_of(of_session, who.id, 'in', coalesce(seat = 'offered', false));
 END $$;

CREATE OR REPLACE FUNCTION check_out(of_session int, number text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE who record; stay record; walked bool; instant timestamptz := gate_now(); BEGIN 
    PERFORM require_own_session(of_session);
    SELECT p.id, p.name INTO who FROM people p WHERE p.employee_no = number AND p.active FOR NO KEY UPDATE;
    IF NOT FOUND THEN PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'person', 'key', number)); END IF;
    SELECT p.id, p.session_id, p.venue_id INTO stay FROM presences p WHERE p.person_id = who.id AND p.ended_at IS NULL;
    IF stay.session_id IS DISTINCT FROM of_session THEN
        IF NOT EXISTS (SELECT FROM presences p WHERE p.session_id = of_session AND p.person_id = who.id) THEN
            PERFORM require_state(of_session, 'check_out', '{SCHEDULED,IN_PROGRESS}');
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'presence', 'key',
                CASE WHEN who.id IN (SELECT own_people()) THEN who.name ELSE number END, 'why', 'never_in'));
        END IF;
        RETURN passage_of(of_session, who.id, 'was_out', false);
    END IF;
    PERFORM FROM resources r WHERE r.id = stay.venue_id FOR NO KEY UPDATE;
    walked := end_presence(stay.id, instant);
    RETURN passage_of(of_session, who.id, CASE WHEN walked THEN 'out' ELSE 'was_out' END, false);
 END $$;

CREATE OR REPLACE FUNCTION known_people(of_session int, key text, called text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        PERFORM require_own_session(of_session);
        RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('person_id', p.id, 'employee_no', p.employee_no,
                'name', p.name, 'department', p.department, 'site', p.site, 'job_role', p.job_role)
                ORDER BY p.sort_name, p.id), '[]') FROM people p
            WHERE p.active AND (p.sort_name = called OR lower(p.employee_no) = key
                OR (p.id IN (SELECT own_people()) AND strpos(p.search, key) > 0))
            AND NOT EXISTS (SELECT FROM enrollments e WHERE e.session_id = of_session AND e.person_id = p.id
                AND e.state <> 'withdrawn'));
         END $$;

CREATE OR REPLACE FUNCTION earlier_marks(of_session int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE of_course int; BEGIN 
        PERFORM require_own_session(of_session);
        SELECT o.course_id INTO of_course FROM sessions o WHERE o.id = of_session;
        RETURN jsonb_build_object('no_shows', (SELECT coalesce(jsonb_object_agg(m.person_id, m.times), '{}')
            FROM (SELECT e.person_id, count(*) AS times 
        FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.state = 'confirmed' AND e.attendance IN ('attended', 'no_show') AND s.id <> of_session
        AND s.deleted_at IS NULL AND s.status <> 'CANCELLED' AND e.person_id IN (SELECT h.person_id
            FROM enrollments h WHERE h.session_id = of_session AND h.state = 'confirmed')
     AND e.attendance = 'no_show' GROUP BY 1) m),
            'earlier', (SELECT coalesce(jsonb_agg(jsonb_build_array(m.person_id, m.ref, m.starts_at, m.attendance,
                m.result, m.score) ORDER BY m.starts_at DESC, m.id DESC), '[]')
            FROM (SELECT e.person_id, s.id, s.ref, s.starts_at, e.attendance, e.result, e.score,
                row_number() OVER (PARTITION BY e.person_id ORDER BY s.starts_at DESC, s.id DESC) AS place
                
        FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.state = 'confirmed' AND e.attendance IN ('attended', 'no_show') AND s.id <> of_session
        AND s.deleted_at IS NULL AND s.status <> 'CANCELLED' AND e.person_id IN (SELECT h.person_id
            FROM enrollments h WHERE h.session_id = of_session AND h.state = 'confirmed')
     AND s.course_id = of_course AND s.starts_at IS NOT NULL) m WHERE m.place <= 5));
         END $$;

CREATE OR REPLACE VIEW contacts_told WITH (security_barrier) AS SELECT c.person_id, CASE WHEN c.name IS NULL THEN NULL ELSE '(kept secret)' END AS name, CASE WHEN c.phone IS NULL THEN NULL ELSE '(kept secret)' END AS phone FROM contacts c;

CREATE OR REPLACE FUNCTION contact_of(person int) RETURNS TABLE (name text, phone text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF NOT (coalesce(me_role() IN ('administrator', 'supervisor'), false) OR (me_role() = 'trainer' AND EXISTS (SELECT FROM enrollments e WHERE e.person_id = $1 AND e.session_id IN (SELECT own_sessions()) AND e.state = 'confirmed'))) THEN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'not a person of an own session'; END IF; INSERT INTO contact_looks (person_id, looked_at, looked_by) VALUES (person, date_trunc('second', clock_timestamp()), session_user); RETURN QUERY SELECT c.name, c.phone FROM contacts c WHERE c.person_id = person; END $$;

CREATE OR REPLACE FUNCTION differing_names(numbers text[], said text[]) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT g.number FROM unnest($1, $2) g(number, said) LEFT JOIN people p ON p.employee_no = g.number LEFT JOIN contacts c ON c.person_id = p.id WHERE c.name IS DISTINCT FROM g.said $$;

CREATE OR REPLACE FUNCTION differing_phones(numbers text[], said text[]) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ SELECT g.number FROM unnest($1, $2) g(number, said) LEFT JOIN people p ON p.employee_no = g.number LEFT JOIN contacts c ON c.person_id = p.id WHERE c.phone IS DISTINCT FROM g.said $$;

CREATE OR REPLACE FUNCTION recount(what text, key int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF me_role() IS DISTINCT FROM 'administrator' THEN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'only an administrator counts again'; END IF; CASE what WHEN 'seats' THEN UPDATE sessions s SET seats_taken = n.seated + h.held, seats_offered = n.offered, seats_held = h.held, waiting = n.waiting FROM (SELECT count(*) FILTER (WHERE e.state IN ('confirmed', 'offered')) AS seated, count(*) FILTER (WHERE e.state = 'offered') AS offered, count(*) FILTER (WHERE e.state = 'waitlisted') AS waiting FROM enrollments e WHERE e.session_id = key) n, (SELECT coalesce(sum(seats), 0) AS held FROM seat_holds WHERE session_id = key AND ended_at IS NULL) h WHERE s.id = key; WHEN 'run' THEN UPDATE runs SET people_taken = (SELECT count(*) FROM run_seats r WHERE r.run_id = key AND r.seats > 0) WHERE id = key; INSERT INTO run_seats (run_id, person_id, seats) SELECT key, t.person_id, 0 FROM (SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state IN ('confirmed', 'offered') AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id) t WHERE NOT EXISTS (SELECT FROM run_seats r WHERE r.run_id = key AND r.person_id = t.person_id); UPDATE run_seats r SET seats = coalesce((SELECT t.seats FROM (SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state IN ('confirmed', 'offered') AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id) t WHERE t.person_id = r.person_id), 0) WHERE r.run_id = key AND r.seats > coalesce((SELECT t.seats FROM (SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state IN ('confirmed', 'offered') AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id) t WHERE t.person_id = r.person_id), 0); UPDATE run_seats r SET seats = coalesce((SELECT t.seats FROM (SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state IN ('confirmed', 'offered') AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id) t WHERE t.person_id = r.person_id), 0) WHERE r.run_id = key AND r.seats < coalesce((SELECT t.seats FROM (SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state IN ('confirmed', 'offered') AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id) t WHERE t.person_id = r.person_id), 0); WHEN 'group' THEN UPDATE groups SET members_taken = (SELECT count(*) FROM group_members m WHERE m.group_id = key) WHERE id = key; WHEN 'room' THEN UPDATE venues SET present = (SELECT count(*) FROM presences p WHERE p.venue_id = key AND p.ended_at IS NULL) WHERE id = key; END CASE; END $$;

CREATE OR REPLACE FUNCTION facts_in_line() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN PERFORM pg_advisory_xact_lock(7265332); END $$;

CREATE OR REPLACE FUNCTION is_attendance(before jsonb, after jsonb) RETURNS bool LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN 
        RETURN coalesce(before - '{attendance,remarks,result,score,marked_at,marked_by}'::text[] = after - '{attendance,remarks,result,score,marked_at,marked_by}'::text[], false)
            OR ((before->>'state' IS NOT DISTINCT FROM 'confirmed')
                <> (after->>'state' IS NOT DISTINCT FROM 'confirmed') AND (coalesce(before->>'state' = 'confirmed' AND before->>'attendance' = 'attended', false) OR coalesce(after->>'state' = 'confirmed' AND after->>'attendance' = 'attended', false)));
         END $$;

CREATE OR REPLACE FUNCTION require_untouched(of_change bigint, of_table text, key text, wanted jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE present jsonb; last record; BEGIN 
    EXECUTE format('SELECT to_jsonb(t) - %L::text[] FROM %I t WHERE t.id = %L', '{created_at,lapses_at,last_position,members_taken,people_taken,present,seats_held,seats_offered,seats_taken,skip_code,skip_ref,updated_at,version,waiting}', of_table, key)
        INTO present;
    IF present IS NOT DISTINCT FROM wanted THEN RETURN; END IF;
    SELECT c.actor, c.at, c.label INTO last FROM change_rows r JOIN changes c ON c.id = r.change_id
        WHERE r.tbl = of_table AND r.pk = key AND c.id > of_change ORDER BY r.id DESC LIMIT 1;
    PERFORM gate_refuse('stale', jsonb_build_object('why', 'changed_since', 'by', last.actor, 'at', last.at,
        'label', last.label));
 END $$;

CREATE OR REPLACE FUNCTION put_back(of_table text, key text, image jsonb, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$  BEGIN IF of_table = 'enrollments' AND image->>'attendance' = 'registered' AND image->>'state' = 'confirmed' AND EXISTS (SELECT FROM sessions s WHERE s.id = (image->>'session_id')::int AND s.status = 'COMPLETED') THEN PERFORM gate_refuse('stale', jsonb_build_object('why', 'completed_since', 'ref', (SELECT s.ref FROM sessions s WHERE s.id = (image->>'session_id')::int))); END IF; IF of_table = 'enrollments' AND image IS NOT NULL THEN UPDATE enrollments t SET session_id = r.session_id, person_id = r.person_id, state = r.state, position = r.position, attendance = r.attendance, remarks = r.remarks, enrolled_at = r.enrolled_at, enrolled_by = r.enrolled_by, withdrawn_at = r.withdrawn_at, withdrawn_by = r.withdrawn_by, offer_until = r.offer_until, promoted_at = r.promoted_at, promoted_by = r.promoted_by, withdrawn_why = r.withdrawn_why, result = r.result, score = r.score, marked_at = r.marked_at, marked_by = r.marked_by, version = t.version + 1, updated_at = instant FROM (SELECT (jsonb_populate_record(o, image)).* FROM enrollments o WHERE o.id = key::int) r WHERE t.id = r.id; ELSIF of_table = 'enrollments' THEN UPDATE enrollments t SET state = 'withdrawn', position = NULL, offer_until = NULL, withdrawn_at = instant, withdrawn_by = session_user, version = t.version + 1, updated_at = instant WHERE t.id = key::int; END IF; IF of_table = 'presences' AND image IS NOT NULL THEN UPDATE presences t SET session_id = r.session_id, venue_id = r.venue_id, person_id = r.person_id, entered_at = r.entered_at, entered_by = r.entered_by, ended_at = r.ended_at, ended_why = r.ended_why, version = t.version + 1, updated_at = instant FROM (SELECT (jsonb_populate_record(o, image)).* FROM presences o WHERE o.id = key::int) r WHERE t.id = r.id; ELSIF of_table = 'presences' THEN UPDATE presences t SET ended_at = instant, ended_why = 'out', version = t.version + 1, updated_at = instant WHERE t.id = key::int; END IF; IF of_table = 'session_checklist_items' AND image IS NOT NULL THEN UPDATE session_checklist_items t SET session_id = r.session_id, item_id = r.item_id, place = r.place, words = r.words, days_before = r.days_before, done_at = r.done_at, done_by = r.done_by, deleted_at = r.deleted_at, version = t.version + 1, updated_at = instant FROM (SELECT (jsonb_populate_record(o, image)).* FROM session_checklist_items o WHERE o.id = key::int) r WHERE t.id = r.id; ELSIF of_table = 'session_checklist_items' THEN UPDATE session_checklist_items t SET deleted_at = instant, version = t.version + 1, updated_at = instant WHERE t.id = key::int; END IF; END $$;

CREATE OR REPLACE FUNCTION follow_place(of_session int, of_person int, was jsonb, instant timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE stands record; clashes jsonb; BEGIN 
    SELECT e.state, e.attendance, s.status, s.ref INTO stands FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.session_id = of_session AND e.person_id = of_person;
    IF stands.state = 'withdrawn' THEN PERFORM leave_session(of_session, of_person, instant); END IF;
    IF stands.state IN ('confirmed', 'offered') AND NOT coalesce(was->>'state' IN ('confirmed', 'offered'), false) THEN
        SELECT jsonb_agg(f.found) INTO clashes FROM jsonb_array_elements(seat_clashes(of_session, of_person, instant))
            AS f (found) WHERE f.found->>'severity' = 'red';
        IF clashes IS NOT NULL THEN
            PERFORM gate_refuse('attendee_busy', jsonb_build_object('findings', clashes, 'ref', stands.ref));
        END IF;
    END IF;
 END $$;

CREATE OR REPLACE FUNCTION reverse_own(of_change bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE total int; own int; ids int[]; people int[]; locked int[]; at_session int; one record; instant timestamptz := gate_now(); BEGIN 
    PERFORM require_role('{administrator,supervisor,trainer}');
    SELECT count(*), count(*) FILTER (WHERE n.tbl = ANY ('{enrollments,presences,session_checklist_items}')
            AND (n.tbl <> 'enrollments' OR n.at_door OR is_attendance(n.before, n.after))
            AND n.at_session::int IN (SELECT own_sessions())),
        array_agg(DISTINCT n.at_session::int), coalesce(array_agg(DISTINCT n.of_person)
            FILTER (WHERE n.tbl = 'enrollments'), '{}') INTO total, own, ids, people FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before)->>'session_id' AS at_session,
        (coalesce(r.after, r.before)->>'person_id')::int AS of_person,
        coalesce(r.before->>'state' IN ('confirmed', 'offered'), false)
            OR (r.tbl = 'presences' AND r.before IS NOT NULL AND r.before->>'ended_at' IS NULL) AS comes_back,
        bool_or(r.tbl = 'presences') OVER () AS at_door
    FROM (SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
        (array_agg(c.after ORDER BY c.id DESC))[1] AS after FROM change_rows c WHERE c.change_id = of_change
        AND c.tbl <> 'certificates' GROUP BY c.tbl, c.pk) r
    WHERE r.before IS DISTINCT FROM r.after AND NOT coalesce(r.after->>'withdrawn_why' = 'lapsed' OR r.after->>'ended_why' = 'lost', false)
) n;
    IF total <> own OR NOT EXISTS (SELECT FROM changes c WHERE c.id = of_change AND c.actor = session_user) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'why', 'not_own_session'));
    END IF;
    IF total = 0 THEN RETURN; END IF;
    locked := lock_scope(ids, people, people, instant);
    FOR one IN 
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before)->>'session_id' AS at_session,
        (coalesce(r.after, r.before)->>'person_id')::int AS of_person,
        coalesce(r.before->>'state' IN ('confirmed', 'offered'), false)
            OR (r.tbl = 'presences' AND r.before IS NOT NULL AND r.before->>'ended_at' IS NULL) AS comes_back,
        bool_or(r.tbl = 'presences') OVER () AS at_door
    FROM (SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
        (array_agg(c.after ORDER BY c.id DESC))[1] AS after FROM change_rows c WHERE c.change_id = of_change
        AND c.tbl <> 'certificates' GROUP BY c.tbl, c.pk) r
    WHERE r.before IS DISTINCT FROM r.after AND NOT coalesce(r.after->>'withdrawn_why' = 'lapsed' OR r.after->>'ended_why' = 'lost', false)
 ORDER BY r.tbl, r.pk LOOP
        PERFORM require_untouched(of_change, one.tbl, one.pk, one.after);
    END LOOP;
    FOR one IN 
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before)->>'session_id' AS at_session,
        (coalesce(r.after, r.before)->>'person_id')::int AS of_person,
        coalesce(r.before->>'state' IN ('confirmed', 'offered'), false)
            OR (r.tbl = 'presences' AND r.before IS NOT NULL AND r.before->>'ended_at' IS NULL) AS comes_back,
        bool_or(r.tbl = 'presences') OVER () AS at_door
    FROM (SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
        (array_agg(c.after ORDER BY c.id DESC))[1] AS after FROM change_rows c WHERE c.change_id = of_change
        AND c.tbl <> 'certificates' GROUP BY c.tbl, c.pk) r
    WHERE r.before IS DISTINCT FROM r.after AND NOT coalesce(r.after->>'withdrawn_why' = 'lapsed' OR r.after->>'ended_why' = 'lost', false)
 ORDER BY 7, r.tbl DESC, r.pk LOOP
        PERFORM put_back(one.tbl, one.pk, one.before, instant);
        IF one.tbl = 'enrollments' THEN PERFORM follow_place(one.at_session::int, one.of_person, one.after, instant);
        END IF;
    END LOOP;
    FOREACH at_session IN ARRAY ids LOOP
        IF (SELECT s.status FROM sessions s WHERE s.id = at_session) = 'COMPLETED' AND people <> '{}' THEN
            PERFORM certify_people(at_session, people, instant);
        END IF;
    END LOOP;
    PERFORM settle_scope(locked, instant);
 END $$;

CREATE OR REPLACE FUNCTION take_back_place(of_change bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE me int := require_own_person(); instant timestamptz := gate_now(); ids int[]; locked int[]; one record; refused jsonb; BEGIN 
    
    IF NOT EXISTS (SELECT FROM changes WHERE id = of_change AND actor = session_user) THEN
        PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'change', 'key', of_change));
    END IF;

    ids := ARRAY(SELECT (n.image ->> 'session_id')::int FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n WHERE n.tbl = 'enrollments' ORDER BY 1);
    IF ids = '{}' OR EXISTS (SELECT FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n WHERE n.tbl NOT IN ('enrollments', 'tellings')
        OR n.tbl = 'enrollments' AND (n.image ->> 'person_id')::int <> me) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'verb', 'take_back_place'));
    END IF;
    locked := lock_scope(ids, ARRAY[me], ARRAY[me], instant);
    IF EXISTS (SELECT FROM sessions WHERE id = ANY (ids) AND (status <> 'SCHEDULED' OR starts_at <= instant)) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'verb', 'take_back_place'));
    END IF;
    FOR one IN SELECT * FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n WHERE n.tbl = 'enrollments' ORDER BY n.pk LOOP
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
 END $$;

CREATE OR REPLACE FUNCTION take_back_request(of_change bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$ DECLARE one record; mine text := require_role('{administrator,supervisor,requester}'); instant timestamptz := gate_now(); BEGIN 
        
    IF NOT EXISTS (SELECT FROM changes WHERE id = of_change AND actor = session_user) THEN
        PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'change', 'key', of_change));
    END IF;

        IF EXISTS (SELECT FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n WHERE n.tbl NOT IN ('booking_requests', 'booking_request_people')
            OR coalesce(n.image ->> 'booking_request_id', n.image ->> 'id')::int NOT IN (SELECT own_requests())) THEN
            PERFORM gate_refuse('not_allowed', jsonb_build_object('role', mine, 'verb', 'take_back_request'));
        END IF;
        PERFORM FROM booking_requests WHERE id IN (SELECT coalesce(n.image ->> 'booking_request_id',
            n.image ->> 'id')::int FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n) ORDER BY id FOR NO KEY UPDATE;
        SELECT decided_by, decided_at INTO one FROM booking_requests WHERE status NOT IN ('DRAFT', 'CANCELLED')
            AND id IN (SELECT coalesce(n.image ->> 'booking_request_id', n.image ->> 'id')::int FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n) LIMIT 1;
        IF FOUND THEN
            PERFORM gate_refuse('stale', jsonb_build_object('why', 'changed_since', 'by', one.decided_by,
                'at', one.decided_at));
        END IF;
        FOR one IN SELECT * FROM (
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before) AS image FROM (
        SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
            (array_agg(c.after ORDER BY c.id DESC))[1] AS after
        FROM change_rows c WHERE c.change_id = of_change GROUP BY c.tbl, c.pk
    ) r WHERE r.before IS DISTINCT FROM r.after AND coalesce(r.after ->> 'withdrawn_why', '') <> 'lapsed'
) n ORDER BY n.tbl DESC, n.pk LOOP
            IF one.tbl = 'booking_requests' THEN
                PERFORM require_untouched(of_change, one.tbl, one.pk, one.after);
                UPDATE booking_requests t SET course_id = r.course_id, trainer_id = r.trainer_id, venue_id = r.venue_id, run_id = r.run_id, starts_at = r.starts_at, ends_at = r.ends_at, people = r.people, reason = r.reason, status = r.status, requested_by = r.requested_by, requested_at = r.requested_at, decided_by = r.decided_by, decided_at = r.decided_at, decision_reason = r.decision_reason, session_id = r.session_id, into_run_id = r.into_run_id, version = t.version + 1, updated_at = instant FROM (SELECT (jsonb_populate_record(o, one.before)).*
                    FROM booking_requests o WHERE o.id = one.pk::int) r WHERE t.id = r.id AND one.before IS NOT NULL;
                UPDATE booking_requests t SET status = 'CANCELLED', decided_at = instant, version = t.version + 1, updated_at = instant
                    WHERE t.id = one.pk::int AND one.before IS NULL;
            ELSIF one.after IS NOT NULL THEN
                DELETE FROM booking_request_people WHERE person_id = (one.after ->> 'person_id')::int
                    AND booking_request_id = (one.after ->> 'booking_request_id')::int;
            ELSE
                INSERT INTO booking_request_people SELECT (jsonb_populate_record(NULL::booking_request_people,
                    one.before)).* ON CONFLICT DO NOTHING;
            END IF;
        END LOOP;
     END $$;
