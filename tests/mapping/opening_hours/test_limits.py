"""Long and strange text is answered at once (quadratic readers were a way to stop other sites)."""

import subprocess
import sys

import pytest

from mapping.opening_hours import NotUnderstood, check, open_at, understand

LONG = [" ", "0", "<", "&", "-", "(", "\n", "Mo", "Mo,", "9-", "9am-5pm ", "\u00a0", "﷽", "closed on x "]


@pytest.mark.parametrize("piece", LONG)
def test_a_hundred_kilobytes_are_refused_by_their_length(piece):
    text = piece * (100_000 // len(piece))

    for read in (understand, check):
        with pytest.raises(NotUnderstood) as refused:
            read(text)
        assert refused.value.reason == "too_long"
    assert len(refused.value.part) <= 80


def test_the_longest_texts_that_are_read_take_no_time():
    """In a process of its own with a limit, so that a reader without end fails instead of hanging."""
    program = (
        "from mapping.opening_hours import understand, NotUnderstood\n"
        f"for piece in {LONG!r} + ['Mon ', 'first ', 'April ', '(a', 'a:\\n', 'closed on ', '1 ', '1.', 'by ', 'Mo 9-10;']:\n"
        "    for text in (piece * (1000 // len(piece)), 'Mon 9-5 ' + piece * (900 // len(piece)) + '!'):\n"
        "        try: understand(text[:1000])\n"
        "        except NotUnderstood: pass\n"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


def test_many_strings_do_not_fill_the_memory():
    from datetime import UTC, datetime

    from mapping.opening_hours import timetable

    open_at(
        (f'Mo {n // 60:02}:{n % 60:02}-23:59 open "{n}"' for n in range(1000)),
        datetime(2026, 1, 1, tzinfo=UTC),
    )

    assert timetable._table.cache_info().maxsize == 4096


def test_it_imports_without_django():
    program = "import sys, mapping.opening_hours; sys.exit('django' in sys.modules)"

    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)
