"""Puts into the database itself what must never be false of a vote, on SQLite and PostgreSQL alike.

What is voted on stays as it was when the vote began, and there are votes only while one is on.
"""

from django.db import migrations

MESSAGES = {
    "text": "the vote on this motion has begun; its text stays as it is",
    "vote": "there is no vote on this motion now",
    "secret": "a secret ballot stays as it was cast",
}
_FIXED = ("title", "text", "base_text", "amends_id")
# A seat that is abolished or a candidate who leaves may be taken out, but not exchanged.
_FORGOTTEN = ("elects_seat_id", "candidate_id")
_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_CHANGED = {
    vendor: " OR ".join(
        [
            *(f"NEW.{name} {differs} OLD.{name}" for name in _FIXED),
            *(f"(NEW.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in _FORGOTTEN),
        ]
    )
    for vendor, differs in _DIFFERS.items()
}
_VOTES = ("participation_motionvote", "participation_secretballot")

CREATE_SQLITE = [
    f"""CREATE TRIGGER motion_stays_as_voted BEFORE UPDATE ON participation_motion
    WHEN OLD.vote_opened_at IS NOT NULL AND NEW.vote_opened_at IS NOT NULL AND ({_CHANGED["sqlite"]})
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["text"]}'); END""",
    *(
        f"""CREATE TRIGGER vote_while_one_is_on_{table} BEFORE INSERT ON {table}
    WHEN (SELECT state FROM participation_motion WHERE id = NEW.motion_id) IS NOT 'voting'
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["vote"]}'); END"""
        for table in _VOTES
    ),
    f"""CREATE TRIGGER secret_ballot_stays BEFORE UPDATE ON participation_secretballot
    BEGIN SELECT RAISE(ABORT, '{MESSAGES["secret"]}'); END""",
]
DROP_SQLITE = [
    "DROP TRIGGER motion_stays_as_voted",
    *(f"DROP TRIGGER vote_while_one_is_on_{table}" for table in _VOTES),
    "DROP TRIGGER secret_ballot_stays",
]

CREATE_POSTGRESQL = [
    f"""CREATE FUNCTION participation_motion_stays_as_voted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.vote_opened_at IS NOT NULL AND NEW.vote_opened_at IS NOT NULL AND ({_CHANGED["postgresql"]}) THEN
        RAISE EXCEPTION '{MESSAGES["text"]}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION participation_vote_while_one_is_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM participation_motion WHERE id = NEW.motion_id) IS DISTINCT FROM 'voting' THEN
        RAISE EXCEPTION '{MESSAGES["vote"]}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION participation_secret_ballot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{MESSAGES["secret"]}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER motion_stays_as_voted BEFORE UPDATE ON participation_motion
    FOR EACH ROW EXECUTE FUNCTION participation_motion_stays_as_voted()""",
    *(
        f"""CREATE TRIGGER vote_while_one_is_on BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION participation_vote_while_one_is_on()"""
        for table in _VOTES
    ),
    """CREATE TRIGGER secret_ballot_stays BEFORE UPDATE ON participation_secretballot
    FOR EACH ROW EXECUTE FUNCTION participation_secret_ballot_stays()""",
]
DROP_POSTGRESQL = [
    "DROP TRIGGER motion_stays_as_voted ON participation_motion",
    *(f"DROP TRIGGER vote_while_one_is_on ON {table}" for table in _VOTES),
    "DROP TRIGGER secret_ballot_stays ON participation_secretballot",
    "DROP FUNCTION participation_motion_stays_as_voted",
    "DROP FUNCTION participation_vote_while_one_is_on",
    "DROP FUNCTION participation_secret_ballot_stays",
]


def run(statements):
    def apply(apps, schema_editor):
        for statement in statements.get(schema_editor.connection.vendor, []):
            schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("participation", "0006_guard_terms")]
    operations = [
        migrations.RunPython(
            run({"sqlite": CREATE_SQLITE, "postgresql": CREATE_POSTGRESQL}),
            run({"sqlite": DROP_SQLITE, "postgresql": DROP_POSTGRESQL}),
        )
    ]
