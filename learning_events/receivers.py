"""What happens to pages in the Wagtail admin and changes the public programme."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, page_unpublished, post_page_move, workflow_rejected

from learning_events.domain.event_news import (
    announce_event,
    tell_published,
    tell_returned,
    withdraw_event_news,
)
from learning_events.domain.plan import adopt_plan
from learning_events.domain.version import raise_programme_version
from learning_events.models import EventPage, Festival
from learning_events.queries.plan import COOKIE

_OURS = (EventPage, Festival)


@receiver(page_published, dispatch_uid="learning_events.published")
@receiver(page_unpublished, dispatch_uid="learning_events.unpublished")
def page_came_or_went(sender: type[Page], **_kwargs: object) -> None:
    """Raise the version for a page that is published, taken back or deleted, which Wagtail does by taking it back first."""
    if issubclass(sender, _OURS):
        raise_programme_version()


@receiver(post_page_move, dispatch_uid="learning_events.moved")
def page_moved(sender: type[Page], **_kwargs: object) -> None:
    """Raise the version whatever page is moved: festivals may lie below it."""
    raise_programme_version()


@receiver(user_logged_in, dispatch_uid="learning_events.signed_in")
def somebody_signed_in(request: object, user: object, **_kwargs: object) -> None:
    """Take the programme that this browser kept into the account."""
    adopt_plan(user, getattr(request, "COOKIES", {}).get(COOKIE, ""))


@receiver(page_published, dispatch_uid="learning_events.organisers_hear")
def organisers_hear(sender: type[Page], instance: Page, **_kwargs: object) -> None:
    """Tell organisers that what they handed in is public, and followers what is new."""
    if sender is EventPage and instance.live:
        event = EventPage.objects.select_related("submission", "place").get(pk=instance.pk)
        tell_published(event)
        if event.locale.is_default:
            announce_event(event)


@receiver(page_unpublished, dispatch_uid="learning_events.news_is_withdrawn")
def news_is_withdrawn(sender: type[Page], instance: Page, **_kwargs: object) -> None:
    """Take the news of an event back that is published no more."""
    if sender is EventPage and instance.locale.is_default:
        withdraw_event_news(instance)


@receiver(workflow_rejected, dispatch_uid="learning_events.organisers_are_asked")
def organisers_are_asked(instance: WorkflowState, **_kwargs: object) -> None:
    """Pass an editor's question on, whether it was asked on the board or in the page's own editor."""
    event = None
    if instance.content_type.model_class() is EventPage:
        event = EventPage.objects.select_related("submission").filter(pk=instance.object_id).first()
    if event is not None and instance.current_task_state is not None:
        state = instance.current_task_state
        tell_returned(event, state.comment, state.pk)
