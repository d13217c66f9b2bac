"""Databases for tests: migrated once, then copied for every worker and every run until a migration or a requirement changes.

`python -m tests.databases` makes the one that DATABASE_URL asks for, so that a gate can do it beside its checks.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "var" / "test-databases"


def key() -> str:
    """Return a short word for all that decides what a migrated database holds: migrations, requirements, settings."""
    files = [ROOT / "requirements" / "runtime.txt", ROOT / "site" / "learning_city" / "settings" / "base.py"]
    for folder in ("site", "participation", "budgeting", "mapping", "learning_events"):
        files += sorted((ROOT / folder).rglob("migrations/*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def use_copies(connection) -> Callable[[], None]:
    """Let the test database of this connection begin as a copy of the migrated one, made first where it is missing.

    Returns what is to be called when the tests are over.
    """
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_postgres(connection)
        return lambda: None
    name = connection.creation._get_test_db_name()
    if not connection.creation.is_in_memory_db(name):
        return lambda: None
    # One open connection keeps a shared database in memory alive until Django opens its own.
    memory = sqlite3.connect(name, uri=True)
    with closing(sqlite3.connect(migrated_sqlite())) as migrated:
        migrated.backup(memory)
    return memory.close


def migrated_sqlite() -> Path:
    """Return the file of the migrated database; the first who asks makes it."""
    wanted = KEPT_IN / f"{key()}.sqlite3"
    with _one_at_a_time():
        if not wanted.exists():
            for old in KEPT_IN.glob("*.sqlite3*"):
                old.unlink()
            making = wanted.with_suffix(".making")
            making.unlink(missing_ok=True)
            _migrate(f"sqlite:///{making}")
            making.rename(wanted)
    return wanted


def migrated_postgres(connection) -> str:
    """Return the name of the migrated database beside the one of DATABASE_URL; the first who asks makes it."""
    address = os.environ["DATABASE_URL"]
    family = f"test_{connection.settings_dict['NAME'].removeprefix('test_')}_migrated_"
    wanted = family + key()
    with _one_at_a_time(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
        there = {name for (name,) in cursor.fetchall()}
        if wanted not in there:
            making = f"{family}making"
            for old in there | {making}:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
            cursor.execute(f'CREATE DATABASE "{making}"')
            _migrate(address.rpartition("/")[0] + f"/{making}")
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{wanted}"')
    return wanted


# What no test changes stays: the kinds of content and the permissions on them are most of the rows.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
REMEMBER = f"""
DO $$ DECLARE name text; filled bool; BEGIN
  DROP SCHEMA IF EXISTS at_first CASCADE;
  CREATE SCHEMA at_first;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN {KEPT} LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE at_first.%I AS TABLE public.%I', name, name); END IF;
  END LOOP;
END $$"""
# Guards against DELETE rest meanwhile. They are put to rest and woken outside the transaction that deletes: PostgreSQL alters no
# table whose foreign keys it has yet to check, which it does at the end, so that the order does not matter.
GUARDS = """
DO $$ DECLARE name text; BEGIN
  FOR name IN
    SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
  LOOP EXECUTE format('ALTER TABLE public.%I {} TRIGGER USER', name); END LOOP;
END $$"""
BEGIN_AGAIN = f"""
DO $$ DECLARE name text; filled bool; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN {KEPT} LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'at_first' LOOP
    EXECUTE format('INSERT INTO public.%I SELECT * FROM at_first.%I', name, name);
  END LOOP;
END $$"""


def remember(connection) -> Callable[[], None]:
    """Keep what the database holds now, and return what brings it back there after tests that commit.

    Django's own way empties every table and makes all permissions anew; it takes seconds, and what migrations have put
    there is gone for all later tests.
    """
    if connection.vendor == "postgresql":

        def begin_again() -> None:
            with connection.cursor() as cursor:
                cursor.execute(GUARDS.format("DISABLE"))
                cursor.execute(BEGIN_AGAIN)
                cursor.execute(GUARDS.format("ENABLE"))

        with connection.cursor() as cursor:
            cursor.execute(REMEMBER)
        return begin_again
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(kept)

    def begin_again_in_memory() -> None:
        connection.ensure_connection()
        kept.backup(connection.connection)

    return begin_again_in_memory


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold up other workers of this run, and other runs in this folder."""
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    kind = "postgres" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    with (KEPT_IN / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(address: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "learning_city.settings.test",
    }
    subprocess.run(
        [sys.executable, "site/manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=environment,
        check=True,
    )


if __name__ == "__main__":
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_city.settings.test")
        from django.db import connection as default

        migrated_postgres(default)
    else:
        migrated_sqlite()
