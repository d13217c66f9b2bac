"""From an idea to a proposal: saved, handed in, changed, taken back, and hidden where it breaks the rules."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Field
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budgeting.domain.picture import change_pictures, remove_pictures
from budgeting.enums import ProposalStatus, ReviewOutcome
from budgeting.models import Area, ParticipatoryBudget, Proposal, Review
from budgeting.queries.area import neighbourhood_of
from budgeting.rules import is_its_own, may_hide_proposal, may_propose, submission_is_open
from budgeting.validators import missing_for_submission, place_outside_area
from participation.domain.announcement import announce
from participation.domain.notification import notify
from participation.domain.picture import PictureChanges, no_files_left_behind
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line, clean_text
from participation.models import Discussion, Organisation
from participation.rules import may_act_for


@dataclass(frozen=True)
class ProposalContent:
    """What people write into a proposal; `place` is (latitude, longitude) in degrees, the cost is in cents."""

    title: str = ""
    summary: str = ""
    description: str = ""
    learning_goal: str = ""
    learners: int | None = None
    area: Area | None = None
    organisation: Organisation | None = None
    address: str = ""
    place: tuple[Decimal, Decimal] | None = None
    cost_cents: int | None = None


_LINES = ("title", "summary", "address")
_TEXTS = ("description", "learning_goal")


def save_draft(
    budget: ParticipatoryBudget, *, author, content: ProposalContent, pictures: PictureChanges | None = None
) -> Proposal:
    """Keep an unfinished proposal that only its author (a user) and the organisation's people see.

    Needs no more than a title. Raises NotAllowed, Conflict (the call is closed) or Invalid (naming the field).
    """
    _refuse_when_closed(author, budget)
    if not may_propose(author, budget):
        raise NotAllowed(_("To propose a project, please sign in and choose a name that others see."))
    values = _checked(content, by=author, budget=budget)
    with no_files_left_behind() as stored, transaction.atomic():
        discussion = Discussion.objects.create(title=values["title"], path="/")
        proposal = Proposal.objects.create(
            budget=budget, author=author.participant, discussion=discussion, **values
        )
        discussion.path = path_of(proposal)
        discussion.save(update_fields=["path"])
        change_pictures(proposal, pictures or PictureChanges(), by=author, stored=stored)
        record("budgeting.draft_proposal", proposal, by=author)
    return proposal


def edit_proposal(
    proposal: Proposal,
    *,
    by,
    content: ProposalContent,
    expected_version: int,
    pictures: PictureChanges | None = None,
) -> Proposal:
    """Change a draft or a proposal handed in, while the call is open.

    `expected_version` is the version the writer had in front of them: when somebody else has saved meanwhile, Conflict
    (code "changed_meanwhile") is raised and nothing is overwritten (F22). Returns the proposal as stored.
    """
    with no_files_left_behind() as stored, transaction.atomic():
        proposal = _locked(proposal)
        _refuse_strangers(by, proposal)
        _refuse_when_closed(by, proposal.budget)
        if proposal.status not in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED):
            raise Conflict(
                _("This proposal cannot be changed any more: it has been decided on, withdrawn or hidden.")
            )
        if proposal.version != expected_version:
            raise Conflict(
                _(
                    "Somebody else has changed this proposal while you were writing. Your text is still in the form: "
                    "compare it with the proposal as it now is, then save again."
                ),
                code="changed_meanwhile",
                details={"version": proposal.version},
            )
        complete = proposal.status != ProposalStatus.DRAFT
        values = _checked(
            content, by=by, budget=proposal.budget, complete=complete, held=proposal.organisation_id
        )
        for name, value in values.items():
            setattr(proposal, name, value)
        proposal.version = F("version") + 1
        proposal.save()
        proposal.refresh_from_db(fields=["version"])
        Discussion.objects.filter(pk=proposal.discussion_id).update(
            title=proposal.title, path=path_of(proposal)
        )
        change_pictures(proposal, pictures or PictureChanges(), by=by, stored=stored)
        if proposal.is_public:
            announce_proposal(proposal, is_new=False)
        record("budgeting.edit_proposal", proposal, by=by, version=proposal.version)
    return proposal


def submit_proposal(proposal: Proposal, *, by) -> Proposal:
    """Hand in a draft: from now on everybody can read, support and discuss it; the author gets a receipt.

    Raises Invalid (details: every missing field with a sentence), Conflict or NotAllowed. Twice does no harm.
    """
    with transaction.atomic():
        proposal = _locked(proposal)
        _refuse_strangers(by, proposal)
        if proposal.status == ProposalStatus.SUBMITTED:
            return proposal
        _refuse_when_closed(by, proposal.budget)
        if proposal.status != ProposalStatus.DRAFT:
            raise Conflict(_("Only a draft can be handed in. This proposal is not a draft any more."))
        _checked(
            content_of(proposal), by=by, budget=proposal.budget, complete=True, held=proposal.organisation_id
        )
        proposal.status = ProposalStatus.SUBMITTED
        proposal.submitted_at = database_now()
        proposal.save(update_fields=["status", "submitted_at", "changed_at"])
        _open_discussion(proposal)
        announce_proposal(proposal)
        record("budgeting.submit_proposal", proposal, by=by)
        tell_author(
            proposal,
            kind="budgeting.received",
            title=format_lazy(_("We have received your proposal “{title}”"), title=proposal.title),
            text=_(
                "Everybody can read, support and discuss it now. You can change it until the call closes."
            ),
            event="received",
        )
    return proposal


def withdraw_proposal(proposal: Proposal, *, by) -> Proposal:
    """Take a proposal back while the call is open; it leaves every public page, its comments too."""
    with transaction.atomic():
        proposal = _locked(proposal)
        _refuse_strangers(by, proposal)
        if proposal.status == ProposalStatus.WITHDRAWN:
            return proposal
        _refuse_when_closed(by, proposal.budget)
        if proposal.status != ProposalStatus.SUBMITTED:
            raise Conflict(_("Only a proposal that waits for its review can be withdrawn."))
        proposal.status = ProposalStatus.WITHDRAWN
        proposal.save(update_fields=["status", "changed_at"])
        _close_discussion(proposal)
        record("budgeting.withdraw_proposal", proposal, by=by)
    return proposal


def discard_draft(proposal: Proposal, *, by) -> None:
    """Delete a draft for good, with its pictures."""
    with transaction.atomic():
        proposal = _locked(proposal)
        _refuse_strangers(by, proposal)
        if proposal.status != ProposalStatus.DRAFT:
            raise Conflict(
                _("Only a draft can be thrown away. A proposal that was handed in can be withdrawn.")
            )
        record("budgeting.discard_draft", proposal, by=by)
        remove_pictures(proposal)
        discussion = proposal.discussion
        proposal.delete()
        discussion.delete()


def hide_proposal(proposal: Proposal, *, by, reason: str) -> Proposal:
    """Take a proposal that breaks the rules of the site out of sight; the author is told why."""
    _refuse_who_may_not_hide(by)
    reason = clean_text(reason)
    if not reason:
        raise Invalid(_("Please write why you hide it. The author will read your reason."), field="reason")
    with transaction.atomic():
        proposal = _locked(proposal)
        if not proposal.is_public:
            raise Conflict(_("This proposal is not public, so there is nothing to hide."))
        proposal.status = ProposalStatus.HIDDEN
        proposal.save(update_fields=["status", "changed_at"])
        _close_discussion(proposal)
        record("budgeting.hide_proposal", proposal, by=by, reason=reason)
        tell_author(
            proposal,
            kind="budgeting.hidden",
            title=format_lazy(_("Your proposal “{title}” is hidden"), title=proposal.title),
            text=reason,
            event=f"hidden-{database_now():%Y%m%d%H%M%S}",
        )
    return proposal


def restore_proposal(proposal: Proposal, *, by) -> Proposal:
    """Show a hidden proposal again, in the state it had."""
    _refuse_who_may_not_hide(by)
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.status != ProposalStatus.HIDDEN:
            raise Conflict(_("This proposal is not hidden."))
        outcomes = {
            ReviewOutcome.FEASIBLE: ProposalStatus.ACCEPTED,
            ReviewOutcome.NOT_FEASIBLE: ProposalStatus.REJECTED,
        }
        review = Review.objects.filter(proposal=proposal).first()
        proposal.status = outcomes[ReviewOutcome(review.outcome)] if review else ProposalStatus.SUBMITTED
        proposal.save(update_fields=["status", "changed_at"])
        _open_discussion(proposal)
        record("budgeting.restore_proposal", proposal, by=by)
        tell_author(
            proposal,
            kind="budgeting.hidden",
            title=format_lazy(_("Your proposal “{title}” can be seen again"), title=proposal.title),
            event=f"restored-{database_now():%Y%m%d%H%M%S}",
        )
    return proposal


def announce_proposal(proposal: Proposal, *, is_new: bool = True) -> None:
    """Tell who follows its neighbourhood or surroundings of a new proposal, once; later only the words are kept up."""
    announce(
        kind="budgeting.new_proposal",
        title=format_lazy(_("New proposal: “{title}”"), title=proposal.title),
        text=proposal.summary,
        path=path_of(proposal),
        dedupe_key=f"new-proposal:{proposal.pk}",
        targets=neighbourhood_of(proposal.area),
        point=(proposal.latitude, proposal.longitude),
        discussion=proposal.discussion,
        page=proposal.budget,
        caused_by=proposal.author,
        only_if_known=not is_new,
    )


def path_of(proposal: Proposal) -> str:
    """Return the path of the proposal's page on this site."""
    return proposal.budget.url_of("proposal", proposal.pk)


def content_of(proposal: Proposal) -> ProposalContent:
    """Return what is written in a stored proposal."""
    latitude, longitude = proposal.latitude, proposal.longitude
    place = (latitude, longitude) if latitude is not None and longitude is not None else None
    names = [name for name in ProposalContent.__dataclass_fields__ if name != "place"]
    return ProposalContent(place=place, **{name: getattr(proposal, name) for name in names})


def tell_author(proposal: Proposal, *, kind: str, title, text="", event: str) -> None:
    """Tell the author once per `event`, with a link to the proposal."""
    if proposal.author is None:
        return
    notify(
        proposal.author,
        kind=kind,
        title=title,
        text=text,
        path=path_of(proposal),
        dedupe_key=f"proposal-{proposal.pk}-{event}",
        discussion=proposal.discussion,
    )


def _checked(
    content: ProposalContent,
    *,
    by,
    budget: ParticipatoryBudget,
    complete: bool = False,
    held: int | None = None,
) -> dict[str, Any]:
    """Return the columns to store; raises Invalid naming the first wrong field, all of them in `details`.

    `held` is the organisation the proposal already has: another member may go on writing, but not sign for a stranger.
    """
    values = _as_dict(content)
    for name in _LINES:
        values[name] = clean_line(values[name])
    for name in _TEXTS:
        values[name] = clean_text(values[name])
    wrong = missing_for_submission(values) if complete else {}
    if not values["title"]:
        wrong.setdefault("title", _("Please give your proposal a title."))
    for name in (*_LINES, "learners", "cost_cents"):
        try:
            cast(Field, Proposal._meta.get_field(name)).run_validators(values[name])
        except ValidationError as error:
            wrong.setdefault(name, error.messages[0])
    for name in _TEXTS:  # a text column checks its length in forms only
        limit = cast(Field, Proposal._meta.get_field(name)).max_length
        if limit and len(values[name]) > limit:
            wrong[name] = _("Please use at most %(most)d characters.") % {"most": limit}
    if content.area is not None and content.area.budget_id != budget.pk:
        wrong["area"] = _("This area belongs to another budget. Please choose one of this budget.")
    elif outside := place_outside_area(content.place, content.area):
        wrong["place"] = outside
    organisation = content.organisation
    if organisation is not None and organisation.pk != held and not may_act_for(by, organisation):
        wrong["organisation"] = _(
            "You do not act for this organisation here. Ask one of its managers to add you."
        )
    if wrong:
        field = next(iter(wrong))
        raise Invalid(wrong[field], field=field, details={name: str(words) for name, words in wrong.items()})
    values["latitude"], values["longitude"] = values.pop("place") or (None, None)
    return values


def _as_dict(content: ProposalContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def _locked(proposal: Proposal) -> Proposal:
    found = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("budget", "area__neighbourhood", "organisation", "author", "discussion")
        .filter(pk=proposal.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _refuse_strangers(by, proposal: Proposal) -> None:
    if not is_its_own(by, proposal):
        # To a stranger a draft does not exist; of a public proposal everybody knows that it does.
        raise NotAllowed(_("Only its author can do this.")) if proposal.is_public else Missing


def _refuse_who_may_not_hide(by) -> None:
    if not may_hide_proposal(by):
        raise NotAllowed(_("Only moderators and reviewers hide proposals."))


def _refuse_when_closed(by, budget: ParticipatoryBudget) -> None:
    if not submission_is_open(by, budget):
        raise Conflict(_("The call for proposals is not open, so nothing was changed."), code="closed")


def _open_discussion(proposal: Proposal) -> None:
    Discussion.objects.filter(pk=proposal.discussion_id).update(
        title=proposal.title, path=path_of(proposal), is_public=True
    )
    proposal.discussion.is_public = True


def _close_discussion(proposal: Proposal) -> None:
    Discussion.objects.filter(pk=proposal.discussion_id).update(is_public=False)
    proposal.discussion.is_public = False
