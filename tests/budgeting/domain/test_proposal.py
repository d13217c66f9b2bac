"""Writing, handing in, changing, taking back and hiding a proposal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from budgeting.domain import proposal as proposals
from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Phase, Proposal, ProposalPicture
from participation.domain.announcement import tell_followers
from participation.domain.picture import PictureChanges, new_picture
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Announcement, Discussion, Notification, OutgoingMail
from participation.queries.announcement import public_announcements
from participation.queries.notification import notices_of
from tests.budgeting.proposing import content, picture_file
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProposalFactory,
    make_budget,
)
from tests.participation.following import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def other(db):
    return ParticipantFactory(display_name="Olga Other").user


def draft(area, author, **changes):
    return proposals.save_draft(area.budget, author=author, content=content(area, **changes))


def submitted(area, author, **changes):
    return proposals.submit_proposal(draft(area, author, **changes), by=author)


def close_the_call(budget):
    now = timezone.now()
    Phase.objects.filter(budget=budget, kind=PhaseKind.SUBMISSION).update(
        opens_at=now - dt.timedelta(days=2), closes_at=now - dt.timedelta(seconds=1)
    )


def test_a_draft_needs_no_more_than_a_title(area, citizen):
    proposal = proposals.save_draft(
        area.budget, author=citizen, content=proposals.ProposalContent(title="An  idea ")
    )

    assert (proposal.title, proposal.status, proposal.version) == ("An idea", ProposalStatus.DRAFT, 1)
    assert proposal.discussion.is_public is False
    assert proposal.discussion.path == f"/budget/proposals/{proposal.pk}/"


def test_a_draft_without_a_title_is_refused(area, citizen):
    with pytest.raises(Invalid) as refusal:
        proposals.save_draft(area.budget, author=citizen, content=proposals.ProposalContent(title=" \u200b"))

    assert refusal.value.field == "title"
    assert not Proposal.objects.exists()


def test_handing_in_makes_it_public_and_gives_a_receipt(area, citizen):
    proposal = draft(area, citizen)

    proposals.submit_proposal(proposal, by=citizen)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED
    assert proposal.submitted_at is not None
    assert Discussion.objects.get(pk=proposal.discussion_id).is_public
    notice = Notification.objects.get(participant=citizen.participant)
    assert (notice.kind, notice.path) == ("budgeting.received", f"/budget/proposals/{proposal.pk}/")
    assert OutgoingMail.objects.filter(user=citizen).count() == 1


def test_handing_in_twice_does_no_harm(area, citizen):
    proposal = submitted(area, citizen)

    proposals.submit_proposal(proposal, by=citizen)

    assert Notification.objects.filter(participant=citizen.participant).count() == 1


def test_an_unfinished_draft_names_all_that_is_missing(area, citizen):
    proposal = proposals.save_draft(
        area.budget, author=citizen, content=proposals.ProposalContent(title="Idea")
    )

    with pytest.raises(Invalid) as refusal:
        proposals.submit_proposal(proposal, by=citizen)

    assert set(refusal.value.details) == {
        "summary", "description", "learning_goal", "learners", "area", "cost_cents", "address",
    }  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.DRAFT


def test_a_point_instead_of_an_address_is_enough(area, citizen):
    proposal = submitted(area, citizen, address="", place=(Decimal("53.5"), Decimal("9.9")))

    assert proposal.status == ProposalStatus.SUBMITTED


def test_a_point_outside_the_neighbourhood_is_refused_in_words(area, citizen):
    hood = NeighbourhoodFactory(name="Old Harbour")
    west = float(hood.outline["coordinates"][0][0][0])
    area.neighbourhood = hood
    area.save()

    with pytest.raises(Invalid) as refusal:
        draft(area, citizen, place=(Decimal("10"), Decimal("10")))
    inside = draft(area, citizen, place=(Decimal("50.5"), Decimal(str(west + 0.5))))

    assert refusal.value.field == "place"
    assert "Old Harbour" in str(refusal.value.message)
    assert inside.has_place


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 121}, "title"),
        ({"description": "x" * 8001}, "description"),
        ({"learners": -1}, "learners"),
        ({"learners": 10**9}, "learners"),
        ({"cost_cents": 0}, "cost_cents"),
        ({"cost_cents": 10**16}, "cost_cents"),
        ({"place": (Decimal(91), Decimal(0))}, "place"),
    ],
)
def test_what_no_form_would_send_is_refused_all_the_same(changes, field, area, citizen):
    with pytest.raises(Invalid) as refusal:
        draft(area, citizen, **changes)

    assert refusal.value.field == field


def test_an_area_of_another_budget_is_refused(area, citizen):
    elsewhere = AreaFactory(budget=make_budget(slug="other"))

    with pytest.raises(Invalid) as refusal:
        proposals.save_draft(area.budget, author=citizen, content=content(elsewhere))

    assert refusal.value.field == "area"


def test_only_who_acts_for_an_organisation_may_sign_for_it(area, citizen):
    organisation = OrganisationFactory()

    with pytest.raises(Invalid) as refusal:
        draft(area, citizen, organisation=organisation)
    organisation.roles.create(participant=citizen.participant)
    proposal = draft(area, citizen, organisation=organisation)

    assert refusal.value.field == "organisation"
    assert proposal.organisation == organisation


def test_a_member_of_the_organisation_may_go_on_writing(area, citizen, other):
    organisation = OrganisationFactory()
    organisation.roles.create(participant=citizen.participant)
    organisation.roles.create(participant=other.participant)
    proposal = submitted(area, citizen, organisation=organisation)

    changed = proposals.edit_proposal(
        proposal,
        by=other,
        content=content(area, organisation=organisation, title="Better"),
        expected_version=1,
    )

    assert (changed.title, changed.version, changed.author) == ("Better", 2, citizen.participant)


@pytest.mark.parametrize("phase", [PhaseKind.REVIEW, PhaseKind.VOTING, None])
def test_nothing_is_proposed_outside_the_call(phase, citizen):
    area = AreaFactory(budget=make_budget(phase=phase))

    with pytest.raises(Conflict):
        draft(area, citizen)

    assert not Proposal.objects.exists()


def test_the_database_clock_closes_the_call(area, citizen):
    proposal = draft(area, citizen)
    close_the_call(area.budget)

    for attempt in (
        lambda: proposals.submit_proposal(proposal, by=citizen),
        lambda: proposals.edit_proposal(proposal, by=citizen, content=content(area), expected_version=1),
    ):
        with pytest.raises(Conflict) as refusal:
            attempt()
        assert refusal.value.code == "closed"


def test_a_stranger_may_not_propose(area, stranger):
    with pytest.raises(NotAllowed):
        draft(area, stranger)


def test_to_others_a_draft_does_not_exist(area, citizen, other):
    proposal = draft(area, citizen)

    for attempt in (proposals.submit_proposal, proposals.withdraw_proposal, proposals.discard_draft):
        with pytest.raises(Missing):
            attempt(proposal, by=other)


def test_p11_others_may_not_change_or_withdraw_a_public_proposal(area, citizen, other, officer):
    proposal = submitted(area, citizen)

    for user in (other, officer):
        with pytest.raises(NotAllowed):
            proposals.withdraw_proposal(proposal, by=user)
        with pytest.raises(NotAllowed):
            proposals.edit_proposal(proposal, by=user, content=content(area), expected_version=1)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.author) == (ProposalStatus.SUBMITTED, citizen.participant)


def test_f22_an_older_version_overwrites_nothing(area, citizen):
    proposal = submitted(area, citizen)
    proposals.edit_proposal(proposal, by=citizen, content=content(area, title="First"), expected_version=1)

    with pytest.raises(Conflict) as refusal:
        proposals.edit_proposal(
            proposal, by=citizen, content=content(area, title="Second"), expected_version=1
        )

    proposal.refresh_from_db()
    assert (refusal.value.code, refusal.value.details) == ("changed_meanwhile", {"version": 2})
    assert (proposal.title, proposal.version) == ("First", 2)


def test_a_public_proposal_cannot_be_emptied(area, citizen):
    proposal = submitted(area, citizen)

    with pytest.raises(Invalid):
        proposals.edit_proposal(proposal, by=citizen, content=content(area, summary=""), expected_version=1)


def test_withdrawing_closes_the_comments_too(area, citizen):
    proposal = submitted(area, citizen)

    proposals.withdraw_proposal(proposal, by=citizen)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WITHDRAWN
    assert not proposal.discussion.is_public


def test_x20_invisible_characters_are_removed_and_text_is_in_one_normal_form(area, citizen):
    proposal = draft(area, citizen, title="Rad\u202e\u200bio e\u0301\x00", description="a\r\nb\x07")

    assert (proposal.title, proposal.description) == ("Radio é", "a\nb")


def test_f20_scripts_and_emoji_come_back_as_written(area, citizen):
    title = "مقهى الإصلاح 👩🏽‍🔧 修理咖啡馆"

    proposal = submitted(area, citizen, title=title)

    proposal.refresh_from_db()
    assert proposal.title == title
    assert title in Notification.objects.get().title


def test_f18_a_failed_save_leaves_no_file(area, citizen, monkeypatch):
    before = _files()
    picture = new_picture(picture_file(), "A lamp")

    def fail(*args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(proposals, "record", fail)
    with pytest.raises(RuntimeError):
        proposals.save_draft(
            area.budget, author=citizen, content=content(area), pictures=PictureChanges(add=(picture,))
        )

    assert not Proposal.objects.exists()
    assert not get_image_model().objects.exists()
    assert _files() == before


def _files():
    try:
        return set(default_storage.listdir("original_images")[1])
    except FileNotFoundError:
        return set()


def test_pictures_are_stored_without_metadata_and_removed_with_their_files(
    area, citizen, django_capture_on_commit_callbacks
):
    picture = new_picture(picture_file(exif=True), "A lamp")
    proposal = proposals.save_draft(
        area.budget, author=citizen, content=content(area), pictures=PictureChanges(add=(picture,))
    )
    stored = ProposalPicture.objects.get(proposal=proposal)
    with stored.image.open_file() as file:
        assert b"Canary" not in file.read()
    assert (stored.alt_text, stored.image.collection.name) == ("A lamp", "Proposals")

    with django_capture_on_commit_callbacks(execute=True):
        proposals.edit_proposal(
            proposal,
            by=citizen,
            content=content(area),
            expected_version=1,
            pictures=PictureChanges(remove=frozenset([stored.pk])),
        )

    assert not ProposalPicture.objects.exists()
    assert not default_storage.exists(stored.image.file.name)


def test_a_fourth_picture_is_refused(area, citizen):
    four = tuple(new_picture(picture_file(), f"Lamp {number}") for number in range(4))

    with pytest.raises(Invalid) as refusal:
        proposals.save_draft(
            area.budget, author=citizen, content=content(area), pictures=PictureChanges(add=four)
        )

    assert refusal.value.field == "pictures"
    assert not Proposal.objects.exists()


def test_nobody_touches_the_pictures_of_another_proposal(area, citizen, other):
    theirs = proposals.save_draft(
        area.budget,
        author=other,
        content=content(area),
        pictures=PictureChanges(add=(new_picture(picture_file(), "Theirs"),)),
    )
    mine = draft(area, citizen)
    picture = theirs.pictures.get()

    proposals.edit_proposal(
        mine,
        by=citizen,
        content=content(area),
        expected_version=1,
        pictures=PictureChanges(keep={picture.pk: "Mine"}, remove=frozenset([picture.pk])),
    )

    assert theirs.pictures.get().alt_text == "Theirs"


def test_a_discarded_draft_is_gone_with_everything(area, citizen, django_capture_on_commit_callbacks):
    proposal = proposals.save_draft(
        area.budget,
        author=citizen,
        content=content(area),
        pictures=PictureChanges(add=(new_picture(picture_file(), "A lamp"),)),
    )
    name = proposal.pictures.get().image.file.name

    with django_capture_on_commit_callbacks(execute=True):
        proposals.discard_draft(proposal, by=citizen)

    assert not Proposal.objects.exists()
    assert not Discussion.objects.filter(pk=proposal.discussion_id).exists()
    assert not default_storage.exists(name)


def test_a_hidden_proposal_comes_back_in_the_state_it_had(area, citizen, moderator):
    proposal = submitted(area, citizen)

    proposals.hide_proposal(proposal, by=moderator, reason="It insults a neighbour.")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.discussion.is_public) == (ProposalStatus.HIDDEN, False)
    assert Notification.objects.filter(kind="budgeting.hidden", text="It insults a neighbour.").count() == 1

    proposals.restore_proposal(proposal, by=moderator)
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED
    assert Discussion.objects.get(pk=proposal.discussion_id).is_public


def test_hiding_needs_a_right_and_a_reason(area, citizen, moderator):
    proposal = submitted(area, citizen)

    with pytest.raises(NotAllowed):
        proposals.hide_proposal(proposal, by=citizen, reason="I do not like it")
    with pytest.raises(Invalid):
        proposals.hide_proposal(proposal, by=moderator, reason=" ")


def test_every_step_is_in_the_audit_trail(area, citizen):
    proposal = submitted(area, citizen)
    proposals.edit_proposal(proposal, by=citizen, content=content(area), expected_version=1)
    proposals.withdraw_proposal(proposal, by=citizen)

    entries = ModelLogEntry.objects.filter(object_id=str(proposal.pk)).order_by("pk")

    assert [entry.action for entry in entries] == [
        "budgeting.draft_proposal",
        "budgeting.submit_proposal",
        "budgeting.edit_proposal",
        "budgeting.withdraw_proposal",
    ]
    assert {entry.user for entry in entries} == {citizen}


def test_an_accepted_proposal_is_not_edited(citizen):
    proposal = ProposalFactory(author=citizen.participant, status=ProposalStatus.ACCEPTED)

    with pytest.raises(Conflict):
        proposals.edit_proposal(proposal, by=citizen, content=content(proposal.area), expected_version=1)


def test_who_follows_the_neighbourhood_hears_of_a_new_proposal_and_its_words_are_kept_up(citizen, other):
    harbour = NeighbourhoodFactory(outline=None)
    area = AreaFactory(neighbourhood=harbour)
    follow([other.participant, citizen.participant], "neighbourhood", harbour.pk)

    proposal = submitted(area, citizen)
    tell_followers()

    notice = Notification.objects.get(kind="budgeting.new_proposal")
    assert (notice.participant, notice.title) == (other.participant, "New proposal: “Repair café”")
    assert notice.path == proposals.path_of(proposal)
    proposals.edit_proposal(
        proposal, by=citizen, content=content(area, title="Mending café"), expected_version=proposal.version
    )
    assert [row.title for row in public_announcements()] == ["New proposal: “Mending café”"]

    proposals.withdraw_proposal(proposal, by=citizen)
    assert not public_announcements().exists()
    assert not notices_of(other.participant).exists()


def test_a_proposal_from_before_there_was_news_is_no_news_when_it_is_edited(area, citizen):
    proposal = submitted(area, citizen)
    Announcement.objects.all().delete()

    proposals.edit_proposal(
        proposal, by=citizen, content=content(area, title="Mending café"), expected_version=proposal.version
    )

    assert not Announcement.objects.exists()
