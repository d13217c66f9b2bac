"""What is decided about a committee as a whole: who may know of it, and how it works."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.enums import Privacy
from participation.foundation.audit import record
from participation.foundation.errors import Invalid, NotAllowed
from participation.models import Committee
from participation.rules import may_lead_committee


@transaction.atomic
def change_settings(
    committee: Committee, *, privacy: str, takes_join_requests: bool, quorum_percent: int, by
) -> Committee:
    """Change who may know of the committee, whether people can ask to join, and its quorum (percent, 0 to 100).

    It works at once for drafts too, and goes on record with what was before. Raises NotAllowed, and Invalid with its field.
    """
    if not may_lead_committee(by, committee):
        raise NotAllowed(_("Only who leads the committee may change its settings."))
    if privacy not in Privacy.values:
        raise Invalid(_("Please choose who may know of the committee."), field="privacy")
    if not 0 <= quorum_percent <= 100:
        raise Invalid(_("Please write a share from 0 to 100 percent."), field="quorum_percent")
    now = Committee.objects.select_for_update().get(pk=committee.pk)
    wanted = {
        "privacy": privacy,
        "takes_join_requests": takes_join_requests,
        "quorum_percent": quorum_percent,
    }
    changes = {
        name: [getattr(now, name), value] for name, value in wanted.items() if getattr(now, name) != value
    }
    if not changes:
        return now
    Committee.objects.filter(pk=now.pk).update(**wanted)
    for name, value in wanted.items():
        setattr(committee, name, value)
    _carry_into_draft(now)
    record("participation.committee.settings", now, by=by, changes=changes)
    return committee


def _carry_into_draft(committee: Committee) -> None:
    """Let the page's newest draft have the settings too, so that publishing it does not undo them."""
    committee.refresh_from_db()
    revision = committee.latest_revision
    if revision is not None:
        content = {
            **revision.content,
            "privacy": committee.privacy,
            "takes_join_requests": committee.takes_join_requests,
            "quorum_percent": committee.quorum_percent,
        }
        type(revision).objects.filter(pk=revision.pk).update(content=content)
