"""Work of budgets that happens after the answer: django-tasks runs it in its own process."""

from django_tasks import task

from budgeting.domain import phase, rehearsal


@task()
def run_rehearsal(pk: int) -> bool:
    """Count a rehearsal under each of its rules; asking twice counts once."""
    return rehearsal.run_rehearsal(pk)


@task()
def announce_phases() -> int:
    """Tell who follows budgets which phases have begun; asking twice tells nobody twice."""
    return phase.announce_phases()
