"""The demo city's facts hold together: places lie where they say, money and lengths fit, everything repeats exactly."""

import ast
import hashlib
import re
from collections import Counter
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from learning_city.demo import content
from learning_city.demo.content import geography
from learning_city.demo.content.facts import prose
from PIL import Image
from shapely import union_all
from shapely.geometry import Point, shape

from budgeting.counting import Ballot, Election, Project, count
from budgeting.domain.counting_rule import spec_for

ALL = content.proposals()
BY_SLUG = {proposal.slug: proposal for proposal in ALL}


def _outlines():
    return {neighbourhood.slug: shape(neighbourhood.boundary) for neighbourhood in content.neighbourhoods()}


def test_content_imports_no_framework():
    folder = Path(content.__file__).parent
    modules = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])

    assert modules & {"django", "wagtail", "rest_framework", "budgeting", "participation"} == set()


def test_ten_neighbourhoods_tile_the_city():
    outlines = _outlines()

    union = union_all(list(outlines.values()))

    assert len(outlines) == 10
    assert all(outline.is_valid and outline.geom_type == "Polygon" for outline in outlines.values())
    assert union.geom_type == "Polygon"
    assert len(union.interiors) == 0
    assert sum(outline.area for outline in outlines.values()) == pytest.approx(union.area, rel=1e-9)
    assert all(one.intersection(other).area < 1e-12 for one, other in combinations(outlines.values(), 2))


def test_outer_rings_run_counter_clockwise():
    # RFC 7946, section 3.1.6
    assert all(outline.exterior.is_ccw for outline in _outlines().values())


def test_boundaries_are_the_same_when_drawn_again():
    first = geography._borders()
    geography._borders.cache_clear()

    assert geography._borders() == first


def test_each_neighbourhood_has_people_of_every_age():
    for neighbourhood in content.neighbourhoods():
        assert tuple(neighbourhood.population) == content.AGE_GROUPS
        assert min(neighbourhood.population.values()) > 500
        assert 10_000 < neighbourhood.inhabitants < 40_000
        assert len(neighbourhood.description) > 120


@pytest.mark.parametrize("venue", content.venues().values(), ids=lambda venue: venue.slug)
def test_venue_lies_well_inside_its_neighbourhood(venue):
    outline = _outlines()[venue.neighbourhood]
    point = Point(venue.longitude, venue.latitude)

    assert outline.contains(point)
    assert outline.exterior.distance(point) * geography.KM_PER_DEGREE_LATITUDE > 0.05


def test_landscape_is_geojson_within_the_city():
    city = union_all(list(_outlines().values())).buffer(0.01)

    features = content.landscape()["features"]

    assert Counter(feature["properties"]["kind"] for feature in features) == {
        "river": 1,
        "tram": 1,
        "park": 6,
    }
    assert all(city.contains(shape(feature["geometry"])) for feature in features)


def test_people_have_distinct_names_addresses_and_known_neighbourhoods():
    people = content.everyone()
    slugs = {neighbourhood.slug for neighbourhood in content.neighbourhoods()}

    assert len(content.people()) == 60
    assert len(people) == 67
    assert len({person.name for person in people.values()}) == 67
    assert len({person.email for person in people.values()}) == 67
    assert all(person.email.endswith("@example.org") for person in people.values())
    assert {person.neighbourhood for person in people.values()} == slugs
    assert sum(bool(re.search("[\u0590-\u06ff]", person.name)) for person in people.values()) >= 4


def test_one_persona_for_each_role():
    personas = content.personas()

    assert set(personas) == {
        "citizen",
        "resident",
        "chair",
        "moderator",
        "officer",
        "editor",
        "administrator",
    }
    assert [role for role, person in personas.items() if not person.verified] == ["citizen"]


def test_organisations_are_led_by_known_people_at_known_places():
    organisations = content.organisations()

    assert len(organisations) >= 12
    assert {organisation.kind for organisation in organisations} <= {
        "community",
        "school",
        "institution",
        "firm",
    }
    for organisation in organisations:
        assert organisation.people
        assert set(organisation.people) <= set(content.everyone())
        assert organisation.neighbourhood == content.venues()[organisation.venue].neighbourhood


def test_budgets_hold_as_many_proposals_as_planned():
    assert Counter(proposal.budget for proposal in ALL) == {
        "2026": 30,
        "2027": 16,
        "2025": 24,
        "2024-youth": 8,
    }
    assert sum(proposal.is_refused for proposal in content.proposals("2026")) == 4


def test_titles_and_texts_are_unique():
    for field in ("slug", "title", "summary", "description", "learning_goal"):
        values = [getattr(proposal, field) for proposal in ALL]
        assert len(set(values)) == len(values)

    # No sentence of some length stands in two proposals.
    sentences = Counter(
        sentence
        for proposal in ALL
        for sentence in re.split(r"(?<=[.!?])\s+", proposal.description)
        if len(sentence) > 40
    )
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


@pytest.mark.parametrize("proposal", ALL, ids=lambda proposal: proposal.slug)
def test_proposal_is_complete_and_fits_its_fields(proposal):
    assert re.fullmatch(r"[a-z0-9-]{4,60}", proposal.slug)
    assert 5 <= len(proposal.title) <= 80
    assert 40 <= len(proposal.summary) <= 300
    assert 240 <= len(proposal.description) <= 2_500
    assert 2 <= proposal.description.count("\n\n") + 1 <= 4
    assert 20 <= len(proposal.learning_goal) <= 300
    assert 10 <= proposal.learners <= 10_000
    assert 200_000 <= proposal.cost_cents <= 12_000_000
    assert proposal.cost_cents % 100 == 0
    assert proposal.author in content.everyone()
    assert proposal.organisation in {"", *(organisation.slug for organisation in content.organisations())}
    assert proposal.category in content.CATEGORIES
    assert proposal.key_features
    assert set(proposal.key_features) <= set(content.FOCAL_AREAS)
    assert 4 in proposal.sdgs
    assert set(proposal.sdgs) <= set(range(1, 18))
    assert proposal.alt == content.picture_alt(proposal.motif)


@pytest.mark.parametrize("proposal", ALL, ids=lambda proposal: proposal.slug)
def test_point_of_a_neighbourhood_proposal_lies_in_it(proposal):
    venue = content.venues()[proposal.venue]
    inside = proposal.area if proposal.area != content.CITY_WIDE else venue.neighbourhood

    assert venue.neighbourhood == inside
    assert _outlines()[inside].contains(Point(venue.longitude, venue.latitude))


@pytest.mark.parametrize("key", ["2026", "2027", "2025", "2024-youth"])
def test_proposals_fit_the_areas_of_their_budget(key):
    areas = {area.slug: area for area in content.budgets()[key].areas}

    for proposal in content.proposals(key):
        assert proposal.final_cost_cents <= areas[proposal.area].amount_cents or proposal.is_refused
    for slug, area in areas.items():
        wanted = sum(proposal.final_cost_cents for proposal in content.on_ballot(key, slug))
        # A ballot on which everything can be paid would not be a choice.
        assert wanted == 0 or wanted > 1.25 * area.amount_cents


def test_budget_texts_fit_their_fields():
    for budget in content.budgets().values():
        assert 40 <= len(budget.summary) <= 300
        assert set(budget.phase_notes) == {"submission", "review", "voting", "counting", "implementation"}
        assert all(20 <= len(note) <= 300 for note in budget.phase_notes.values())
        assert len(budget.intro) > 150


def test_each_decided_proposal_has_a_public_reason():
    reviews = content.reviews()

    assert set(reviews) == {proposal.slug for proposal in ALL if proposal.status != "submitted"}
    assert len(set(reviews.values())) == len(reviews)
    assert all(len(reviews[proposal.slug]) > 250 for proposal in ALL if proposal.is_refused)


def test_comments_belong_to_proposals_and_answers_to_earlier_comments():
    comments = content.comments()
    threads = {}
    for comment in comments:
        threads.setdefault(comment.proposal, []).append(comment)

    assert len(comments) >= 150
    assert set(threads) == set(BY_SLUG)
    assert len({comment.text for comment in comments}) == len(comments)
    for thread in threads.values():
        days = [comment.day for comment in thread]
        assert days == sorted(days)
        for position, comment in enumerate(thread):
            assert comment.author in content.everyone()
            assert 4 < len(comment.text) <= 600
            assert comment.reply_to is None or comment.reply_to < position


@pytest.mark.parametrize("key", ["2025", "2024-youth"])
def test_follow_up_is_told_of_the_winners_and_of_nobody_else(key):
    budget = content.budgets()[key]
    (area,) = budget.areas
    on_ballot = content.on_ballot(key)
    ballots = content.generate_ballots(
        content.ballot_projects(on_ballot), budget.ballots, budget.ballot_seed, budget.ballot_style
    )
    election = Election(
        projects=tuple(
            Project(id=proposal.slug, name=proposal.title, cost=proposal.final_cost_cents)
            for proposal in on_ballot
        ),
        ballots=tuple(
            Ballot(projects=choices, points=(1,) * len(choices), count=times)
            for choices, times in Counter(choices for _home, choices in ballots).items()
        ),
        budget=area.amount_cents,
        money_scale=100,
    )

    outcome = count(election, spec_for(area.rule, style=area.ballot, ties="cost-votes-lot", seed="demo"))

    told = {update.proposal for update in content.updates()}
    assert set(outcome.winners) == told & {proposal.slug for proposal in on_ballot}


def test_follow_up_is_in_order_and_by_known_people():
    finished = {proposal.slug for key in ("2025", "2024-youth") for proposal in content.proposals(key)}
    told = {update.proposal for update in content.updates()}

    assert told <= finished
    assert {milestone.proposal for milestone in content.milestones()} == told
    assert {outcome.proposal for outcome in content.outcomes()} <= told
    assert all(update.author in content.everyone() and len(update.text) > 60 for update in content.updates())
    for slug in told:
        days = [milestone.day for milestone in content.milestones() if milestone.proposal == slug]
        assert days == sorted(days)


def test_pages_say_something_in_every_section():
    assert set(content.pages()) == {
        "how-it-works",
        "how-voting-works",
        "how-the-map-works",
        "how-we-talk",
        "privacy",
        "accessibility",
        "imprint",
    }
    for page in content.pages().values():
        assert page.lead
        assert all(heading and len(text) > 60 for heading, text in page.sections)


def test_prose_unwraps_lines_and_keeps_paragraphs():
    assert prose("\n    one\n    two\n\n    three\n") == "one two\n\nthree"


@pytest.mark.parametrize("motif", content.MOTIFS)
def test_picture_decodes_and_repeats(motif):
    first = content.render_picture(motif, 5, (600, 400))
    again = content.render_picture(motif, 5, (600, 400))

    with Image.open(BytesIO(first)) as image:
        image.load()
        assert (image.format, image.size, image.mode) == ("JPEG", (600, 400), "RGB")
        assert len(image.getcolors(600 * 400)) > 500
        assert not image.getexif()
    assert first == again


def test_another_seed_gives_another_picture():
    assert content.render_picture("harbour", 1, (300, 200)) != content.render_picture(
        "harbour", 2, (300, 200)
    )


def test_picture_covers_other_shapes():
    with Image.open(BytesIO(content.render_picture("bus", 1, (500, 500)))) as image:
        assert image.size == (500, 500)


def test_every_motif_is_described_and_used():
    assert len(content.MOTIFS) >= 14
    assert {proposal.motif for proposal in ALL} == set(content.MOTIFS)
    assert len({motif.alt for motif in content.MOTIFS.values()}) == len(content.MOTIFS)
    assert all(40 < len(motif.alt) <= 125 for motif in content.MOTIFS.values())


def _ballots(key="2025", voters=20_000, seed=7, style="five"):
    projects = content.ballot_projects(content.on_ballot(key))
    return list(content.generate_ballots(projects, voters, seed, style))


def test_ballots_repeat_for_a_seed_and_differ_for_another():
    first = hashlib.sha256(repr(_ballots()).encode()).hexdigest()

    assert hashlib.sha256(repr(_ballots()).encode()).hexdigest() == first
    assert hashlib.sha256(repr(_ballots(seed=8)).encode()).hexdigest() != first


def test_as_many_ballots_as_voters():
    assert len(_ballots(voters=17)) == 17
    assert len(_ballots(voters=8_001)) == 8_001


def test_ballots_keep_the_limit_and_name_each_project_once():
    size = len(content.on_ballot("2025"))

    for home, choices in _ballots(voters=3_000):
        assert 0 <= home < 10
        assert 1 <= len(choices) <= 5
        assert list(choices) == sorted(set(choices))
        assert choices[-1] < size


def test_ballot_lengths_follow_their_style():
    lengths = Counter(len(choices) for _home, choices in _ballots())

    for length, share in enumerate(content.STYLES["five"].lengths, 1):
        assert lengths[length] / 20_000 == pytest.approx(share, abs=0.015)


def test_popular_projects_win_more_votes_and_neighbours_vote_more_often():
    names = [proposal.slug for proposal in content.on_ballot("2025")]
    ballots = _ballots()
    votes = Counter(names[choice] for _home, choices in ballots for choice in choices)

    assert votes["gardens-for-nine-schools"] > 2 * votes["esports-academy"]

    ferry, weirside = names.index("ferry-classroom"), 5
    assert content.neighbourhoods()[weirside].slug == "weirside"
    near = [ferry in choices for home, choices in ballots if home == weirside]
    far = [ferry in choices for home, choices in ballots if home != weirside]
    assert sum(near) / len(near) > 1.5 * sum(far) / len(far)
