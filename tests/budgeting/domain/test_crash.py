"""F1: a server that is killed in the middle of voting loses no vote it has acknowledged, and keeps no half one."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from budgeting import link_secret
from tests.budgeting.voting import ids, make_voting
from tests.factories import RegisterEntryFactory, VerifiedParticipantFactory

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-m", "tests.budgeting.domain.crash_voters"]


@pytest.fixture
def database(tmp_path, transactional_db):
    """The test's database as a file, to be filled by other processes."""
    if connection.vendor != "sqlite":
        pytest.skip("this storm is about SQLite's file; on PostgreSQL the server keeps what is committed")
    return tmp_path / "city.sqlite3"


@pytest.mark.django_db(transaction=True)
def test_f1_kill_9_in_a_storm_of_votes_loses_nothing_acknowledged(database):
    area = make_voting()
    home = RegisterEntryFactory()
    entries = [RegisterEntryFactory(neighbourhood=home.neighbourhood) for _voter in range(600)]
    people = [VerifiedParticipantFactory(register_entry=entry).pk for entry in entries]
    with sqlite3.connect(database) as copy:
        connection.connection.backup(copy)
    copy.close()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learning_city.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "DATABASE_URL": f"sqlite:///{database}",
        "BALLOT_SECRETS_DIR": str(settings.BALLOT_SECRETS_DIR),
    }
    chosen = ",".join(map(str, ids(area, 0, 2)))

    acknowledged: dict[int, str] = {}
    for kill_after in (12, 25):
        # Everybody presses again after a crash: whoever was stored gets the same receipt.
        voters = ",".join(map(str, people))
        with subprocess.Popen(
            [*PROGRAM, str(area.pk), chosen, voters],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as server:
            for _line in range(kill_after):
                voter, tracker = server.stdout.readline().split()
                assert acknowledged.setdefault(int(voter), tracker) == tracker
            server.send_signal(signal.SIGKILL)
            for line in server.stdout.read().splitlines():
                if len(words := line.split()) == 2 and len(words[1]) == 32:
                    acknowledged[int(words[0])] = words[1]

    with sqlite3.connect(database) as after:
        stored = [
            row[0] for row in after.execute("SELECT tracker_digest FROM budgeting_ballot WHERE is_current")
        ]
        ballots, lines, events, submissions, voted, linked = (
            after.execute(question).fetchone()[0]
            for question in (
                "SELECT count(*) FROM budgeting_ballot",
                "SELECT count(*) FROM budgeting_ballotline",
                "SELECT count(*) FROM budgeting_ballotevent WHERE kind = 'cast'",
                "SELECT count(*) FROM budgeting_submission",
                "SELECT count(*) FROM budgeting_rollentry WHERE voted_on IS NOT NULL",
                "SELECT count(DISTINCT link_key) FROM budgeting_ballot",
            )
        )
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    after.close()
    assert len(acknowledged) >= 25
    assert {link_secret.tracker_digest(tracker) for tracker in acknowledged.values()} <= set(stored)
    assert len(stored) == ballots == events == submissions == voted == linked
    assert lines == 2 * ballots
    assert len(acknowledged) <= ballots < len(people)
