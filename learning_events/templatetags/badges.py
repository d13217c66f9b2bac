"""What an event's page says of its badges."""

from typing import Any

from django import template

from learning_events.models import EventPage
from learning_events.queries.credential import achievements_at
from learning_events.rules import may_give_badges_at

register = template.Library()


@register.inclusion_tag("learning_events/parts/event_badges.html", takes_context=True)
def event_badges(context, event: EventPage) -> dict[str, Any]:
    """List the badges that can be earned at an event; who may give them finds the codes for the door here."""
    achievements = list(achievements_at(event))
    user = getattr(context.get("request"), "user", None)
    return {
        "event": event,
        "achievements": achievements,
        "may_give": bool(achievements) and user is not None and may_give_badges_at(user, event),
    }
