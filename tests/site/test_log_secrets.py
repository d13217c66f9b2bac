"""Keys and tokens in addresses stay out of the logs."""

import io
import logging

import pytest
from learning_city.log_secrets import SpareSecrets, without_secrets

from participation.foundation.link_tokens import link_token
from tests.factories import make_places_page

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "WzEsMiwzXQ/1xVLgs/GWofhyFme9V3LyDZuN--Gk6M2vdNxWg9hTNNiInBE9s"  # as `link_token` makes them


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (f"/places/register/{KEY}/where/", "/places/register/…/where/"),
        (f"/places/register/{KEY}/confirm/{TOKEN}/", "/places/register/…/confirm/…"),
        (f"/places/manage/{TOKEN}/", "/places/manage/…"),
        (f"/places/verify/closed/{TOKEN}/", "/places/verify/closed/…"),
        ("/places/register/hours/?text=Mo", "/places/register/hours/?text=Mo"),
        ("/places/manage/close/", "/places/manage/close/"),
        ("/places/123/history/", "/places/123/history/"),
    ],
)  # fmt: skip
def test_addresses_lose_what_opens_them_and_nothing_else(path, kept):
    assert without_secrets(path) == kept


@pytest.mark.django_db
def test_s18_a_refused_link_is_logged_without_its_token(client):
    make_places_page()
    handler = next(
        each
        for each in logging.getLogger().handlers
        if any(isinstance(f, SpareSecrets) for f in each.filters)
    )
    log = io.StringIO()
    stream = handler.setStream(log)
    token = link_token("a@b.example", purpose="something else")

    try:
        client.get(f"/places/manage/{token}/")
        client.get(f"/places/register/{KEY}/")
    finally:
        handler.setStream(stream)

    assert "/places/manage/…" in log.getvalue()
    assert "/places/register/…/" in log.getvalue()
    assert token not in log.getvalue()
    assert KEY not in log.getvalue()


def test_s18_the_servers_list_of_requests_is_written_without_keys():
    access = logging.getLogger("uvicorn.access")
    record = access.makeRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d',
        ("127.0.0.1:1", "GET", f"/places/register/{KEY}/", "1.1", 200), None,
    )  # fmt: skip

    access.filter(record)

    assert record.getMessage() == '127.0.0.1:1 - "GET /places/register/…/ HTTP/1.1" 200'
