"""What participatory budgeting holds about a person. Ballots are not here: they have no person."""

from django.utils.translation import gettext_lazy as _

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal, RollEntry
from participation.foundation.personal_data import Held, OnErasure
from participation.models import Discussion


def _roll_of(user):
    return RollEntry.objects.filter(
        person_key__in=user.__class__.objects.filter(pk=user.pk).values(
            "participant__register_entry__person_key"
        )
    )


def _delete_drafts(user) -> None:
    drafts = Proposal.objects.filter(author__user=user, status=ProposalStatus.DRAFT)
    for draft in drafts.select_related("discussion").prefetch_related("pictures__image"):
        images = [picture.image for picture in draft.pictures.all()]
        discussion = draft.discussion_id
        draft.delete()
        for image in images:
            image.delete()
        Discussion.objects.filter(pk=discussion).delete()


HELD = (
    Held(
        "budgeting.Proposal",
        _("Proposals you wrote."),
        OnErasure.ANONYMISE,
        _(
            "What was submitted belongs to a public process. It stays without your name; your drafts are deleted."
        ),
        of="author__user",
        columns=(
            "budget__title",
            "title",
            "summary",
            "description",
            "learning_goal",
            "learners",
            "cost_cents",
            "address",
            "latitude",
            "longitude",
            "status",
            "created_at",
            "changed_at",
            "submitted_at",
        ),
        erase=_delete_drafts,
    ),
    Held(
        "budgeting.Support",
        _("Proposals you support."),
        OnErasure.ERASE,
        _("Support is a person's."),
        of="participant__user",
        columns=("proposal__title", "since_at"),
    ),
    Held(
        "budgeting.Review",
        _("Reviews you made as staff."),
        OnErasure.ANONYMISE,
        _("The reasons for a decision are public and stay."),
        of="reviewer__user",
        columns=("proposal__title", "outcome", "cost_cents", "public_reason", "decided_at"),
    ),
    Held(
        "budgeting.ProjectUpdate",
        _("News of projects you wrote."),
        OnErasure.ANONYMISE,
        _("The history of a funded project is public and stays."),
        of="author__user",
        columns=("project__title", "title", "text", "spent_cents", "published_at"),
    ),
    Held(
        "budgeting.CommitteeVoice",
        _("What you wrote down in the name of a committee about proposals."),
        OnErasure.ANONYMISE,
        _("It is the committee's word, and stays. It no longer leads to you."),
        of="given_by__user",
        columns=("committee__title", "proposal__title", "kind", "stance", "text", "given_at"),
    ),
    Held(
        "budgeting.CommitteeRanking",
        _("Orders of proposals you wrote down in the name of a committee."),
        OnErasure.ANONYMISE,
        _("It is the committee's word, and stays. It no longer leads to you."),
        of="changed_by__user",
        columns=("committee__title", "area__name", "changed_at"),
    ),
    Held(
        "budgeting.ProjectAdoption",
        _("Projects that a committee looks after since you said so in its name."),
        OnErasure.ANONYMISE,
        _("The committee goes on looking after them. It no longer leads to you."),
        of="adopted_by__user",
        columns=("committee__title", "project__title", "adopted_at"),
    ),
    Held(
        "budgeting.RollEntry",
        _("Whether and on which day you voted in a budget. What you chose is not known to anybody."),
        OnErasure.KEEP,
        _(
            "The roll keeps that a ballot was cast, so that nobody votes twice. It holds a hash, not your name."
        ),
        of=_roll_of,
        columns=("budget__title", "neighbourhood__name", "voted_on", "channel"),
    ),
)
