"""What is streamed, on a server that speaks ASGI: block by block, whole, and without a warning (which would be an error)."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from wsgiref.util import FileWrapper

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.handlers.asgi import ASGIHandler
from django.http import FileResponse, StreamingHttpResponse
from django.urls import path
from learning_city.streaming import BLOCK

LONG = bytes(range(256)) * (3 * BLOCK // 256) + b"the end"


class Observed(io.BytesIO):
    """A file that remembers how much was asked of it at once."""

    most = 0

    def read(self, size=-1):
        part = super().read(size)
        self.most = max(self.most, len(part))
        return part


opened: list[Observed] = []


def whole_file(request):
    opened.append(Observed(LONG))
    return FileResponse(opened[-1], content_type="application/octet-stream")


def rows(request):
    return StreamingHttpResponse((f"row {number}\n" for number in range(100_000)), content_type="text/csv")


def wrapped_file(request):
    return StreamingHttpResponse(FileWrapper(io.BytesIO(LONG)))


async def awaited(request):
    async def parts():
        yield b"already "
        yield b"asynchronous"

    return StreamingHttpResponse(parts())


urlpatterns = [
    path("file", whole_file),
    path("rows", rows),
    path("wrapped", wrapped_file),
    path("awaited", awaited),
]


@pytest.fixture(autouse=True)
def site(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["learning_city.streaming.StreamingMiddleware"]
    opened.clear()


def asked(address: str) -> list[bytes]:
    """Return the parts in which the answer arrives."""

    async def talk():
        scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "headers": []}
        server = ApplicationCommunicator(ASGIHandler(), scope)
        await server.send_input({"type": "http.request", "body": b""})
        start = await server.receive_output(5)
        assert (start["type"], start["status"]) == ("http.response.start", 200)
        parts, more = [], True
        while more:
            message = await server.receive_output(5)
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        await server.wait(5)
        return [part for part in parts if part]

    # In a thread of its own: a browser of another test may have left its event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, talk()).result()


def test_file_arrives_in_blocks_and_is_closed():
    parts = asked("/file")

    assert b"".join(parts) == LONG
    assert opened[0].most == BLOCK
    assert opened[0].closed


def test_rows_of_an_export_arrive_whole_and_in_order():
    parts = asked("/rows")

    assert b"".join(parts) == "".join(f"row {number}\n" for number in range(100_000)).encode()
    assert len(parts) > 10


def test_other_iterators_and_asynchronous_ones_arrive_too():
    assert b"".join(asked("/wrapped")) == LONG
    assert asked("/awaited") == [b"already ", b"asynchronous"]


def test_without_the_middleware_django_would_hold_all_of_it_and_warn(settings):
    settings.MIDDLEWARE = []

    with pytest.warns(Warning, match="must consume synchronous iterators"):
        asked("/file")


def test_servers_without_asgi_stream_as_before(client):
    response = client.get("/file")

    assert not response.is_async
    assert b"".join(response.streaming_content) == LONG
