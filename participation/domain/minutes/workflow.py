"""The workflow of minutes in Wagtail: checked by somebody who did not write them, approved by a later meeting."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from participation.models import Minutes, MinutesTask

NAME = "Minutes of committees"
STEPS = ((MinutesTask.CHECK, "Minutes are checked"), (MinutesTask.APPROVE, "A meeting approves the minutes"))


def ensure_workflow() -> Workflow:
    """Return the workflow of minutes; the first time, make it and assign it to them."""
    kind = ContentType.objects.get_for_model(Minutes)
    with transaction.atomic():
        # Two workflows for one kind are impossible, two of the same name are not: whoever looks holds the kind.
        ContentType.objects.select_for_update().get(pk=kind.pk)
        assigned = WorkflowContentType.objects.filter(content_type=kind).select_related("workflow").first()
        if assigned is not None:
            return assigned.workflow
        workflow = Workflow.objects.create(name=NAME)
        for number, (step, name) in enumerate(STEPS):
            task = MinutesTask.objects.create(name=name, step=step)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
        WorkflowContentType.objects.create(content_type=kind, workflow=workflow)
    return workflow
