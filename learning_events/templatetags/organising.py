"""Words about sessions in templates."""

from django import template

from learning_events.models import Session
from learning_events.session_words import when_words

register = template.Library()


@register.filter
def when(session: Session) -> str:
    """Say when a session is, on the clock of its place."""
    return when_words(session)
