"""Work that happens after the answer: django-tasks runs it in its own process."""

from django_tasks import task

from participation.domain.announcement import tell_followers
from participation.domain.digest import make_digests
from participation.domain.mail import send_outgoing_mail
from participation.queries.mail import waiting_mails


@task()
def send_waiting_mail() -> str:
    """Run the outbox once, and plan the next run when something has to be tried again."""
    run = send_outgoing_mail()
    if run.failed and send_waiting_mail.get_backend().supports_defer:
        next_try = waiting_mails().values_list("next_attempt_at", flat=True).first()
        if next_try:
            send_waiting_mail.using(run_after=next_try).enqueue()
    return str(run)


@task()
def tell_followers_of_news() -> int:
    """Tell who follows what was announced; asking twice tells nobody twice."""
    return tell_followers()


@task()
def send_due_digests() -> str:
    """Make the digests that are due; asking twice makes none twice."""
    return str(make_digests())
