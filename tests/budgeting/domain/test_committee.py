"""A committee and the budget: speaking about proposals, putting them in order, and looking after projects."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting.domain.committee import (
    adopt_project,
    comment_on_proposal,
    give_opinion,
    give_project_up,
    rank_proposals,
    ranking_state,
    sponsor_proposal,
    take_voice_back,
)
from budgeting.domain.project import post_update
from budgeting.enums import PhaseKind, ProjectStatus, ProposalStatus, Stance, VoiceKind
from budgeting.models import CommitteeRanking, CommitteeVoice, Milestone, ProjectAdoption
from budgeting.queries.committee import add_voices, adoption_of, opinions_about, ranks_of, speaking_committees
from budgeting.rules import may_report_on, may_speak_for
from participation.domain.announcement import tell_followers
from participation.enums import AccessLevel, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refused
from participation.models import Committee, Decision, Notification
from participation.queries.due import due_for
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    ProjectFactory,
    ProposalFactory,
    make_budget,
)
from tests.participation.following import follow
from tests.participation.meetings import let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour():
    return NeighbourhoodFactory(name="Harbour")


@pytest.fixture
def committee(harbour):
    return make_committee(neighbourhood=harbour)


@pytest.fixture
def chairwoman(committee):
    return let_in(committee, AccessLevel.LEAD, "Cleo Chairwoman").user


@pytest.fixture
def area(harbour):
    return AreaFactory(budget=make_budget(), neighbourhood=harbour)


@pytest.fixture
def proposal(area):
    return ProposalFactory(area=area, title="Learn to sail")


def move_to(budget, kind):
    """Lay the phases so that `kind` runs now."""
    order = list(PhaseKind.values)
    start = timezone.now() - dt.timedelta(days=30 * order.index(kind) + 10)
    for index, each in enumerate(order):
        opens_at = start + dt.timedelta(days=30 * index)
        budget.phases.filter(kind=each).update(opens_at=opens_at, closes_at=opens_at + dt.timedelta(days=30))


def decided(committee, number="2026-1"):
    return Decision.objects.create(
        committee=committee,
        number=number,
        title="We like sailing",
        text="Yes.",
        decided_on=timezone.localdate(),
    )


def test_a_committee_supports_a_proposal_in_public(committee, chairwoman, proposal):
    follower, neighbour = ParticipantFactory(), ParticipantFactory()
    follow([follower], "committee", committee.pk)
    follow([neighbour], "neighbourhood", committee.neighbourhood_id)
    decision = decided(committee)

    sponsor_proposal(
        committee, proposal, by=chairwoman, text="Every child here can see water.", decision=decision
    )
    tell_followers()

    (voice,) = opinions_about(proposal)
    assert (voice.committee, voice.kind, voice.decision) == (committee, VoiceKind.SPONSOR, decision)
    assert voice.given_by == chairwoman.participant
    for person in (proposal.author, follower, neighbour):
        notice = Notification.objects.get(participant=person)
        assert notice.title == "Harbour committee supports “Learn to sail”"
        assert notice.text == "Every child here can see water."
    assert ModelLogEntry.objects.get(action="budgeting.speak").data["committee"] == committee.pk


def test_saying_it_again_changes_the_words_and_tells_nobody_twice(committee, chairwoman, proposal):
    sponsor_proposal(committee, proposal, by=chairwoman)
    sponsor_proposal(committee, proposal, by=chairwoman, text="Because of the river.")
    comment_on_proposal(committee, proposal, by=chairwoman, text="Please think of life jackets.")

    assert [(voice.kind, voice.text) for voice in opinions_about(proposal)] == [
        ("sponsor", "Because of the river."),
        ("statement", "Please think of life jackets."),
    ]
    assert Notification.objects.filter(participant=proposal.author).count() == 2

    take_voice_back(committee, proposal, kind=VoiceKind.SPONSOR, by=chairwoman)
    assert [voice.kind for voice in opinions_about(proposal)] == ["statement"]
    with pytest.raises(Missing):
        take_voice_back(committee, proposal, kind=VoiceKind.SPONSOR, by=chairwoman)


def test_the_opinion_is_given_while_the_city_reviews(committee, chairwoman, proposal):
    opinion = {"by": chairwoman, "stance": Stance.CONDITIONS, "text": "Only with life jackets."}
    with pytest.raises(Conflict, match="while the city reviews"):
        give_opinion(committee, proposal, **opinion)

    move_to(proposal.budget, PhaseKind.REVIEW)
    give_opinion(committee, proposal, **opinion)
    assert opinions_about(proposal)[0].get_stance_display() == "in favour, with conditions"
    for wrong, field in (
        ({"stance": "perhaps"}, "stance"),
        ({"text": " \u200b"}, "text"),
        ({"text": "x" * 3001}, "text"),
    ):
        with pytest.raises(Invalid) as refusal:
            give_opinion(committee, proposal, **{**opinion, **wrong})
        assert refusal.value.field == field

    move_to(proposal.budget, PhaseKind.VOTING)
    for say in (
        lambda: sponsor_proposal(committee, proposal, by=chairwoman),
        lambda: comment_on_proposal(committee, proposal, by=chairwoman, text="Vote for it."),
        lambda: rank_proposals(committee, proposal.area, by=chairwoman, proposals=[proposal]),
    ):
        with pytest.raises(Conflict) as closed:
            say()
        assert closed.value.code == "closed"
    assert CommitteeVoice.objects.get().text == "Only with life jackets."


def test_a_decision_of_another_committee_does_not_count(committee, chairwoman, proposal):
    foreign = decided(make_committee(slug="other", title="Other committee"))

    with pytest.raises(Invalid) as refusal:
        sponsor_proposal(committee, proposal, by=chairwoman, decision=foreign)
    assert refusal.value.field == "decision"
    assert not CommitteeVoice.objects.exists()


@pytest.mark.parametrize(
    ("level", "privacy", "is_home", "refused"),
    [
        (AccessLevel.LEAD, Privacy.TRANSPARENT, True, None),
        (AccessLevel.KEEP, Privacy.OPEN, True, None),
        (AccessLevel.TAKE_PART, Privacy.OPEN, True, NotAllowed),
        (AccessLevel.READ, Privacy.TRANSPARENT, True, NotAllowed),
        (None, Privacy.OPEN, True, NotAllowed),
        (None, Privacy.PRIVATE, True, Missing),
        (AccessLevel.LEAD, Privacy.PRIVATE, True, Conflict),
        (AccessLevel.LEAD, Privacy.TRANSPARENT, False, Conflict),
    ],
)
def test_who_speaks_for_which_committee_where(harbour, area, level, privacy, is_home, refused):
    """The table of rights: access x privacy x neighbourhood, the same for all that a committee does."""
    committee = make_committee(privacy=privacy, neighbourhood=harbour if is_home else NeighbourhoodFactory())
    user = (ParticipantFactory() if level is None else let_in(committee, level)).user
    proposal = ProposalFactory(area=area)
    project = ProjectFactory(area=area, status=ProjectStatus.FUNDED)
    move_to(area.budget, PhaseKind.REVIEW)
    deeds = (
        lambda: sponsor_proposal(committee, proposal, by=user),
        lambda: comment_on_proposal(committee, proposal, by=user, text="Good."),
        lambda: give_opinion(committee, proposal, by=user, stance=Stance.FOR, text="Good."),
        lambda: rank_proposals(committee, area, by=user, proposals=[proposal]),
        lambda: adopt_project(committee, project, by=user),
    )
    for deed in deeds:
        if refused is None:
            deed()
        else:
            with pytest.raises(Refused) as refusal:
                deed()
            assert type(refusal.value) is refused

    rows = (CommitteeVoice, CommitteeRanking, ProjectAdoption)
    assert [model.objects.count() for model in rows] == ([3, 1, 1] if refused is None else [0, 0, 0])
    assert speaking_committees(user, area) == ([committee] if refused is None else [])
    assert may_speak_for(user, committee) is (
        level in (AccessLevel.KEEP, AccessLevel.LEAD) and privacy != Privacy.PRIVATE
    )


def test_what_cannot_be_read_is_not_spoken_about(committee, chairwoman, area):
    for status in (ProposalStatus.DRAFT, ProposalStatus.HIDDEN, ProposalStatus.WITHDRAWN):
        with pytest.raises(Missing):
            sponsor_proposal(committee, ProposalFactory(area=area, status=status), by=chairwoman)


def test_a_committee_of_the_whole_city_speaks_about_the_whole_citys_areas(area):
    council = make_committee(slug="council")
    user = let_in(council, AccessLevel.KEEP).user
    city_wide = ProposalFactory(area=AreaFactory(budget=area.budget))

    sponsor_proposal(council, city_wide, by=user)
    with pytest.raises(Conflict) as refusal:
        sponsor_proposal(council, ProposalFactory(area=area), by=user)
    assert refusal.value.code == "elsewhere"


def test_the_words_of_a_committee_that_becomes_private_vanish(committee, chairwoman, proposal):
    project = ProjectFactory(area=proposal.area, status=ProjectStatus.FUNDED)
    sponsor_proposal(committee, proposal, by=chairwoman)
    rank_proposals(committee, proposal.area, by=chairwoman, proposals=[proposal])
    adopt_project(committee, project, by=chairwoman)
    assert opinions_about(proposal)
    assert ranks_of(proposal)
    assert adoption_of(project)

    Committee.objects.filter(pk=committee.pk).update(privacy=Privacy.PRIVATE)

    add_voices([proposal])
    assert (opinions_about(proposal), ranks_of(proposal), adoption_of(project)) == ([], [], None)
    assert (proposal.open_voices, proposal.open_ranks) == ([], [])


def test_the_order_is_saved_changed_and_taken_back(committee, chairwoman, area):
    first, second, third = (ProposalFactory(area=area, title=title) for title in ("One", "Two", "Three"))

    ranking = rank_proposals(committee, area, by=chairwoman, proposals=[second, first])
    assert [(rank.position, rank.out_of) for rank in ranks_of(first)] == [(2, 2)]

    rank_proposals(
        committee, area, by=chairwoman, proposals=[third, first, second], expected=ranking_state(ranking)
    )
    assert [place.proposal for place in CommitteeRanking.objects.get().places.all()] == [third, first, second]
    with pytest.raises(Conflict) as refusal:
        rank_proposals(committee, area, by=chairwoman, proposals=[first], expected=ranking_state(ranking))
    assert refusal.value.code == "changed_meanwhile"

    foreign = ProposalFactory(area=AreaFactory(budget=area.budget))
    hidden = ProposalFactory(area=area, status=ProposalStatus.HIDDEN)
    for wrong in ([first, first], [foreign], [hidden], [first] * 51):
        with pytest.raises(Invalid) as refusal:
            rank_proposals(committee, area, by=chairwoman, proposals=wrong)
        assert refusal.value.field == "proposals"
    assert CommitteeRanking.objects.get().places.count() == 3

    assert rank_proposals(committee, area, by=chairwoman, proposals=[]) is None
    assert not CommitteeRanking.objects.exists()


def test_an_adopted_project_is_the_committees_to_report_on(committee, chairwoman, area):
    project = ProjectFactory(area=area, status=ProjectStatus.FUNDED, title="Sailing school")
    member = let_in(committee, AccessLevel.TAKE_PART).user
    assert not may_report_on(chairwoman, project)

    adopt_project(committee, project, by=chairwoman)
    adopt_project(committee, project, by=chairwoman)
    project = type(project).objects.get(pk=project.pk)

    assert may_report_on(chairwoman, project)
    assert not may_report_on(member, project)
    follower = ParticipantFactory()
    follow([follower], "committee", committee.pk)
    post_update(project, by=chairwoman, title="The boats are here", text="Six of them.")
    tell_followers()
    assert set(follower.notifications.values_list("title", flat=True)) == {
        "Harbour committee looks after “Sailing school”",
        "Sailing school: The boats are here",
    }

    give_project_up(committee, project, by=chairwoman)
    assert not may_report_on(chairwoman, type(project).objects.get(pk=project.pk))
    with pytest.raises(Missing):
        give_project_up(committee, project, by=chairwoman)


def test_only_one_committee_adopts_and_only_what_is_funded(committee, chairwoman, area, harbour):
    project = ProjectFactory(area=area, status=ProjectStatus.FUNDED)
    adopt_project(committee, project, by=chairwoman)
    other = make_committee(slug="other", title="Other committee", neighbourhood=harbour)

    with pytest.raises(Conflict) as refusal:
        adopt_project(other, project, by=let_in(other, AccessLevel.LEAD).user)
    assert refusal.value.code == "taken"
    for status in (ProjectStatus.ON_BALLOT, ProjectStatus.NOT_FUNDED, ProjectStatus.DONE):
        with pytest.raises(Conflict):
            adopt_project(committee, ProjectFactory(area=area, status=status), by=chairwoman)


def test_the_chair_is_reminded_of_what_is_overdue(committee, chairwoman, area, clock):
    move_to(area.budget, PhaseKind.IMPLEMENTATION)
    project = ProjectFactory(area=area, status=ProjectStatus.UNDERWAY, title="Sailing school")
    adopt_project(committee, project, by=chairwoman)
    Milestone.objects.create(project=project, title="Boats", due_on=dt.date(2026, 5, 10))

    def reminders():
        return [each.words for each in due_for(committee, timezone.now()) if "Sailing" in each.words]

    assert reminders() == []
    clock.move_to("2026-05-11 09:00+00:00")
    assert reminders() == [
        "“Sailing school”: a step that was promised is overdue. Say that it is reached, or tell what happened."
    ]
    clock.move_to("2026-08-20 09:00+00:00")
    assert reminders()[1:] == ["“Sailing school”: nobody has told anything for three months. Post news."]
    project.milestones.update(done_on=dt.date(2026, 8, 1))
    post_update(type(project).objects.get(pk=project.pk), by=chairwoman, title="Boats", text="They are here.")
    assert reminders() == []


def test_the_chair_is_asked_for_the_order_while_the_city_reviews(committee, chairwoman, proposal):
    def asked():
        return [each.words for each in due_for(committee, timezone.now()) if "order" in each.words]

    assert asked() == []
    move_to(proposal.budget, PhaseKind.REVIEW)
    assert len(asked()) == 1
    rank_proposals(committee, proposal.area, by=chairwoman, proposals=[proposal])
    assert asked() == []


def test_lists_cost_the_same_with_many_words(committee, chairwoman, area):
    def cost(proposals):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            add_voices(proposals)
        return len(queries)

    proposals = [ProposalFactory(area=area) for _number in range(4)]
    for proposal in proposals:
        sponsor_proposal(committee, proposal, by=chairwoman)
    rank_proposals(committee, area, by=chairwoman, proposals=proposals)

    assert cost(proposals[:1]) == cost(proposals) == 3
    assert [[rank.position for rank in each.open_ranks] for each in proposals] == [[1], [2], [3], [4]]
