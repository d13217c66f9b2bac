"""Reading and writing `.pb`: what is accepted, what is refused in which words, and nothing lost on the way."""

import io
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import (
    PabulibError,
    PabulibTables,
    RuleSpec,
    count,
    read_pabulib,
    tables_from,
    tables_of,
    write_pabulib,
)
from tests.budgeting.counting.elections import elections

FILE = '''META
key;value
description;"A small town; with a ""river"""
num_projects;3
num_votes;4
budget;1000.50
vote_type;approval
rule;greedy
future_key;kept
PROJECTS
project_id;cost;votes;name;selected;proposer
007;400;2;Library;1;Ann
7;600.25;1;"Garden; with bees";0;
x;100;1;עִבְרִית 🐝\u200b;1;Bo
VOTES
voter_id;vote;age
1;007;18-25
2;007,7;
3;x;40
4;;
'''


def changed(old: str, new: str) -> str:
    assert FILE.count(old) == 1, old
    return FILE.replace(old, new)


def error_of(source) -> PabulibError:
    with pytest.raises(PabulibError) as caught:
        read_pabulib(source)
    return caught.value


# Accepted --------------------------------------------------------------------------------------------------------


def test_an_election_is_read_with_ids_as_text_and_money_in_whole_units():
    election = read_pabulib(FILE).election

    assert [(p.id, p.cost, p.name) for p in election.projects] == [
        ("007", 40000, "Library"),
        ("7", 60025, "Garden; with bees"),
        ("x", 10000, "עִבְרִית 🐝\u200b"),
    ]
    assert (election.budget, election.money_scale, election.num_votes) == (100050, 100, 4)
    assert [(b.projects, b.points, b.count) for b in election.ballots] == [
        ((0,), (1,), 1),
        ((0, 1), (1, 1), 1),
        ((2,), (1,), 1),
        ((), (), 1),
    ]
    assert election.projects[0].column("proposer") == "Ann"
    assert dict(election.meta)["future_key"] == "kept"
    assert dict(election.meta)["description"] == 'A small town; with a "river"'


@pytest.mark.parametrize(
    "variant",
    [
        FILE.encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        FILE.replace("\n", "\r\n").encode(),
        FILE.replace("\n", "\r").encode(),
        FILE.replace("\n", "\r\n", 5).encode(),
        FILE.removesuffix("\n").encode(),
        FILE.replace("PROJECTS\n", "\n  \nprojects;;\n").encode(),
        FILE.replace("1000.50", "1000,50").encode(),
        FILE.replace("007,7", "007, 7").encode(),
    ],
    ids=["plain", "BOM", "CRLF", "CR", "mixed", "no last line end", "blank lines", "decimal comma", "space"],
)
def test_harmless_variants_read_alike(variant):
    assert read_pabulib(variant).election == read_pabulib(FILE).election


def test_paths_streams_text_and_bytes_read_alike(tmp_path):
    path = tmp_path / "town.pb"
    path.write_bytes(FILE.encode())

    sources = [path, str(path), FILE, FILE.encode(), io.BytesIO(FILE.encode())]

    assert len({read_pabulib(source).election.digest for source in sources}) == 1


def test_a_cell_may_hold_a_line_break_and_loose_quotation_marks():
    text = changed("Library", '"Library\nand ""café"""').replace("Ann", '"Odd" Ann, 5" tall')

    project = read_pabulib(text).election.projects[0]

    assert (project.name, project.column("proposer")) == ('Library\nand "café"', '"Odd" Ann, 5" tall')


def test_points_ranks_and_doubled_projects():
    votes = "VOTES\nvoter_id;vote;points\n1;007,7,007;3,2,1\n2;7;0\n"
    cumulative = changed("vote_type;approval", "vote_type;cumulative").split("VOTES")[0] + votes
    ordinal = changed("vote_type;approval", "vote_type;ordinal\nmax_length;3")
    scoring = cumulative.replace("vote_type;cumulative", "vote_type;scoring\ndefault_score;1")

    assert read_pabulib(cumulative).election.points == (4, 2, 0)
    assert read_pabulib(ordinal).election.points == (6, 2, 3)
    assert read_pabulib(scoring).election.points == (5, 2, 2)


def test_oddities_are_warned_about_and_counted():
    text = (
        changed("num_votes;4", "num_votes;5").replace("007;400;2", "007;400;9").replace("3;x;40", "3;x,x;40")
    )
    text = text.replace("rule;greedy", "min_length;1\nmax_length;1").replace("600.25", "0")

    messages = [str(warning) for warning in read_pabulib(text).warnings]

    assert messages == [
        "Line 14: The project costs nothing; it wins as soon as somebody supports it.",
        "Line 19: The ballot names fewer or more projects than allowed; it was counted. (and on 1 more lines)",
        "Line 20: The ballot names a project twice; it was counted once.",
        "Line 21: The ballot is empty; it counts as a voter who supports nothing.",
        "Line 5: num_votes says 5, the file has 4.",
        "META names no rule; it was taken as unknown.",
    ]


# Refused (F19, D13) ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("budget;1000.50\n", "", None, "budget", "META has no budget."),
        ("1000.50", "NaN", 6, "budget", "“NaN” is not an amount of zero or more."),
        ("1000.50", "0", 6, "budget", "The budget is zero."),
        ("1000.50", "-5", 6, "budget", "“-5” is not an amount of zero or more."),
        ("1000.50", "1e5", 6, "budget", "“1e5” is not an amount of zero or more."),
        ("1000.50", "١٢", 6, "budget", "“١٢” is not an amount of zero or more."),
        ("1000.50", "1" * 30, 6, "budget", "“" + "1" * 30 + "” has more than 15 digits."),
        ("1000.50", "0.1234567", 6, "budget", "“0.1234567” has more than 6 decimals."),
        ("600.25", "-600", 13, "cost", "“-600” is not an amount of zero or more."),
        ("600.25", "inf", 13, "cost", "“inf” is not an amount of zero or more."),
        ("600.25", "", 13, "cost", "The amount is missing."),
        ("7;600.25", "007;600.25", 13, "project_id", "The project id “007” was already used on line 12."),
        ("7;600.25", ";600.25", 13, "project_id", "The project has no id."),
        ("7;600.25", "7,8;600.25", 13, "project_id", "The project id “7,8” holds a comma."),
        ("3;x;40", "3;y;40", 19, "vote", "The ballot names the project “y”, which is not in PROJECTS."),
        ("3;x;40", "3;x,;40", 19, "vote", "The ballot has an empty place between two commas."),
        ("3;x;40", "2;x;40", 19, "voter_id", "The voter id “2” is used twice."),
        ("3;x;40", ";x;40", 19, "voter_id", "The voter has no id."),
        ("3;x;40", "3", 19, None, "The row has 1 cells, the header of VOTES has 3."),
        ("3;x;40", "3;x;40;more", 19, None, "The row has 4 cells, the header of VOTES has 3."),
        ("3;x;40", '3;"x;40', 19, None, "A quotation mark is opened and never closed."),
        ("3;x;40", "3;x;\0", 19, None, "The line holds a NUL character."),
        ("vote_type;approval", "vote_type;shouting", 7, "vote_type", "The vote type “shouting” is not known."),
        ("vote_type;approval\n", "", None, "vote_type", "META has no vote_type."),
        ("vote_type;approval", "vote_type;scoring", None, "points", "Ballots of the type scoring need a column points."),
        ("rule;greedy", "budget;5", 8, "budget", "The key “budget” is there twice."),
        ("rule;greedy", ";greedy", 8, "key", "The key is empty."),
        ("META\n", "", 1, None, "The file does not start with META."),
        ("PROJECTS\n", "VOTES\n", 10, None, "The section VOTES is not expected here."),
        ("key;value\n", "key;words\n", 2, "value", "The header of META has no column value."),
        ("project_id;cost", "project_id;price", 11, "cost", "The header of PROJECTS has no column cost."),
        ("voter_id;vote;age", "voter_id;vote;vote", 16, None, "The header of VOTES names a column twice."),
    ],
)  # fmt: skip
def test_bad_input_names_line_column_and_fix(old, new, line, column, words):
    error = error_of(changed(old, new))

    assert (error.line, error.column, error.message) == (line, column, words)
    assert error.fix.endswith((".", "…”.", "quotes."))
    assert str(error).endswith(f"{error.message} {error.fix}")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "The file is empty."),
        (b"\n\n", None, "The file is empty."),
        (FILE.encode("utf-16"), 1, "The file is stored as UTF-16."),
        (
            FILE.replace("Library", "Łazienki").encode("cp1250", "replace"),
            12,
            "Byte 11 of the line is not UTF-8.",
        ),
        (b"META\nPROJECTS\nVOTES\n", 2, "The section META is empty."),
        (FILE.split("VOTES")[0].encode(), 14, "The section VOTES is missing or has no header."),
        (b"%PDF-1.7\n", 1, "The file does not start with META."),
    ],
    ids=["empty", "blank", "UTF-16", "Windows", "empty sections", "cut off", "another format"],
)
def test_files_that_are_no_elections_are_refused(content, line, words):
    error = error_of(content)

    assert (error.line, error.message) == (line, words)


@pytest.mark.parametrize("points", ["3", "3,2,1", "3,-1", "3,x", "3,1.5", "3,9999999"])
def test_points_that_do_not_fit_the_ballot_are_refused(points):
    votes = f"VOTES\nvoter_id;vote;points\n1;007,7;{points}\n"
    text = changed("vote_type;approval", "vote_type;cumulative").split("VOTES")[0] + votes

    error = error_of(text)

    assert (error.line, error.column) == (17, "points")


def test_half_a_character_is_refused():
    assert error_of(FILE + "5;x;\ud800\n").message == "The text holds half a character."


def test_a_missing_file_is_an_ordinary_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_pabulib(tmp_path / "absent.pb")


@given(st.data())
@settings(deadline=None, max_examples=1000)
def test_mutated_files_are_read_or_refused_but_never_break(data):
    """D13: bytes cut, doubled, swapped and replaced; whatever is read can be counted and written."""
    content = bytearray(FILE.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 12))
        content[at : at + length] = data.draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(
                    [b";", b'"', b"\n", b",", b"-", b"NaN", b"VOTES\n", b"\xff", b"9" * 20, b"\r"]
                ),
                st.just(bytes(content[at : at + 3 * length])),
            )
        )

    try:
        parsed = read_pabulib(bytes(content))
    except PabulibError:
        return
    assert read_pabulib(write_pabulib(parsed)).tables == parsed.tables
    count(parsed.election, RuleSpec("equal-shares", completion="add1+utilitarian"))


def mutated(content: bytes, chance: Random) -> bytes:
    mutated = bytearray(content)
    for _ in range(chance.randint(1, 2)):
        at, length = chance.randrange(len(mutated)), chance.choice([0, 1, 1, 5, 200])
        mutated[at : at + length] = chance.choice(
            [
                b"",
                b"-",
                b'"',
                b";",
                b",",
                b"\n",
                b"\r",
                b"NaN",
                b"-1",
                b"0",
                b"1e9",
                b"\xff",
                b"\0",
                b"VOTES\n",
                content[:at][-300:],
            ]
        )
    return bytes(mutated)


def test_mutated_real_files_end_in_a_typed_error_or_a_count(shared_data):
    """D13: no other exception, and never more than a second for 100 kB."""
    chance = Random(13)
    files = [f for f in sorted((shared_data / "pabulib").glob("*.pb")) if f.stat().st_size < 40_000]
    ended = Counter()

    for path in files * 8:
        content = mutated(path.read_bytes(), chance)
        begun = time.process_time()
        try:
            parsed = read_pabulib(content)
        except PabulibError:
            ended["refused"] += 1
        else:
            outcome = count(parsed.election, RuleSpec("equal-shares", completion="utilitarian"))
            assert 0 <= outcome.total_cost <= outcome.budget
            ended["counted"] += 1
        assert time.process_time() - begun < 1

    assert min(ended["refused"], ended["counted"]) > 40


def test_rows_read_by_the_thousands_are_those_read_one_by_one(shared_data):
    """A quotation mark in the first ballot sends the whole section the slow way."""
    for path in sorted((shared_data / "pabulib").glob("*.pb")):
        if path.stat().st_size > 130_000:
            continue
        content = path.read_bytes()
        head, votes = content.split(b"VOTES", 1)
        start, header, row, rest = votes.split(b"\n", 3)
        slow = b"\n".join([start, header, b'"' + row.replace(b";", b'";', 1), rest])

        fast, slowly = read_pabulib(content), read_pabulib(head + b"VOTES" + slow)

        assert fast.tables == slowly.tables
        assert fast.election.digest == slowly.election.digest
        assert fast.warnings == slowly.warnings


# Written ---------------------------------------------------------------------------------------------------------


def test_a_canonical_file_is_written_back_byte_for_byte():
    assert write_pabulib(read_pabulib(FILE)) == FILE.encode()


def test_every_real_file_survives_reading_and_writing(shared_data):
    identical = 0
    for path in sorted((shared_data / "pabulib").glob("*.pb")):
        parsed = read_pabulib(path)
        written = write_pabulib(parsed)
        again = read_pabulib(written)
        assert (again.tables, again.election) == (parsed.tables, parsed.election), path.name
        assert write_pabulib(again) == written, path.name
        content = path.read_bytes().replace(b"\r\n", b"\n")
        identical += (content if content.endswith(b"\n") else content + b"\n") == written

    assert identical >= 83


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), CELLS)
@settings(deadline=None)
def test_any_text_survives_in_names_and_columns(names, description):
    """F20: right-to-left text, zero-width characters, emoji, quotation marks, semicolons, line breaks."""
    tables = tables_from(
        meta={"description": description, "budget": "10", "vote_type": "approval", "rule": "greedy"},
        projects=[
            {"project_id": str(number), "cost": "1", "name": name, "extra": extra}
            for number, (name, extra) in enumerate(names)
        ],
        votes=[{"voter_id": "1", "vote": "0"}],
    )

    assert read_pabulib(write_pabulib(tables)).tables == tables


def test_a_row_that_looks_like_a_section_is_quoted():
    tables = PabulibTables(
        (("budget", "1"),), ("project_id", "cost"), (("a", "1"),), ("voter_id",), (("VOTES",),)
    )

    assert write_pabulib(tables).endswith(b'voter_id\n"VOTES"\n')


@pytest.mark.parametrize("cell", ["a\0b", "\ud800"])
def test_a_cell_that_could_not_be_read_back_is_not_written(cell):
    tables = PabulibTables((("budget", cell),), ("project_id", "cost"), (), ("voter_id", "vote"), ())

    with pytest.raises(PabulibError):
        write_pabulib(tables)


def test_a_row_of_the_wrong_length_is_not_written():
    tables = PabulibTables((), ("project_id", "cost"), (("a",),), ("voter_id", "vote"), ())

    with pytest.raises(PabulibError):
        write_pabulib(tables)


@given(st.booleans().flatmap(lambda points: elections(points=points)))
@settings(deadline=None, max_examples=60)
def test_an_election_without_a_file_is_written_and_read_back(election):
    again = read_pabulib(write_pabulib(tables_of(election))).election

    assert again.digest == election.digest


def test_the_largest_real_election_is_read_with_modest_memory(shared_data):
    from tracemalloc import get_traced_memory, start, stop

    path: Path = shared_data / "pabulib" / "Poland_Wroclaw_2015_150_-_500.pb"
    start()
    parsed = read_pabulib(path)
    _, peak = get_traced_memory()
    stop()

    assert parsed.election.num_votes == 131_778
    assert len(parsed.election.ballots) == 197
    assert peak < 150_000_000
