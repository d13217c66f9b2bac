"""The task that sends mail plans its own next run."""

import pytest
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from participation.domain.mail import queue_mail
from participation.models import OutgoingMail
from participation.tasks import send_waiting_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker_of_production(settings):
    """Tasks wait in the database for a worker, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert default_task_backend.supports_defer


@pytest.fixture
def receipt(citizen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(
            citizen, kind="participation.comment", subject="Receipt", text="Hello", dedupe_key="receipt-1"
        )
    return OutgoingMail.objects.get()


def test_after_the_commit_a_run_is_asked_for_and_not_made_by_the_visitor(receipt):
    assert DBTaskResult.objects.get().task_path == "participation.tasks.send_waiting_mail"
    assert receipt.sent_at is None


def test_a_run_that_sent_everything_plans_nothing(receipt):
    assert send_waiting_mail.call() == "1 sent, 0 dropped, 0 failed"
    assert DBTaskResult.objects.count() == 1


def test_f16_a_run_that_failed_plans_the_next_for_when_the_mail_is_due(receipt, settings):
    settings.EMAIL_BACKEND = "tests.participation.domain.test_mail.BrokenServer"

    assert send_waiting_mail.call() == "0 sent, 0 dropped, 1 failed"

    receipt.refresh_from_db()
    planned = DBTaskResult.objects.latest("enqueued_at")
    assert planned.run_after == receipt.next_attempt_at


def test_a_visitor_is_answered_even_when_no_run_can_be_asked_for(
    citizen, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "no.such.Backend"}}

    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(
            citizen, kind="participation.comment", subject="Receipt", text="Hello", dedupe_key="receipt-1"
        )

    assert OutgoingMail.objects.get().sent_at is None
