"""Lets the database itself refuse two people in one seat at the same time, on SQLite and PostgreSQL alike."""

from django.db import migrations

MESSAGE = "two terms in one seat overlap"

_OVERLAPS = """EXISTS (
      SELECT 1 FROM participation_membership AS other
      WHERE other.seat_id = NEW.seat_id AND other.id IS DISTINCT FROM NEW.id
        AND other.from_on <= COALESCE(NEW.until_on, {forever})
        AND COALESCE(other.until_on, {forever}) >= NEW.from_on)"""

CREATE_SQLITE = [
    f"""CREATE TRIGGER terms_never_overlap_{when} BEFORE {when.upper()} ON participation_membership
    WHEN {_OVERLAPS.replace("IS DISTINCT FROM", "IS NOT").format(forever="'9999-12-31'")}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for when in ("insert", "update")
]
DROP_SQLITE = ["DROP TRIGGER terms_never_overlap_insert", "DROP TRIGGER terms_never_overlap_update"]

# The lock makes two transactions that write to one seat wait for each other: neither could see the other's row.
CREATE_POSTGRESQL = [
    f"""CREATE FUNCTION participation_terms_never_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('participation_membership'), NEW.seat_id::integer);
      IF {_OVERLAPS.format(forever="'infinity'::date")} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER terms_never_overlap BEFORE INSERT OR UPDATE ON participation_membership
    FOR EACH ROW EXECUTE FUNCTION participation_terms_never_overlap()""",
]
DROP_POSTGRESQL = [
    "DROP TRIGGER terms_never_overlap ON participation_membership",
    "DROP FUNCTION participation_terms_never_overlap()",
]


def _run(schema_editor, postgresql: list[str], sqlite: list[str]) -> None:
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


def guard(apps, schema_editor):
    _run(schema_editor, CREATE_POSTGRESQL, CREATE_SQLITE)


def unguard(apps, schema_editor):
    _run(schema_editor, DROP_POSTGRESQL, DROP_SQLITE)


class Migration(migrations.Migration):
    dependencies = [("participation", "0005_committees_meetings_and_digests")]

    operations = [migrations.RunPython(guard, unguard)]
