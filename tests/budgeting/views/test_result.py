"""The result page: secret until it is published, complete after that, and cheap whatever the number of ballots."""

import pytest
from django.core.management import call_command

from budgeting.domain.box import freeze, seal
from budgeting.domain.count import count_box, recount
from budgeting.domain.publish import publish_result
from budgeting.models import BallotBox, Project
from budgeting.reasons import COMPARISONS, REASONS
from tests.budgeting.elections import SMALL, counted_box, import_small, published_box, sealed_box
from tests.budgeting.voting import end_voting, make_voting, vote
from tests.factories import AreaFactory, ProjectFactory

VOTES = [*[(0, 1)] * 4, *[(1, 2)] * 3, (3,)]


def names(funded) -> list[str]:
    return [row["line"].project.title for row in funded]


def test_everybody_sees_winners_money_votes_and_reasons(client, officer):
    box = published_box(officer, *VOTES)

    response = client.get(box.budget.url_of("results"))

    a, b, c, d = Project.objects.order_by("pk").values_list("title", flat=True)
    assert names(response.context_data["funded"]) == [b, a, c]
    assert names(response.context_data["rest"]) == [d]
    html = response.content.decode()
    assert "Its 7 supporters paid for it together in round 1" in html
    assert "Its 1 supporter had" in html
    assert "€60,000 of €60,000 used" in html
    assert "8 of the 8 people who could vote took part." in html
    assert f"--seed {box.tie_seed}" in html
    assert all(file.sha256 in html for file in box.files.all())


@pytest.mark.parametrize("stage", ["voting", "sealed", "counted"])
def test_nothing_is_seen_before_it_is_published(client, officer, resident, moderator, editor, stage):
    if stage == "voting":
        box = BallotBox.objects.get(budget=make_voting().budget)
    else:
        box = (sealed_box if stage == "sealed" else counted_box)(officer, *VOTES)
    budget, area = box.budget, box.budget.areas.get()
    files = [budget.url_of("file", file.name.replace(".", "-")) for file in box.files.all()]
    files += [budget.url_of("file", "budget-pb"), budget.url_of("file", "budget-results-csv")]
    for person in (None, resident, moderator, editor):
        if person:
            client.force_login(person)
        page = client.get(budget.url_of("results"))
        assert page.status_code == 200
        assert "There is no result yet" in page.content.decode()
        assert page.templates[0].name == "budgeting/pages/results_later.html"
        assert client.get(budget.url_of("area_results", area.pk)).status_code == 404
        assert [client.get(file).status_code for file in files] == [404] * len(files)
        project = client.get(budget.url_of("project", Project.objects.first().pk))
        assert project.context_data["result"] is None
        assert "Funded" not in project.content.decode()


def test_an_officer_looks_at_a_counted_result_first(client, officer):
    box = counted_box(officer, *VOTES)
    client.force_login(officer)

    response = client.get(box.budget.url_of("results"))

    assert "Not published yet" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert len(response.context_data["funded"]) == 3


def test_queries_do_not_grow_with_ballots_and_projects(client, officer, django_assert_max_num_queries):
    box = published_box(officer, *VOTES, costs=(1000_00,) * 40)
    client.get(box.budget.url_of("results"))

    with django_assert_max_num_queries(15):
        client.get(box.budget.url_of("results"))


def test_several_areas_have_a_summary_and_a_tab_each(client, officer):
    area = make_voting(frozen=False)
    second = AreaFactory(budget=area.budget, name="Harbour")
    project = ProjectFactory(area=second, title="Harbour school")
    freeze(area.budget)
    for _ in range(5):
        vote(area)
    box = seal(end_voting(BallotBox.objects.get(budget=area.budget)), by=officer)
    publish_result(count_box(box, by=officer), by=officer)

    whole = client.get(area.budget.url_of("results"))
    part = client.get(area.budget.url_of("area_results", second.pk))

    assert [each["name"] for each in whole.context_data["summary"]] == [area.name, "Harbour"]
    assert names(part.context_data["rest"]) == [project.title]
    assert "With 0 votes it stayed below the 1 vote that a project needs." in part.content.decode()
    assert client.get(area.budget.url_of("area_results", second.pk + 1)).status_code == 404


def test_turnout_by_channel_is_not_told_of_few(client, officer):
    box = published_box(officer, *VOTES)

    assert client.get(box.budget.url_of("results")).context_data["area_channels"] == []


def test_an_imported_election_stands_beside_the_official_result(client, db):
    same = import_small().budget
    other = import_small(SMALL.replace("Reading room;1", "Reading room;0")).budget

    assert "names exactly the official winners" in client.get(same.url_of("results")).content.decode()
    page = client.get(other.url_of("results"))
    assert page.context_data["official_is_same"] is False
    assert "The winners differ, and the file gives no reason." in page.content.decode()


def test_the_page_says_what_the_count_meant_for_the_voters(client, officer):
    # Five of eight choose a dear project that three more could have paid for.
    box = published_box(officer, *VOTES, costs=(20_000_00, 20_000_00, 20_000_00, 30_000_00))

    page = client.get(box.budget.url_of("results"))

    told = page.context_data
    official = box.counts.get(is_official=True)
    a, b, c, d = Project.objects.order_by("pk").values_list("title", flat=True)
    assert told["for_voters"] == [
        "7 of 8 voters (88 %) see at least one project funded that they voted for.",
        "On average 1.8 of the funded projects were on a voter's ballot.",
    ]
    assert [row["title"] for row in told["waterfall"]] == [
        told["area"].titles[each["project"]] for each in official.analysis["rounds"]
    ]
    assert told["waterfall"][-1]["left"] == "€0"
    lost = next(row for row in told["rest"] if row["line"].project.title == d)
    missing = next(each for each in official.analysis["projects"] if not each["won"])["more_supporters"]
    sufficed = f"About {missing} more supporters, each with a whole share, would have sufficed."
    assert lost["needed"] == f"They were €20,476 short of its cost. {sufficed}"
    assert lost["needed"] in page.content.decode()
    assert told["compared"]["names"] == ["This result", "most votes first"]
    assert told["groupings"] == []
    assert {told["overlap"]["pairs"][0][key] for key in ("first", "second")} <= {a, b, c}


def test_groups_of_voters_of_an_imported_file_are_told_where_they_are_large_enough(client, db):
    budget = import_small().budget

    told = client.get(budget.url_of("results")).context_data["groupings"]

    for grouping in told:
        assert sum(row["voters"] for row in grouping["rows"]) == 12
        assert min(row["voters"] for row in grouping["rows"] if row["voters"]) >= 5


def test_counts_published_before_explanations_still_open_and_can_be_explained(client, officer):
    box = published_box(officer, *VOTES)
    before = {count.pk: count.analysis for count in box.counts.all()}
    files = {file.name: file.sha256 for file in box.files.all()}
    box.counts.update(analysis={})

    page = client.get(box.budget.url_of("results"))
    call_command("explain_counts")

    assert page.status_code == 200
    assert "analysis" not in page.context_data
    assert {count.pk: count.analysis for count in box.counts.all()} == before
    assert {file.name: file.sha256 for file in box.files.all()} == files
    assert all(again.same for again in recount(box))
    assert "What the voters got" in client.get(box.budget.url_of("results")).content.decode()


def test_titles_are_text(client, db):
    budget = import_small(SMALL.replace("Reading room", "<script>alert(1)</script>")).budget

    html = client.get(budget.url_of("results")).content.decode()

    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_long_lists_of_losers_have_pages(client, officer):
    box = published_box(officer, *[(0,)] * 5, costs=(60_000_00,) * 60)

    first = client.get(box.budget.url_of("results"))
    second = client.get(box.budget.url_of("results"), {"page": 2})

    assert (len(first.context_data["rest"]), len(second.context_data["rest"])) == (50, 9)


def test_every_reason_of_the_counting_library_has_our_words():
    from budgeting.counting.explain import SENTENCES
    from budgeting.counting.official import COMPARISONS as OFFICIAL

    assert REASONS.keys() == SENTENCES.keys()
    assert COMPARISONS.keys() == OFFICIAL.keys()
