"""Every calendar of other projects' tests becomes drafts, becomes drafts in part with a list, or is refused in words."""

import time
from collections import Counter

from django.db import transaction

from learning_events.calendar.reading import Unreadable
from learning_events.domain.calendars import add_source, bring_in, look_again, problem_words, sentences
from learning_events.domain.calendars.source import Given
from learning_events.models import EventPage, ImportedEvent, Session
from participation.foundation.errors import Invalid
from tests.learning_events.calendar.files import read
from tests.learning_events.festivals import an_editor, make_festival

# Of the 117 that hold events, every third goes through the database; reading all of them is tested beside the reader.
EVERY = 3
MOST_SECONDS = 3.0  # a file's import on a busy machine; about 0.1 s on a quiet one


def test_calendars_of_others_come_in_whole_in_part_or_not_at_all(db, shared_data):
    festival, by = make_festival(), an_editor()
    # Older calendars, too: what is over for long is passed over otherwise.
    festival.starts_on = festival.starts_on.replace(year=1990)
    festival.save()
    outcome: Counter[str] = Counter()
    slowest = (0.0, "")

    for path in _sample(shared_data):
        content = path.read_bytes()
        began = time.process_time()
        with transaction.atomic():
            given = Given(content=content, file_name=path.name, any_day=True)
            source, look = add_source(festival, given, by=by)
            run = bring_in(source, by=by)
            events = ImportedEvent.objects.filter(source=source).count()
            assert events == EventPage.objects.child_of(festival).count() == run.counts["new"], path.name
            assert Session.objects.count() == run.counts["sessions"], path.name
            assert all(map(problem_words, run.problems)), path.name
            assert all(sentences(line) for line in run.differences if line["state"] == "left"), path.name
            assert look.counts["new"] == run.counts["new"] + run.counts["left"], path.name
            assert bring_in_again(source, content, by) == 0, path.name
            transaction.set_rollback(True)
        slowest = max(slowest, (time.process_time() - began, path.name))
        outcome["in part" if run.problems or run.counts["left"] else "whole"] += 1

    print(f"\n{dict(outcome)}; slowest {slowest[1]} {slowest[0]:.2f} s")
    assert set(outcome) == {"whole", "in part"}
    assert slowest[0] < MOST_SECONDS


def test_what_cannot_be_read_is_refused_in_words(db, shared_data):
    festival, by = make_festival(), an_editor()
    refused: list[tuple[str, str]] = []
    for path in sorted((shared_data / "events/ics").glob("*/*.ics"))[::EVERY]:
        if _readable(path):
            continue
        try:
            add_source(festival, Given(content=path.read_bytes(), file_name=path.name), by=by)
        except Invalid as refusal:
            refused.append((refusal.field, str(refusal.message)))
    assert len(refused) > 20
    assert {field for field, _words in refused} == {"file"}
    assert {words.rstrip("”")[-1] for _field, words in refused} == {"."}


def bring_in_again(source, content: bytes, by) -> int:
    """Return how many entries differ when the same file comes once more."""
    source.refresh_from_db()
    counts = look_again(source, by=by, given=Given(content=content, file_name="again.ics")).counts
    return counts["changed"] + counts["gone"]


def _sample(shared_data) -> list:
    files = sorted((shared_data / "events/ics").glob("*/*.ics"))
    return [path for path in files if _readable(path)][::EVERY]


def _readable(path) -> bool:
    try:
        return bool(read(path.read_bytes(), path.name).events)
    except Unreadable:
        return False
