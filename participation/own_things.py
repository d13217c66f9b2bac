"""What somebody has to do in committees, for the profile."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.foundation.own_things import OwnThing
from participation.queries.decision import own_actions

HEADING = gettext_lazy("What I have to do in committees")


def things(participant) -> list[OwnThing]:
    """Return this person's open action items, what is due soonest first."""
    today = timezone.localdate()
    found = []
    for action in own_actions(participant)[:50]:
        is_late = action.due_on is not None and action.due_on < today
        until = (
            _("until %(day)s") % {"day": date_format(action.due_on, "DATE_FORMAT")} if action.due_on else ""
        )
        state = _("overdue, %(until)s") % {"until": until} if is_late else until
        path = action.committee.url_of("action", action.pk)
        found.append(OwnThing(action.text, path, state, "warn" if is_late else "quiet"))
    return found
