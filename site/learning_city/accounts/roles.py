"""The roles of the site as groups, and what each may do."""

from django.apps import apps

ROLES: dict[str, list[str]] = {
    "Committee chairs": [],
    # Not "Moderators": Wagtail makes a group of that name, whose people may change and publish every page.
    "Comment moderators": [
        "wagtailadmin.access_admin",
        "participation.moderate_comment",
        "participation.view_comment",
        "mapping.moderate_place",
        "mapping.view_learningplace",
        "mapping.change_learningplace",
    ],
    "Budget officers": [
        "wagtailadmin.access_admin",
        "budgeting.review_proposal",
        "budgeting.run_budget",
        "budgeting.view_proposal",
        "budgeting.view_project",
        "budgeting.change_project",
        "learning_events.keep_desk",
        "participation.verify_at_desk",
        "participation.import_register",
    ],
    "City editors": [
        "wagtailadmin.access_admin",
        "participation.view_organisation",
        "participation.add_organisation",
        "participation.change_organisation",
        "participation.view_neighbourhood",
        "participation.change_discussionsettings",
        "mapping.moderate_place",
        "mapping.import_place",
        "learning_events.run_festival",
        "learning_events.give_badges",
        *(
            f"learning_events.{action}_{model}"
            for model in ("achievement", "pathway")
            for action in ("add", "change", "delete", "view")
        ),
        "learning_events.keep_desk",
        "mapping.add_learningplace",
        "mapping.change_learningplace",
        "mapping.view_learningplace",
        *(
            f"mapping.{action}_{model}"
            for model in ("placecategory", "audience", "topic", "placesource")
            for action in ("add", "change", "delete", "view")
        ),
        *(
            f"learning_events.{action}_{model}"
            for model in ("eventkind", "keyfeature", "room")
            for action in ("add", "change", "delete", "view")
        ),
    ],
}


# What Wagtail gives page by page and collection by collection, here for all of them.
PAGE_ROLES: dict[str, list[str]] = {"City editors": ["add_page", "change_page", "publish_page"]}
COLLECTION_ROLES: dict[str, list[str]] = {
    "City editors": [
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
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
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in wanted if permission in known))
    groups = Group.objects.in_bulk(ROLES, field_name="name")
    everywhere, everything = Page.get_first_root_node(), Collection.get_first_root_node()
    for name, wanted in PAGE_ROLES.items():
        for codename in wanted if everywhere else []:
            GroupPagePermission.objects.get_or_create(
                group=groups[name], page=everywhere, permission=known[f"wagtailcore.{codename}"]
            )
    for name, wanted in COLLECTION_ROLES.items():
        for permission in wanted if everything else []:
            GroupCollectionPermission.objects.get_or_create(
                group=groups[name], collection=everything, permission=known[permission]
            )
