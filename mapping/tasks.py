"""Work of the map that happens after the answer: django-tasks runs it in its own process."""

from django_tasks import task

from mapping.domain.coverage import refresh_coverage


@task()
def recompute_coverage(key: str) -> bool:
    """Bring the kept figures of one choice of places up to the present map; asking twice computes once."""
    return refresh_coverage(key)
