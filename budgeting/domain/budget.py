"""What happens to a budget as a whole, apart from its ballot box."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from budgeting.domain.proposal import path_of
from budgeting.models import ParticipatoryBudget, Proposal
from participation.foundation.audit import record
from participation.models import Announcement, Discussion


def record_refused_change(budget: ParticipatoryBudget, *, by, changes: list[str]) -> None:
    """Write into the audit trail that somebody tried to change frozen rules; nothing of it was saved (V9)."""
    record("budgeting.refuse_change", budget, by=by, changes=changes)


def renew_addresses(page: Page) -> None:
    """Lead comments, follows and notices to the proposals again after `page`, a budget or one above it, has moved."""
    with transaction.atomic():
        for budget in ParticipatoryBudget.objects.descendant_of(page, inclusive=True):
            discussions = []
            for proposal in Proposal.objects.filter(budget=budget).select_related("discussion"):
                proposal.budget = budget
                proposal.discussion.path = path_of(proposal)
                discussions.append(proposal.discussion)
            Discussion.objects.bulk_update(discussions, ["path"], batch_size=500)
        now_at = Discussion.objects.filter(pk=OuterRef("discussion")).values("path")[:1]
        below = Announcement.objects.filter(kind="budgeting.new_proposal", page__path__startswith=page.path)
        below.update(path=Subquery(now_at))
