"""Work of budgets that happens after the answer: django-tasks runs it in its own process."""

from django_tasks import task

from budgeting.domain import rehearsal


@task()
def run_rehearsal(pk: int) -> bool:
    """Count a rehearsal under each of its rules; asking twice counts once."""
    return rehearsal.run_rehearsal(pk)
