"""Work of the festival that happens after the answer: django-tasks runs it in its own process."""

from django_tasks import task

from learning_events.printing import edition


@task()
def print_edition(pk: int) -> bool:
    """Make the files of a printed edition; asking twice makes them once."""
    return edition.print_edition(pk)
