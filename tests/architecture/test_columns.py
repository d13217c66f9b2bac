"""What of our data everybody can read (P15): committed lists of columns, and a search for what must never appear."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from budgeting.models import BallotBox, Proposal
from tests.architecture.access import EVERYBODY, visit
from tests.architecture.canaries import body_of, plant
from tests.architecture.world import STRANGER, World, undone

pytestmark = pytest.mark.django_db

# A new column is a decision: is it nobody's secret, and does somebody need it? Then add it here too.
API_COLUMNS = {
    "Committee": (
        "id title kind privacy neighbourhood part_of summary topic meets takes_join_requests seats url"
    ),
    "Seat": "role title member from_on until_on",
    "Area": "id budget name neighbourhood amount_cents currency ballot_style max_choices rule",
    "Budget": (
        "id title summary language currency stage phases voting_closes_at result_published_at is_imported url"
    ),
    "Phase": "kind opens_at closes_at note",
    "Proposal": (
        "id budget area title summary description learning_goal learners cost_cents currency address latitude "
        "longitude organisation status supports comments submitted_at review committees ranks projects url"
    ),
    "Review": "outcome cost_cents public_reason decided_at",
    "Project": (
        "id budget area code title summary cost_cents currency latitude longitude status proposals milestones "
        "looked_after_by url"
    ),
    "Milestone": "title due_on done_on",
    "Voice": "committee name kind stance text decision given_at",
    "Rank": "committee place out_of",
    "Adoption": "committee name since",
    "Result": (
        "id budget area is_official rule engine_version counted_at published_at ballots amount_cents spent_cents "
        "comparison currency funded_projects files url"
    ),
    "ResultEntry": (
        "id budget area is_official rule engine_version counted_at published_at ballots amount_cents spent_cents "
        "comparison currency funded_projects files url projects analysis"
    ),
    "ProjectLine": "project code title cost_cents position votes score is_funded reason",
    "File": "kind name size sha256 url",
    "Coverage": (
        "method computed_at is_stale population_source choice distances_m groups places places_without_point "
        "places_outside without_outline without_population totals neighbourhoods"
    ),
    "CoverageChoice": "category open_in_evening open_on_sunday step_free free",
    "CoverageTotal": "group residents within share places_per_10000",
    "NeighbourhoodCoverage": (
        "id slug name places places_per_10000 residents share within middle one_more_place"
    ),
    "OneMorePlace": "latitude longitude people",
    "Cluster": "type geometry properties",
    "ClusterFacts": "count place name",
    "Clusters": "type count features",
    "Event": (
        "id language title summary description what_to_learn kind topics audiences key_features organisation "
        "leaders contact_email contact_phone website attendance place languages age_from age_to cost cost_note "
        "step_free accessible_toilet hearing_loop quiet_space sign_language access_note booking booking_url "
        "published_at changed_at url"
    ),
    "Session": (
        "id uid event title starts_at ends_at zone is_all_day place room note status status_reason "
        "previous_starts_at changed_at booking seats seats_left url"
    ),
    "Venue": ("id name address neighbourhood latitude longitude"),
    "Neighbourhood": "type id geometry properties",
    "NeighbourhoodFacts": "slug name population places",
    "Place": "type id geometry properties",
    "PlaceFacts": (
        "name category summary description what_to_learn topics audiences is_online street postal_code locality "
        "neighbourhood opening_hours hours_remark phone email website cost languages step_free accessible_toilet "
        "hearing_loop quiet_space access_note organisation source verified_on verified_by version changed_at url"
    ),
    # What a steward may change; not what anybody reads.
    "PatchedChange": (
        "name category summary description what_to_learn topics audiences is_online street postal_code locality "
        "latitude longitude neighbourhood opening_hours hours_remark phone email website cost languages step_free "
        "accessible_toilet hearing_loop quiet_space access_note"
    ),
    "Point": "type coordinates",
    "Source": "name attribution licence_url",
    "Term": "slug name",
    "Meeting": (
        "id uid committee title text form state starts_at ends_at zone venue_name venue_address latitude longitude "
        "is_step_free has_hearing_loop interpretation access_note takes_registrations capacity cancelled_because "
        "changed_at url"
    ),
    "Decision": (
        "id committee meeting number title text decided_on method yes no abstain entitled replaced_by url"
    ),
    "ActionItem": "id committee meeting text who due_on state report closed_on url",
    "Room": "id meeting prompt state access version opened_at closed_at url",
    "RoomEntry": "id meeting prompt state access version opened_at closed_at url sections",
    "Error": "error",
    "ErrorBody": "code message fields details",
}
RESULT_CSV = "area project_id title cost currency votes score funded funded_under_other_rule reason"
COVERAGE_CSV = "neighbourhood name group residents distance_m within without share places places_per_10000 one_more_place"
PLACES_CSV = (
    "id name category summary description what_to_learn topics audiences is_online street postal_code locality "
    "neighbourhood latitude longitude opening_hours hours_remark phone email website cost languages step_free "
    "accessible_toilet hearing_loop quiet_space access_note organisation source source_id verified_on verified_by url"
)
REPORT_CSV = (
    "table name events sessions cancelled seats registered came events_before sessions_before cancelled_before seats_before "
    "registered_before came_before"
)
BALLOTS_META = (
    "description country unit subunit instance num_projects num_votes budget vote_type rule date_begin date_end "
    "currency min_length max_length count_rule count_utility count_completion count_ties count_seed count_threshold "
    "rules_digest"
)
BALLOTS_PROJECTS = "project_id cost votes name"
BALLOTS_VOTES = "voter_id vote"
COUNT_JSON = (
    "budget completion details digest election explanations num_votes rule seed skip steps threshold ties ties_met "
    "total_cost utility version winners"
)


def test_columns_of_the_api():
    schema = Client().get("/api/v1/schema.json").json()

    columns = {
        name: " ".join(shape["properties"])
        for name, shape in schema["components"]["schemas"].items()
        if "properties" in shape and not name.startswith("Paginated")
    }

    assert columns == API_COLUMNS


def test_columns_of_the_result_as_a_table(world):
    content = body_of(visit(Client(), world.published.url_of("file", "published-results-csv"))).lstrip(
        "\ufeff"
    )

    assert next(csv.reader(io.StringIO(content))) == RESULT_CSV.split()


def test_columns_of_a_festivals_report_as_a_table(world):
    content = body_of(visit(Client(), world.festival.url_of("report_file"))).lstrip("\ufeff")

    assert next(csv.reader(io.StringIO(content))) == REPORT_CSV.split()


def test_columns_of_coverage_as_a_table(world):
    content = body_of(visit(Client(), world.map.url_of("coverage_file", "csv"))).lstrip("\ufeff")

    assert next(csv.reader(io.StringIO(content))) == COVERAGE_CSV.split()


def test_columns_of_the_places_as_a_table(world):
    response = Client().get(world.map.url_of("file", "csv"))

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content))) == PLACES_CSV.split()


def test_columns_of_the_ballots(world):
    content = body_of(visit(Client(), world.published.url_of("file", "published-pb")))

    meta, projects, votes = re.fullmatch(r"META\n(.*)PROJECTS\n(.*)VOTES\n(.*)", content, re.DOTALL).groups()
    assert [line.split(";")[0] for line in meta.splitlines()[1:]] == BALLOTS_META.split()
    assert projects.splitlines()[0].split(";") == BALLOTS_PROJECTS.split()
    assert votes.splitlines()[0].split(";") == BALLOTS_VOTES.split()


def test_columns_of_the_count(world):
    content = body_of(visit(Client(), world.published.url_of("file", "published-count-json")))

    assert sorted(json.loads(content)) == sorted(COUNT_JSON.split())


def test_list_of_trackers_holds_digests_and_nothing_else(world):
    content = body_of(visit(Client(), world.published.url_of("file", "published-trackers-txt")))

    lines = content.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 6
    assert all(re.fullmatch(r"[0-9a-f]{64}", line) for line in lines)


def test_columns_of_the_maps(world):
    Proposal.objects.filter(pk=world.shown.pk).update(latitude="53.550000", longitude="9.990000")

    points = json.loads(body_of(visit(Client(), world.call.url_of("proposal_points") + "?q=shown")))
    outlines = json.loads(body_of(visit(Client(), "/map/neighbourhoods.json")))

    assert points == {
        "base": world.call.url_of("proposals"),
        "points": [[world.shown.pk, 53.55, 9.99, "Shown idea"]],
    }
    assert {tuple(feature["properties"]) for feature in outlines["features"]} == {("name", "slug")}


def everything_for(world: World, role: str) -> Iterator[tuple[str, str]]:
    """Yield (path, body) of every declared address and of every link found there, as this role gets it."""
    client = world.client(role)
    # The link in a mail is its owner's alone.
    waiting = [row.path_in(world) for row in EVERYBODY if row.address != "participation:unsubscribe"]
    waiting += ["/sitemap.xml", "/robots.txt", "/admin/", "/healthz", "/readyz", "/call/proposals/?q=canary"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        with undone():
            response = client.get(path)
            body = b"".join(response) if response.streaming else response.content
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        text = f"{headers}\n{body.decode(errors='replace')}"
        yield path, text
        # Searches and orders would make endless combinations; the parameters are tested elsewhere. Another language has
        # the same views.
        links = set(re.findall(r"""(?:href|src|action|data-[a-z-]+)=["'](/[^"'#?]*)["'#]""", text))
        for link in sorted(links - seen):
            if not link.startswith(("//", "/static/", "/admin/", "/de/", "/ar/")):
                seen.add(link)
                waiting.append(link)


@pytest.mark.parametrize("role", [STRANGER, "citizen", "chair"])
def test_P15_no_canary_sings_to_others(world, role):
    canaries = plant(world)
    silent = [
        name for name, canary in canaries.items() if canary.words not in canary.seen_by_its_owner(world)
    ]
    assert silent == [], "there must be something to leak"

    pages = dict(everything_for(world, role))

    assert len(pages) > 100
    for shown in ("Shown idea", "Harbour library", "Bread for beginners"):
        assert sum(shown in body for body in pages.values()) > 5, "the search has to find what is there"
    leaks = [
        f"{path}: {name}"
        for path, body in pages.items()
        for name, canary in canaries.items()
        if canary.words in body and role not in canary.known_to
    ]
    assert not leaks, "\n" + "\n".join(leaks)


def test_V19_counts_before_publication_are_nowhere(world):
    """The same pages hold the numbers of votes afterwards, so the search is no empty one."""
    results = world.counted.url_of("results")
    voters = re.compile(r"\b6\s*(?:</\w+>\s*)?(?:votes|ballots|people voted)")
    before = body_of(visit(Client(), results))

    BallotBox.objects.filter(pk=world.counted_box.pk).update(published_at=world.published_box.published_at)
    after = body_of(visit(Client(), results))

    assert not voters.search(before)
    assert "Project counted" not in before
    assert "Project counted" in after


@pytest.mark.parametrize("role", ["moderator", "officer", "editor"])
def test_P18_guessed_numbers_tell_staff_no_names(world, role):
    plant(world)
    person = world.author.user
    client = world.client(role)

    def answers(visitor) -> list[str]:
        actions = ("delete", "assign_role", "set_active_state")
        paths = [
            f"/admin/bulk/accounts/user/{action}/?id={person.pk}&next=/admin/users/" for action in actions
        ]
        paths += [f"/admin/users/{part}/{person.pk}/" for part in ("edit", "delete", "history", "usage")]
        return [body_of(visitor.get(path, follow=True)) for path in paths]

    assert not any(person.email in body for body in answers(client))
    assert any(person.email in body for body in answers(world.client("administrator")))
