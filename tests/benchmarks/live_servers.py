"""Three ways to hand one change to everybody, in one process: a consumer that is sent it by its group, a bare loop, our rooms.

`GET /plain`, `/bare` and `/room?<number>` cause one change each.
"""

import json

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

# For the plain consumer; our hub makes no use of a layer that reaches no other process.
settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
# As on a real site: the test settings make a connection anew for each question.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 60
django.setup()

from django.db import transaction  # noqa: E402

from participation.domain.room.events import note  # noqa: E402
from participation.live.hub import the_hub  # noqa: E402
from participation.live.routing import sockets  # noqa: E402
from participation.models import Room  # noqa: E402

CHANGE = {"type": "change", "t": "snap", "v": 1, "s": {"room": {"prompt": "x" * 200, "state": "open"}}}
bare_sends: set = set()


class Plain(AsyncWebsocketConsumer):
    """What the tutorial does: each connection has a channel in a group, and writes the message itself."""

    async def connect(self):
        await self.channel_layer.group_add("everybody", self.channel_name)
        await self.accept()

    async def change(self, event):
        await self.send(text_data=json.dumps(event))

    async def disconnect(self, code):
        await self.channel_layer.group_discard("everybody", self.channel_name)


async def bare(scope, receive, send):
    """Nothing but ASGI."""
    await receive()
    await send({"type": "websocket.accept"})
    bare_sends.add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    bare_sends.discard(send)


def _change_room(pk: int) -> None:
    with transaction.atomic():
        room = Room.objects.get(pk=pk)
        room.prompt = f"{room.version:04}" + "x" * 190
        room.save(update_fields=["prompt"])
        note(room, "changed")


async def cause(scope, receive, send):
    """Cause one change."""
    if scope["path"] == "/plain":
        await get_channel_layer().group_send("everybody", CHANGE)
    elif scope["path"] == "/bare":
        text = json.dumps(CHANGE)
        for each in list(bare_sends):
            await each({"type": "websocket.send", "text": text})
    elif scope["path"] == "/room":
        await the_hub().ask(_change_room, int(scope["query_string"]))
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


application = ProtocolTypeRouter(
    {
        "http": cause,
        "websocket": URLRouter(
            [
                path("ws/plain/", Plain.as_asgi()),
                path("ws/bare/", bare),
                path("", sockets),
            ]
        ),
    }
)
