"""Who may act on a committee's meetings; who may not know of the committee hears that there is nothing."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Missing, NotAllowed
from participation.foundation.rules import Rule
from participation.models import Committee, Meeting, Participant
from participation.rules import may_keep_committee, may_lead_committee, may_read_committee, may_take_part


def refuse_unless(rule: Rule, committee: Committee, by, words) -> None:
    """Raise Missing for a committee that `by` may not know of, NotAllowed with `words` unless the rule says yes."""
    if not may_read_committee(by, committee):
        raise Missing
    if not rule(by, committee):
        raise NotAllowed(words)


def refuse_unless_keeper(committee: Committee, by) -> None:
    """Let those pass who keep meetings and minutes."""
    refuse_unless(
        may_keep_committee,
        committee,
        by,
        _("Only who keeps the committee's meetings can do this. Please ask its chair or secretary."),
    )


def refuse_unless_leader(committee: Committee, by) -> None:
    """Let those pass who lead the committee."""
    refuse_unless(
        may_lead_committee,
        committee,
        by,
        _("Only who leads the committee can do this. Please ask its chair."),
    )


def refuse_unless_taking_part(committee: Committee, by) -> None:
    """Let those pass who may take part."""
    refuse_unless(
        may_take_part,
        committee,
        by,
        _("Only who takes part in the committee can do this. You can ask to join on its page."),
    )


def person_of(by) -> Participant | None:
    """Return the participant behind a user, None for the system itself and for who has no public name."""
    return getattr(by, "participant", None)


def locked_meeting(meeting: Meeting) -> Meeting:
    """Lock a meeting until the transaction ends, and return it as it is then; raises Missing when it is gone."""
    found = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee")
        .filter(pk=meeting.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found
