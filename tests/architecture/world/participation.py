"""An organisation, a notice, files, and what only Wagtail's admin shows."""

import io

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, Site, Workflow

from participation.domain.notification import notify
from participation.enums import OrganisationRole
from participation.models import Organisation, OrganisationPerson
from tests.architecture.world.city import World


def build(world: World) -> None:
    """An organisation of the author, a notice, a picture, and what only Wagtail's admin shows."""
    organisation = Organisation.objects.create(name="Menders", slug="menders")
    OrganisationPerson.objects.create(
        organisation=organisation, participant=world.author, role=OrganisationRole.MANAGER
    )
    notify(
        world.author,
        kind="budgeting.result",
        title="A notice",
        text="For one person.",
        path="/",
        dedupe_key="world",
        discussion=world.shown.discussion,
    )
    content = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(content, "PNG")
    locked = Collection.get_first_root_node().add_child(name="Locked")
    world.things["collection_lock"] = CollectionViewRestriction.objects.create(
        collection=locked, restriction_type=CollectionViewRestriction.LOGIN
    )
    for name, collection in (("document", None), ("locked_document", locked)):
        world.things[name] = get_document_model().objects.create(
            title=name,
            file=ContentFile(b"text", name=f"{name}.txt"),
            **({"collection": collection} if collection else {}),
        )
    image = get_image_model().objects.create(
        title="White", file=ContentFile(content.getvalue(), name="white.png"), width=8, height=8
    )
    world.things |= {
        "organisation": organisation,
        "notice": world.author.notifications.order_by("pk").last(),
        "image": image,
        "site": Site.objects.get(is_default_site=True),
        "locale": Locale.objects.get(language_code="en"),
        "root": Page.objects.get(depth=1),
        "workflow": Workflow.objects.first(),
        "group": Group.objects.get(name="Comment moderators"),
        "neighbourhood": world.author.neighbourhood,
    }
