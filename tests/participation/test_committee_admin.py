"""Private committees in Wagtail's admin: editors who are not in them neither find nor open their pages."""

import pytest
from django.urls import reverse

from participation.enums import AccessLevel, Privacy
from tests.factories import let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committees(roles):
    return [
        make_committee("Open Table", privacy=Privacy.OPEN),
        make_committee("Secret Panel", privacy=Privacy.PRIVATE),
    ]


def explored(client, committee) -> str:
    return client.get(reverse("wagtailadmin_explore", args=[committee.get_parent().pk])).content.decode()


def addresses(committee) -> list[str]:
    names = ("edit", "delete", "history", "move", "copy", "unpublish", "view_draft")
    return [reverse(f"wagtailadmin_pages:{name}", args=[committee.pk]) for name in names]


def test_an_editor_finds_no_private_committee(client, editor, committees):
    public, private = committees
    client.force_login(editor)

    html = explored(client, private)
    assert "Open Table" in html
    assert "Secret Panel" not in html
    chosen = client.get(reverse("wagtailadmin_choose_page_child", args=[private.get_parent().pk])).content
    assert b"Open Table" in chosen
    assert b"Secret Panel" not in chosen
    assert client.get(addresses(public)[0]).status_code == 200
    for address in addresses(private):
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
        assert b"Secret Panel" not in response.content


def test_an_editor_who_is_in_it_and_an_administrator_do(client, editor, administrator, committees):
    private = committees[1]
    let_in(private, editor.participant, AccessLevel.READ)
    for user in (editor, administrator):
        client.force_login(user)
        assert "Secret Panel" in explored(client, private)
        assert client.get(addresses(private)[0]).status_code == 200
