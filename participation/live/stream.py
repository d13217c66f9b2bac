"""The same frames as server-sent events, where sockets do not come through."""

import asyncio
from collections.abc import AsyncIterator

from participation.live.admission import Admission
from participation.live.board import Frame
from participation.live.hub import Mailbox, the_hub

# Proxies close what is silent for long.
HEARTBEAT = 15.0
AGAIN_MS = 3000


def as_event(frame: Frame) -> bytes:
    """Return a frame as an event, and when to ask again if the stream ends."""
    return f"retry: {AGAIN_MS}\n\ndata: {frame.text}\n\n".encode()


async def events(admission: Admission, version: int) -> AsyncIterator[bytes]:
    """Yield what is newer than `version`, then every change, until the reader leaves or has to go."""
    hub = the_hub()
    mailbox = Mailbox(admission)
    hub.join(mailbox)
    try:
        yield f"retry: {AGAIN_MS}\n\n".encode()
        mailbox.put(await hub.frame_for(mailbox, version))
        while mailbox.closing is None:
            try:
                await asyncio.wait_for(mailbox.ready.wait(), HEARTBEAT)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if mailbox.closing is not None:
                yield f'event: bye\ndata: {{"code":{mailbox.closing}}}\n\n'.encode()
                return
            for text in mailbox.taken():
                mailbox.sending_since = hub.loop.time()
                yield f"data: {text}\n\n".encode()
                mailbox.sending_since = None
    finally:
        hub.leave(mailbox)
