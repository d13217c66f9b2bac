"""The roles of the site as groups, and what each may do."""

from django.apps import apps

ROLES: dict[str, list[str]] = {
    "Committee chairs": [],
    "Moderators": [
        "wagtailadmin.access_admin",
        "participation.moderate_comment",
        "participation.view_comment",
    ],
    "Budget officers": [
        "wagtailadmin.access_admin",
        "budgeting.review_proposal",
        "budgeting.run_budget",
        "budgeting.view_proposal",
        "budgeting.view_project",
        "budgeting.change_project",
        "participation.verify_at_desk",
        "participation.import_register",
    ],
    "City editors": [
        "wagtailadmin.access_admin",
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "participation.view_organisation",
        "participation.add_organisation",
        "participation.change_organisation",
        "participation.view_neighbourhood",
    ],
}


def give_roles_their_permissions(sender, using="default", **kwargs):
    """Make the groups and give them their permissions, once the last app has its permissions (post_migrate)."""
    if sender.name != list(apps.get_app_configs())[-1].name:
        return
    ensure_roles()


def ensure_roles() -> None:
    """Make each role's group with the permissions above; permissions that a city added stay."""
    from django.contrib.auth.models import Group, Permission

    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in wanted if permission in known))
