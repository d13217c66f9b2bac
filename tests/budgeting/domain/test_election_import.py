"""Importing real elections: all of a file, or a refusal that names the line and the fix (F19, D13)."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from budgeting.counting import read_pabulib
from budgeting.domain.count import recount
from budgeting.domain.election_export import export_election
from budgeting.domain.election_file import content_of
from budgeting.domain.election_import import import_election
from budgeting.enums import BallotStyle, CountingRule, ProjectStatus
from budgeting.models import (
    Ballot,
    BallotBox,
    BallotLine,
    Count,
    ElectionFile,
    ParticipatoryBudget,
    Project,
    ProjectResult,
)
from budgeting.queries.budget import standing_of
from participation.foundation.errors import Conflict, Invalid
from tests.budgeting.elections import SMALL, import_small, root_page

VARIED = {
    # A file for each kind of ballot and each quirk: file name -> style, projects, ballots.
    "Poland_Wieliczka_2023_Green_Budget.pb": (BallotStyle.APPROVAL, 64, 6586),
    "Netherlands_Amsterdam_643.pb": (BallotStyle.APPROVAL, 3, 66),
    "Poland_Gdansk_2020_Siedlce.pb": (BallotStyle.POINTS, 16, 993),
    "Poland_Krakow_2025_Zwierzyniec.pb": (BallotStyle.RANKING, 40, 1895),
    "Poland_Warszawa_2017_Mlynow.pb": (BallotStyle.KNAPSACK, 25, 1438),
    "Hungary_Budapest_2023_VIII_Jozsefvaros.pb": (BallotStyle.APPROVAL, 40, 918),
    "Worldwide_Mechanical_Turk_Utilities_3.pb": (BallotStyle.POINTS, 10, 74),
}


def rows() -> dict[str, int]:
    models = [
        ParticipatoryBudget,
        Page,
        Project,
        BallotBox,
        Ballot,
        BallotLine,
        ElectionFile,
        Count,
        ProjectResult,
    ]
    return {model.__name__: model.objects.count() for model in models}


def test_a_file_becomes_a_finished_budget(db):
    made = import_small()

    budget, box = made.budget, made.budget.ballot_box
    assert (budget.title, budget.slug, budget.currency, budget.is_imported) == (
        "Smallville, 2021",
        "smallville-2021",
        "EUR",
        True,
    )
    assert standing_of(budget).stage == "published"
    assert standing_of(budget).has_result
    area = budget.areas.get()
    assert (area.amount_cents, area.max_choices, area.rule) == (1000_50, 3, CountingRule.GREEDY)
    assert list(budget.projects.order_by("pk").values_list("code", "title", "cost_cents", "status")) == [
        ("A1", "Reading room", 600_00, ProjectStatus.FUNDED),
        ("A2", "Bread; and tea", 400_50, ProjectStatus.FUNDED),
        ("A10", '=HYPERLINK("http://evil.example")', 500_00, ProjectStatus.NOT_FUNDED),
        ("B", "Empty hall", 100_00, ProjectStatus.NOT_FUNDED),
    ]
    assert (box.participants, box.eligible) == (12, None)
    assert Ballot.objects.filter(box=box).count() == 12
    assert BallotLine.objects.filter(ballot__box=box).count() == 20
    assert None not in (box.sealed_at, box.counted_at, box.published_at, box.secret_destroyed_at)
    assert Ballot.objects.filter(box=box).values_list("cast_on", flat=True).distinct().get() == dt.date(
        2021, 3, 14
    )


def test_it_is_counted_under_its_own_rule_and_under_equal_shares(db):
    box = import_small().budget.ballot_box

    official, other = box.counts.order_by("-is_official")
    assert (official.rule["rule"], other.rule["rule"]) == ("greedy", "equal-shares")
    assert official.spent_cents == 1000_50
    assert official.comparison["official"]["kind"] == "same"
    assert [line.project.code for line in official.results.filter(is_funded=True)] == ["A1", "A2"]


def test_our_winners_are_set_beside_the_official_ones(db):
    made = import_small(SMALL.replace("Reading room;1", "Reading room;0"))

    told = made.budget.ballot_box.counts.get(is_official=True).comparison["official"]
    assert (told["same"], told["only_ours"], told["only_official"]) == (False, ["A1"], [])
    assert made.comparison == "The winners differ, and the file gives no reason."


def test_the_slug_is_free_or_refused(db):
    import_small()

    assert import_small().budget.slug == "smallville-2021-2"
    with pytest.raises(Conflict, match="already a page"):
        import_small(slug="smallville-2021")


def test_it_goes_below_any_page(db):
    parent = root_page().add_child(instance=Page(title="Elections", slug="elections"))

    made = import_election(SMALL.encode(), parent=parent)

    assert made.budget.get_parent().pk == parent.pk
    assert made.budget.url == "/elections/smallville-2021/"


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("1000.50", "1000.505"), 10, "more than two decimals"),
        (("A2;400.50", "A2;400.505"), 20, "more than two decimals"),
        (("date_begin;01.03.2021", "date_begin;soon"), 13, "is not a date"),
        (("date_end;14.03.2021", "date_end;14.02.2021"), 14, "ends before it begins"),
        (("date_end;14.03.2021", "date_end;31.12.2999"), 14, "not over yet"),
        (("currency;EUR", "currency;euros"), 16, "three letters"),
        (("B;100", "B" * 61 + ";100"), 22, "more than 60 characters"),
        (("B;100;0", "A1;100;0"), 22, "already used on line 19"),
        (("B;100;0", "B;-100;0"), 22, "not an amount"),
        (("B;100;0", "B;NaN;0"), 22, "not an amount"),
        (("11;A2,A10", "11;A2,A11"), 35, "not in PROJECTS"),
        (("VOTES\n", ""), 35, "VOTES is missing"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_line_and_fix(db, change, line, words):
    before = rows()
    assert change[0] in SMALL

    with pytest.raises(Invalid, match=words) as refusal:
        import_small(SMALL.replace(*change))

    assert refusal.value.details["line"] == line
    assert refusal.value.details["fix"]
    assert f"Line {line}" in str(refusal.value.message)
    assert rows() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"META", SMALL.encode("utf-16"), SMALL.replace("tea", "th\xe9").encode("latin-1")],
)
def test_other_encodings_and_empty_files_are_refused(db, content):
    before = rows()

    with pytest.raises(Invalid) as refusal:
        import_election(content, parent=root_page())

    assert refusal.value.details["fix"]
    assert rows() == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_mutated_files_are_imported_or_refused_in_words(db, data):
    content = bytearray(SMALL.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"", b";", b"\r", b"\n", b'"', b"\xff", b"\x00", b"-", b"1e9", b",", b"9" * 30])
        )
        content[at : at + data.draw(st.integers(0, 3))] = piece
    before = rows()

    try:
        import_election(bytes(content), parent=root_page())
    except Invalid:
        assert rows() == before
    else:
        assert rows()["ParticipatoryBudget"] == before["ParticipatoryBudget"] + 1


def test_a_fault_in_the_count_leaves_nothing(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("budgeting.domain.election_import.open_result", fail)
    before = rows()

    with pytest.raises(RuntimeError):
        import_small()

    assert rows() == before


@pytest.mark.parametrize("name", VARIED)
def test_real_files_are_imported_recounted_and_given_back(db, shared_data, name):
    style, projects, ballots = VARIED[name]
    content = (shared_data / "pabulib" / name).read_bytes()

    made = import_election(content, parent=root_page())

    box = made.budget.ballot_box
    assert (made.budget.areas.get().ballot_style, made.projects, made.ballots) == (style, projects, ballots)
    assert [again.same for again in recount(box)] == [True, True]
    given_back = export_election(box)
    assert given_back.content == content_of(box.files.get(kind="ballots"))
    assert sections(given_back.content)[:2] == sections(content)[:2]
    assert len(sections(given_back.content)[2]) == ballots


def test_every_small_shared_file_is_imported(db, shared_data):
    files = [path for path in sorted((shared_data / "pabulib").glob("*.pb")) if path.stat().st_size < 20_000]

    titles = {import_election(path.read_bytes(), parent=root_page()).budget.title for path in files}

    assert len(files) > 10
    assert len(titles) == len(files)


def sections(content: bytes) -> list:
    """META, PROJECTS and VOTES of a file as rows of cells."""
    tables = read_pabulib(content).tables
    return [tables.meta, (tables.project_columns, tables.project_rows), tables.vote_rows]
