"""Puts into the database itself what must never be false of a ballot box, on SQLite and PostgreSQL alike."""

from django.db import migrations

MESSAGES = {
    "line": "a ballot may only name projects of its own area",
    "log": "the log of a ballot box may only grow",
    "seal": "the ballot box is sealed",
}

CREATE_SQLITE = (
    [
        f"""CREATE TRIGGER ballot_line_of_its_area_{when} BEFORE {when.upper()} ON budgeting_ballotline
    WHEN (SELECT area_id FROM budgeting_ballot WHERE id = NEW.ballot_id)
      IS NOT (SELECT area_id FROM budgeting_project WHERE id = NEW.project_id)
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["line"]}'); END"""
        for when in ("insert", "update")
    ]
    + [
        f"""CREATE TRIGGER ballot_log_only_grows_{when} BEFORE {when.upper()} ON budgeting_ballotevent
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["log"]}'); END"""
        for when in ("update", "delete")
    ]
    + [
        f"""CREATE TRIGGER ballot_not_after_the_seal BEFORE INSERT ON budgeting_ballot
    WHEN (SELECT sealed_at FROM budgeting_ballotbox WHERE id = NEW.box_id) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["seal"]}'); END"""
    ]
)
DROP_SQLITE = [
    "DROP TRIGGER ballot_line_of_its_area_insert",
    "DROP TRIGGER ballot_line_of_its_area_update",
    "DROP TRIGGER ballot_log_only_grows_update",
    "DROP TRIGGER ballot_log_only_grows_delete",
    "DROP TRIGGER ballot_not_after_the_seal",
]

CREATE_POSTGRESQL = [
    f"""CREATE FUNCTION budgeting_line_of_its_area() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT area_id FROM budgeting_ballot WHERE id = NEW.ballot_id)
         IS DISTINCT FROM (SELECT area_id FROM budgeting_project WHERE id = NEW.project_id) THEN
        RAISE EXCEPTION '{MESSAGES["line"]}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION budgeting_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{MESSAGES["log"]}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION budgeting_not_after_the_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT sealed_at FROM budgeting_ballotbox WHERE id = NEW.box_id) IS NOT NULL THEN
        RAISE EXCEPTION '{MESSAGES["seal"]}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER ballot_line_of_its_area BEFORE INSERT OR UPDATE ON budgeting_ballotline
    FOR EACH ROW EXECUTE FUNCTION budgeting_line_of_its_area()""",
    """CREATE TRIGGER ballot_log_only_grows BEFORE UPDATE OR DELETE ON budgeting_ballotevent
    FOR EACH ROW EXECUTE FUNCTION budgeting_log_only_grows()""",
    """CREATE TRIGGER ballot_not_after_the_seal BEFORE INSERT ON budgeting_ballot
    FOR EACH ROW EXECUTE FUNCTION budgeting_not_after_the_seal()""",
]
DROP_POSTGRESQL = [
    "DROP TRIGGER ballot_line_of_its_area ON budgeting_ballotline",
    "DROP TRIGGER ballot_log_only_grows ON budgeting_ballotevent",
    "DROP TRIGGER ballot_not_after_the_seal ON budgeting_ballot",
    "DROP FUNCTION budgeting_line_of_its_area",
    "DROP FUNCTION budgeting_log_only_grows",
    "DROP FUNCTION budgeting_not_after_the_seal",
]


def run(statements):
    def apply(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0001_initial")]
    operations = [
        migrations.RunPython(
            run({"sqlite": CREATE_SQLITE, "postgresql": CREATE_POSTGRESQL}),
            run({"sqlite": DROP_SQLITE, "postgresql": DROP_POSTGRESQL}),
        )
    ]
