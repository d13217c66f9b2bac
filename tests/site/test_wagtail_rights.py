"""Wagtail's own doors, as this site has them set up: drafts, copies and private files stay with who may see them."""

import pytest
from django.core.files.base import ContentFile
from learning_city.home.models import InformationPage
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A page with two revisions that was never published."""
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=InformationPage(title="Secret plans", slug="secret-plans", live=False))
    page.save_revision()
    page.lead = "Even more secret"
    page.save_revision()
    return page


def read_addresses(page):
    first, second = page.revisions.order_by("pk").values_list("pk", flat=True)
    base = f"/admin/pages/{page.pk}"
    return [
        f"{base}/edit/",
        f"{base}/view_draft/",
        f"{base}/history/",
        f"{base}/revisions/compare/{first}...{second}/",
        f"{base}/revisions/{first}/view/",
        f"{base}/copy/",
        f"{base}/delete/",
        f"/admin/localize/submit/page/{page.pk}/",
    ]


@pytest.mark.parametrize("who", ["moderator", "officer"])
def test_p6_p8_staff_without_rights_on_pages_reads_and_copies_no_draft(client, draft, who, request):
    client.force_login(request.getfixturevalue(who))

    for address in read_addresses(draft):
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert b"secret" not in answer.content.lower(), address


def test_p6_an_editor_with_the_right_reads_the_draft(client, draft, editor):
    client.force_login(editor)

    assert b"Secret plans" in client.get(read_addresses(draft)[0]).content


def test_p8_copying_without_the_right_makes_nothing(client, draft, officer):
    client.force_login(officer)
    pages = Page.objects.count()

    answer = client.post(
        f"/admin/pages/{draft.pk}/copy/",
        {"new_title": "Mine", "new_slug": "mine", "new_parent_page": draft.get_parent().pk, "alias": ""},
    )

    assert answer.status_code in (302, 403)
    assert Page.objects.count() == pages


def test_p7_a_private_document_is_not_given_out(client, citizen):
    private = Collection.get_first_root_node().add_child(name="Council only")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = get_document_model().objects.create(
        title="Minutes", collection=private, file=ContentFile(b"canary", name="minutes.pdf")
    )

    stranger = client.get(document.url)
    client.force_login(citizen)
    member = client.get(document.url)

    assert stranger.status_code == 302
    assert "/account/login/" in stranger.url
    assert member.getvalue() == b"canary"


@pytest.mark.parametrize(
    "path",
    ["../manage.py", "..%2f..%2fpyproject.toml", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "a/../../x"],
)
def test_s15_nothing_outside_of_media_is_served(client, path):
    assert client.get(f"/media/{path}").status_code in (301, 400, 404)
