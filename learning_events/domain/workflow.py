"""The workflow that a festival's events pass before they are public; it is Wagtail's own, and the city may change it there."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from learning_events.models import Festival

NAME = "Festival editors"


def ensure_workflow(festival: Festival) -> Workflow:
    """Return the workflow assigned to the festival's page; without one, assign that of the people who run the festival.

    Its one step is approved by every group that may run the festival at that moment.
    """
    with transaction.atomic():
        # Two workflows for one page are impossible, two of the same name are not: whoever looks holds the page.
        Page.objects.select_for_update(of=("self",)).filter(pk=festival.pk).first()
        assigned = WorkflowPage.objects.filter(page=festival.pk).select_related("workflow").first()
        if assigned is not None:
            return assigned.workflow
        workflow = Workflow.objects.filter(name=NAME, active=True).order_by("pk").first() or _new_workflow()
        WorkflowPage.objects.create(page=Page.objects.get(pk=festival.pk), workflow=workflow)
    return workflow


def _new_workflow() -> Workflow:
    task = GroupApprovalTask.objects.create(name=NAME)
    task.groups.set(
        Group.objects.filter(
            permissions__codename="run_festival", permissions__content_type__app_label="learning_events"
        ).distinct()
    )
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
