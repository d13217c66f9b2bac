"""What of our data everybody can read (P15): committed lists of columns, and a search for what must never appear."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from budgeting.models import Ballot, BallotBox, Proposal
from participation.domain.organisation import invite_person
from participation.models import Comment, OutgoingMail, RegisterEntry
from tests.architecture.test_access import EVERYBODY, visit
from tests.architecture.world import STRANGER, World, undone
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db

# A new column is a decision: is it nobody's secret, and does somebody need it? Then add it here too.
API_COLUMNS = {
    "Area": "id budget name neighbourhood amount_cents currency ballot_style max_choices rule",
    "Budget": (
        "id title summary language currency stage phases voting_closes_at result_published_at is_imported url"
    ),
    "Phase": "kind opens_at closes_at note",
    "Proposal": (
        "id budget area title summary description learning_goal learners cost_cents currency address latitude "
        "longitude organisation status supports comments submitted_at review projects url"
    ),
    "Review": "outcome cost_cents public_reason decided_at",
    "Project": (
        "id budget area code title summary cost_cents currency latitude longitude status proposals milestones url"
    ),
    "Milestone": "title due_on done_on",
    "Result": (
        "id budget area is_official rule engine_version counted_at published_at ballots amount_cents spent_cents "
        "comparison currency funded_projects files url"
    ),
    "ResultEntry": (
        "id budget area is_official rule engine_version counted_at published_at ballots amount_cents spent_cents "
        "comparison currency funded_projects files url projects"
    ),
    "ProjectLine": "project code title cost_cents position votes score is_funded reason",
    "File": "kind name size sha256 url",
    "Error": "error",
    "ErrorBody": "code message fields details",
}
RESULT_CSV = "area project_id title cost currency votes score funded funded_under_other_rule reason"
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


@dataclass(frozen=True)
class Canary:
    """Words that only some may read, and the proof that they could be read: a page of theirs, or a field."""

    words: str
    seen_by_its_owner: Callable[[World], str]


def page(path: Callable[[World], str]) -> Callable[[World], str]:
    """What the author reads at this address."""

    def read(world: World) -> str:
        client = Client()
        client.force_login(world.author.user)
        return body_of(visit(client, path(world)))

    return read


def plant(world: World) -> dict[str, Canary]:
    """Put words to look for into every personal and hidden field."""
    author, organisation = world.author, world.organisation
    author.user.email = "canary-mail@example.org"
    author.user.save()
    EmailAddress.objects.create(user=author.user, email=author.user.email, verified=True, primary=True)
    born = dt.date(1971, 3, 14)
    RegisterEntry.objects.filter(pk=author.register_entry_id).update(may_vote_from=born)
    Proposal.objects.filter(pk=world.draft.pk).update(
        title="Canary draft title", address="Canary Street 7", description="Canary draft words"
    )
    Proposal.objects.filter(pk=world.hidden.pk).update(title="Canary hidden title")
    # With a place, so that maps could show them too (P5).
    Proposal.objects.filter(budget=world.call).update(latitude="53.550000", longitude="9.990000")
    Comment.objects.filter(pk=world.hidden_comment.pk).update(text="Canary under a hidden thing")
    secret = Comment.objects.create(
        discussion=world.shown.discussion,
        author=author,
        text="Canary hidden comment",
        state="hidden",
        hidden_reason="Canary reason",
        hidden_by=world.people["moderator"],
    )
    author.notifications.filter(pk=world.notice.pk).update(title="Canary notice")
    world.unpublished.title = "Canary unpublished"
    world.unpublished.save()
    invited = ParticipantFactory(display_name="Canary Invited")
    invite_person(organisation, email=invited.user.email, role="member", by=author.user)
    ballot = Ballot.objects.get(box=world.box, is_current=True)
    counted = world.counted_box.counts.get(is_official=True)
    mail = OutgoingMail.objects.filter(user=author.user).latest("pk")
    OutgoingMail.objects.filter(pk=mail.pk).update(text="Canary mail text")
    key = author.register_entry.person_key
    return {
        "address for mail": Canary("canary-mail@example.org", page(lambda _w: "/account/email/")),
        "register key": Canary(key, lambda _w: RegisterEntry.objects.get(person_key=key).person_key),
        "day of voting age": Canary(
            "1971-03-14", lambda w: str(RegisterEntry.objects.get(participant=w.author).may_vote_from)
        ),
        "title of a draft": Canary("Canary draft title", page(lambda w: w.call.url_of("own_proposals"))),
        "place of a draft": Canary(
            "Canary Street 7", page(lambda w: w.call.url_of("edit_proposal", w.draft.pk))
        ),
        "words of a draft": Canary(
            "Canary draft words", page(lambda w: w.call.url_of("proposal", w.draft.pk))
        ),
        "hidden proposal": Canary(
            "Canary hidden title", page(lambda w: w.call.url_of("proposal", w.hidden.pk))
        ),
        "comment on it": Canary(
            "Canary under a hidden thing", lambda w: Comment.objects.get(pk=w.hidden_comment.pk).text
        ),
        "hidden comment": Canary(
            "Canary hidden comment", page(lambda w: w.call.url_of("proposal", w.shown.pk))
        ),
        "why it is hidden": Canary(
            "Canary reason", lambda _w: Comment.objects.get(pk=secret.pk).hidden_reason
        ),
        "notice": Canary("Canary notice", page(lambda _w: "/notices/")),
        "mail": Canary("Canary mail text", lambda _w: OutgoingMail.objects.get(pk=mail.pk).text),
        "who was invited": Canary(
            "Canary Invited", lambda w: w.organisation.invitations.get().participant.display_name
        ),
        "unpublished page": Canary("Canary unpublished", lambda w: w.unpublished.title),
        "link key": Canary(ballot.link_key, lambda _w: Ballot.objects.get(pk=ballot.pk).link_key),
        "id of a ballot": Canary(str(ballot.pk), lambda _w: str(Ballot.objects.get(pk=ballot.pk).pk)),
        "tracker before the close": Canary(
            ballot.tracker_digest, lambda _w: Ballot.objects.get(pk=ballot.pk).tracker_digest
        ),
        "result before its publication": Canary(
            counted.outcome_file.sha256, lambda _w: str(counted.outcome_file.sha256)
        ),
    }


def body_of(response) -> str:
    """Return what was sent, as text."""
    return response.content.decode(errors="replace")


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
        # Searches and orders would make endless combinations; the parameters are tested elsewhere.
        links = set(re.findall(r"""(?:href|src|action|data-[a-z-]+)=["'](/[^"'#?]*)["'#]""", text))
        for link in sorted(links - seen):
            if not link.startswith(("//", "/static/", "/admin/")):
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
    assert sum("Shown idea" in body for body in pages.values()) > 5, "the search has to find what is there"
    leaks = [
        f"{path}: {name}"
        for path, body in pages.items()
        for name, canary in canaries.items()
        if canary.words in body
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
