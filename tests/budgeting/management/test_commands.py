"""Importing, exporting and counting again from the command line."""

import pytest
from django.core.management import CommandError, call_command

from budgeting.models import ParticipatoryBudget
from tests.budgeting.elections import SMALL, counted_box, import_small, published_box

VOTES = [*[(0, 1)] * 4, (2,)]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "small.pb"
    path.write_text(SMALL)
    return path


def test_import_says_what_it_made(db, file, capsys):
    call_command("import_election", file, "--slug", "small")

    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "Smallville, 2021: 4 projects, 12 ballots.",
        "Our count under the rule “greedy” names exactly the official winners.",
        "/small/",
    ]
    assert "Read 12 ballots and 4 projects." in said.err


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (
            ("1000.50", "1000.505"),
            [],
            "small.pb: Line 10, column budget: “1000.505” has more than two decimals",
        ),
        (("", ""), ["--parent", "/nowhere/"], "There is no page /nowhere/"),
        (("", ""), ["--parent", "999999"], "There is no page 999999"),
    ],
)
def test_import_refuses_in_words_and_changes_nothing(db, file, change, options, words):
    if change[0]:
        file.write_text(SMALL.replace(*change))

    with pytest.raises(CommandError, match=words) as refusal:
        call_command("import_election", file, *options)

    assert refusal.value.returncode == 1
    assert not ParticipatoryBudget.objects.exists()


def test_import_of_no_file(db, tmp_path):
    with pytest.raises(CommandError, match="could not be opened"):
        call_command("import_election", tmp_path / "none.pb")


def test_recount_says_that_it_is_the_same(officer, capsys):
    box = published_box(officer, *VOTES)

    call_command("recount", box.budget.url)

    said = capsys.readouterr().out
    assert said.count("the same, byte for byte") == 2
    assert said.endswith("Every count is the same as published.\n")


def test_recount_says_that_it_differs(officer, capsys):
    box = published_box(officer, *VOTES)
    count = box.counts.get(is_official=True)
    count.rule["rule"] = "greedy"
    count.rule["completion"] = "none"
    count.engine_version = "0"
    count.save()

    with pytest.raises(CommandError) as refusal:
        call_command("recount", str(box.budget.pk))

    assert refusal.value.returncode == 1
    said = capsys.readouterr().out
    assert "DIFFERENT" in said
    assert "counted with version 0" in said


def test_recount_of_what_is_not_published(officer):
    box = counted_box(officer, *VOTES)

    with pytest.raises(CommandError, match="not published yet") as refusal:
        call_command("recount", str(box.budget.pk))

    assert refusal.value.returncode == 3


def test_recount_of_another_page(db):
    with pytest.raises(CommandError, match="is not a participatory budget"):
        call_command("recount", "/")


def test_export_gives_the_file_back_and_the_report(db, tmp_path, capsys):
    budget = import_small().budget
    target = tmp_path / "out.pb"

    call_command("export_election", str(budget.pk), "-o", target)

    assert (
        target.read_text().split("VOTES")[0]
        == SMALL.replace('=HYPERLINK("http://evil.example")', '"=HYPERLINK(""http://evil.example"")"').split(
            "VOTES"
        )[0]
    )
    said = capsys.readouterr()
    assert "Made coarser: age." in said.err
    assert "12 ballots." in said.out


def test_export_before_publication(officer):
    box = counted_box(officer, *VOTES)

    with pytest.raises(CommandError, match="not published yet"):
        call_command("export_election", str(box.budget.pk))
