"""A calendar that somebody brought along, with the draft that came from it."""

from learning_events.domain.calendars import add_source, bring_in
from learning_events.domain.calendars.source import Given
from learning_events.models import CalendarSource
from tests.architecture.world.city import World
from tests.learning_events.calendar.files import event, ics


def build(world: World) -> None:
    """Given by `author`, and brought in."""
    content = ics(*event(uid="world", title="From a calendar", start="DTSTART:20260914T180000"))
    source, _run = add_source(
        world.festival, Given(content=content, file_name="club.ics"), by=world.author.user
    )
    bring_in(source, by=world.author.user)
    world.things |= {"calendar": CalendarSource.objects.get(pk=source.pk)}
