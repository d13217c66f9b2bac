"""Files and exports on their way out of an ASGI server: neither held in memory whole nor in the way of other visitors."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.utils.decorators import sync_only_middleware

BLOCK = 256 * 1024  # bytes
# What is longer waits on the disk.
IN_MEMORY = 4 * 1024 * 1024


@sync_only_middleware
def StreamingMiddleware(get_response):
    """Turn what a view, WhiteNoise or the admin streams into blocks that an ASGI server awaits.

    Django would read it to its end into one list first, and warn. A file is read block by block in spare threads. Whatever
    else is streamed, such as the rows of an export, is written to a temporary file at once, in the thread whose database
    connection it reads from: a slow visitor keeps no connection waiting.
    """

    def middleware(request):
        response = get_response(request)
        if isinstance(request, ASGIRequest) and response.streaming and not response.is_async:
            file = getattr(response, "file_to_stream", None) or _written_down(response)
            response.streaming_content = _blocks(_block_of(file), file)
        return response

    return middleware


def _written_down(response) -> Any:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    response._resource_closers.append(file.close)
    for part in response.streaming_content:
        file.write(part)
    file.seek(0)
    return file


def _block_of(file) -> bytes:
    """Read one block; a shorter one is the last."""
    parts, missing = [], BLOCK
    while missing and (part := file.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


async def _blocks(block: bytes, file) -> AsyncIterator[bytes]:
    while block:
        yield block
        block = await asyncio.to_thread(_block_of, file) if len(block) == BLOCK else b""
