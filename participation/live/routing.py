"""Addresses of sockets."""

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import URLRouter
from django.urls import path, re_path

from participation.live.consumer import RoomConsumer


class NoSuchSocket(AsyncWebsocketConsumer):
    """What answers at any other address: the handshake is refused."""

    channel_layer_alias = RoomConsumer.channel_layer_alias

    async def connect(self):
        await self.close()


sockets = URLRouter(
    [path("ws/rooms/<int:room>/", RoomConsumer.as_asgi()), re_path("", NoSuchSocket.as_asgi())]
)
