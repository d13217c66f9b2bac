"""A committee and the budget: it speaks about the proposals of its neighbourhood, puts them in order, and adopts projects."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budgeting.domain.proposal import path_of
from budgeting.enums import Stance, VoiceKind
from budgeting.models import (
    Area,
    CommitteeRanking,
    CommitteeVoice,
    ParticipatoryBudget,
    Project,
    ProjectAdoption,
    Proposal,
    RankedProposal,
)
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.queries.area import neighbourhood_of
from budgeting.rules import (
    can_be_decided,
    committee_speaks_in_public,
    is_at_home_in,
    project_can_be_adopted,
    support_is_open,
    takes_support,
)
from participation.domain.announcement import announce
from participation.domain.notification import notify, notify_followers
from participation.domain.rights import person_of, refuse_unless_keeper
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_text
from participation.models import Committee, Decision

MAX_TEXT = 3000
MOST_RANKED = 50
NOTICE = "budgeting.committee_voice"


def sponsor_proposal(
    committee: Committee, proposal: Proposal, *, by, text: str = "", decision: Decision | None = None
) -> CommitteeVoice:
    """Let a committee support a proposal of its neighbourhood in public, until voting begins; again changes the words.

    Raises NotAllowed (who keeps and leads the committee only), Invalid (fields "text", "decision"), or Conflict: code
    "private" (a committee nobody may know of), "elsewhere" (not its neighbourhood), "closed".
    """
    return _say(committee, proposal, VoiceKind.SPONSOR, by=by, text=text, decision=decision)


def comment_on_proposal(
    committee: Committee, proposal: Proposal, *, by, text: str, decision: Decision | None = None
) -> CommitteeVoice:
    """Say something about a proposal in the name of the committee, until voting begins. Raises like `sponsor_proposal`."""
    return _say(committee, proposal, VoiceKind.STATEMENT, by=by, text=text, decision=decision)


def give_opinion(
    committee: Committee, proposal: Proposal, *, by, stance: str, text: str, decision: Decision | None = None
) -> CommitteeVoice:
    """Give the committee's opinion while the city reviews; reviewers see it beside their decision, everybody on the page.

    Raises like `sponsor_proposal`, and Invalid (field "stance").
    """
    if stance not in Stance.values:
        raise Invalid(_("Please choose what the committee thinks."), field="stance")
    return _say(committee, proposal, VoiceKind.OPINION, by=by, text=text, decision=decision, stance=stance)


def take_voice_back(committee: Committee, proposal: Proposal, *, kind: str, by) -> None:
    """Take back what the committee said, as long as it may say it. Raises Missing when it has said nothing."""
    with transaction.atomic():
        proposal = _spoken_about(committee, proposal, kind, by)
        gone, _rows = CommitteeVoice.objects.filter(
            committee=committee, proposal=proposal, kind=kind
        ).delete()
        if not gone:
            raise Missing
        record("budgeting.take_voice_back", proposal, by=by, committee=committee.pk, kind=str(kind))


def _say(
    committee: Committee,
    proposal: Proposal,
    kind: VoiceKind,
    *,
    by,
    text: str,
    decision: Decision | None,
    stance: str = "",
) -> CommitteeVoice:
    text = clean_text(text)
    with transaction.atomic():
        proposal = _spoken_about(committee, proposal, kind, by)
        if not text and kind != VoiceKind.SPONSOR:
            raise Invalid(_("Please write what the committee says. Everybody can read it."), field="text")
        if len(text) > MAX_TEXT:
            raise Invalid(_("Please use at most %(most)d characters.") % {"most": MAX_TEXT}, field="text")
        _refuse_foreign(decision, committee)
        voice, is_new = CommitteeVoice.objects.update_or_create(
            committee=committee,
            proposal=proposal,
            kind=kind,
            defaults={
                "stance": stance,
                "text": text,
                "decision": decision,
                "given_by": person_of(by),
                "given_at": database_now(),
            },
        )
        record(
            "budgeting.speak",
            proposal,
            by=by,
            committee=committee.pk,
            kind=str(kind),
            stance=stance,
            is_new=is_new,
        )
        _tell_of_voice(voice, by=by)
    return voice


def _spoken_about(committee: Committee, proposal: Proposal, kind: str, by) -> Proposal:
    """Return the proposal, locked, if the committee may say this about it now."""
    refuse_unless_keeper(committee, by)
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("budget", "area", "author", "discussion")
        .get(pk=proposal.pk)
    )
    if not proposal.is_public or not proposal.budget.live:
        raise Missing
    _refuse_silent_or_elsewhere(committee, proposal.area, by)
    if kind == VoiceKind.OPINION:
        is_open = can_be_decided(by, proposal)
        words = _(
            "Committees give their opinion while the city reviews: from the end of the call until voting."
        )
    elif kind == VoiceKind.SPONSOR:
        is_open = takes_support(by, proposal)
        words = _("This proposal cannot be supported any more.")
    else:
        is_open = support_is_open(by, proposal.budget)
        words = _("Committees comment on proposals until voting begins.")
    if not is_open:
        raise Conflict(words, code="closed")
    return proposal


def _refuse_silent_or_elsewhere(committee: Committee, area: Area | None, by) -> None:
    if not committee_speaks_in_public(by, Committee.objects.get(pk=committee.pk)):
        raise Conflict(
            _(
                "Everybody reads what a committee says about the budget, and nobody may know of this committee. Open it on "
                "its settings page first."
            ),
            code="private",
        )
    if not is_at_home_in(committee, area):
        raise Conflict(
            _("This is not of the committee's neighbourhood, so others speak about it."), code="elsewhere"
        )


def _refuse_foreign(decision: Decision | None, committee: Committee) -> None:
    if decision is not None and decision.committee_id != committee.pk:
        raise Invalid(_("Please choose a decision of this committee."), field="decision")


def _tell_of_voice(voice: CommitteeVoice, *, by) -> None:
    """Tell the author and who follows the proposal, its neighbourhood or the committee; once for each kind of word."""
    proposal, committee = voice.proposal, voice.committee
    titles = {
        VoiceKind.SPONSOR: _("{committee} supports “{title}”"),
        VoiceKind.STATEMENT: _("{committee} comments on “{title}”"),
        VoiceKind.OPINION: _("{committee} gives its opinion on “{title}”"),
    }
    words: dict[str, Any] = {
        "kind": NOTICE,
        "title": format_lazy(titles[VoiceKind(voice.kind)], committee=committee.title, title=proposal.title),
        "text": voice.text,
        "path": path_of(proposal),
        "dedupe_key": f"voice:{committee.pk}:{proposal.pk}:{voice.kind}",
    }
    person = person_of(by)
    if proposal.author is not None and proposal.author != person:
        notify(proposal.author, discussion=proposal.discussion, **words)
    notify_followers(proposal.discussion, except_for=person, **words)
    announce(
        **words,
        targets=[("committee", committee.pk), *neighbourhood_of(proposal.area)],
        point=(proposal.latitude, proposal.longitude),
        inside=("committee", committee.pk),
        discussion=proposal.discussion,
        page=proposal.budget,
        caused_by=person,
    )


def rank_proposals(
    committee: Committee,
    area: Area,
    *,
    by,
    proposals: Sequence[Proposal],
    decision: Decision | None = None,
    expected: str | None = None,
) -> CommitteeRanking | None:
    """Say in which order the committee would like proposals of its area, the first most; none takes the order back.

    It can be changed until voting begins. `expected` is the state (`ranking_state`) the writer had in front of them: when
    somebody else has changed the order meanwhile, Conflict (code "changed_meanwhile") is raised and nothing is overwritten.
    Raises like `sponsor_proposal`, and Invalid (field "proposals") for one twice, of another area, or too many.
    """
    refuse_unless_keeper(committee, by)
    with transaction.atomic():
        # The area's row makes two writers of one order wait for each other, also of the first.
        area = Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
        budget = ParticipatoryBudget.objects.get(pk=area.budget_id)
        if not budget.live:
            raise Missing
        _refuse_silent_or_elsewhere(committee, area, by)
        if not support_is_open(by, budget):
            raise Conflict(
                _("Committees put proposals in order from the call until voting begins."), code="closed"
            )
        _refuse_foreign(decision, committee)
        keys = [proposal.pk for proposal in proposals]
        _refuse_wrong_order(keys, area)
        before = CommitteeRanking.objects.filter(committee=committee, area=area).first()
        if expected is not None and expected != ranking_state(before):
            raise Conflict(
                _(
                    "Somebody else has changed the order meanwhile. Look at it as it now is, then change it again."
                ),
                code="changed_meanwhile",
            )
        if before is not None:
            before.places.all().delete()
        if not keys:
            if before is not None:
                before.delete()
            record("budgeting.rank", budget, by=by, committee=committee.pk, area=area.pk, order=[])
            return None
        ranking, is_new = CommitteeRanking.objects.update_or_create(
            committee=committee,
            area=area,
            defaults={"decision": decision, "changed_by": person_of(by), "changed_at": database_now()},
        )
        RankedProposal.objects.bulk_create(
            RankedProposal(ranking=ranking, proposal_id=key, position=place)
            for place, key in enumerate(keys, start=1)
        )
        record("budgeting.rank", budget, by=by, committee=committee.pk, area=area.pk, order=keys)
        if is_new:
            announce(
                kind=NOTICE,
                title=format_lazy(
                    _("{committee} says which proposals it would like most"), committee=committee.title
                ),
                path=committee.url_of("budget_work"),
                dedupe_key=f"ranking:{committee.pk}:{area.pk}",
                targets=[("committee", committee.pk), *neighbourhood_of(area)],
                inside=("committee", committee.pk),
                page=budget,
                caused_by=person_of(by),
            )
    return ranking


def ranking_state(ranking: CommitteeRanking | None) -> str:
    """Return what tells one state of an order from another."""
    return ranking.changed_at.isoformat() if ranking is not None else ""


def _refuse_wrong_order(keys: list[int], area: Area) -> None:
    if len(set(keys)) != len(keys):
        raise Invalid(_("Each proposal has one place. Please name each only once."), field="proposals")
    if len(keys) > MOST_RANKED:
        raise Invalid(
            _("Please put at most %(most)d proposals in order.") % {"most": MOST_RANKED}, field="proposals"
        )
    known = Proposal.objects.filter(pk__in=keys, area=area, status__in=PUBLIC_STATUSES).count()
    if known != len(keys):
        raise Invalid(_("Please choose public proposals of this area only."), field="proposals")


def adopt_project(
    committee: Committee, project: Project, *, by, decision: Decision | None = None
) -> ProjectAdoption:
    """Let a committee look after a funded project of its neighbourhood: it reports on it and is reminded of what is overdue.

    Raises like `sponsor_proposal`; Conflict with code "taken" where another committee looks after it. Twice does no harm.
    """
    refuse_unless_keeper(committee, by)
    with transaction.atomic():
        project = _locked(project)
        _refuse_silent_or_elsewhere(committee, project.area, by)
        _refuse_foreign(decision, committee)
        held = ProjectAdoption.objects.filter(project=project).first()
        if held is not None and held.committee_id != committee.pk:
            raise Conflict(_("Another committee looks after this project already."), code="taken")
        if held is not None:
            return held
        if not project_can_be_adopted(by, project):
            raise Conflict(
                _("Only a funded project that is not done yet can be looked after."), code="closed"
            )
        adoption = ProjectAdoption.objects.create(
            project=project,
            committee=committee,
            decision=decision,
            adopted_by=person_of(by),
            adopted_at=database_now(),
        )
        record("budgeting.adopt_project", project, by=by, committee=committee.pk)
        _tell_of_adoption(adoption, by=by)
    return adoption


def give_project_up(committee: Committee, project: Project, *, by) -> None:
    """Look after a project no more. Raises NotAllowed, or Missing where the committee does not."""
    refuse_unless_keeper(committee, by)
    with transaction.atomic():
        project = _locked(project)
        gone, _rows = ProjectAdoption.objects.filter(project=project, committee=committee).delete()
        if not gone:
            raise Missing
        record("budgeting.give_project_up", project, by=by, committee=committee.pk)


def _locked(project: Project) -> Project:
    found = (
        Project.objects.select_for_update(of=("self",))
        .select_related("budget", "area", "discussion")
        .filter(pk=project.pk)
        .first()
    )
    if found is None or not found.budget.live:
        raise Missing
    return found


def _tell_of_adoption(adoption: ProjectAdoption, *, by) -> None:
    project, committee = adoption.project, adoption.committee
    words: dict[str, Any] = {
        "kind": NOTICE,
        "title": format_lazy(
            _("{committee} looks after “{title}”"), committee=committee.title, title=project.title
        ),
        "text": _("It tells what becomes of the project from now on."),
        "path": project.budget.url_of("project", project.pk),
        "dedupe_key": f"adoption:{committee.pk}:{project.pk}",
    }
    person = person_of(by)
    if project.discussion is not None:
        notify_followers(project.discussion, except_for=person, **words)
    announce(
        **words,
        targets=[("committee", committee.pk), *neighbourhood_of(project.area)],
        point=(project.latitude, project.longitude),
        inside=("committee", committee.pk),
        discussion=project.discussion,
        page=project.budget,
        caused_by=person,
    )
