"""The ASGI application that every server process runs."""

import asyncio
import gc
import os
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import django
from channels.routing import ProtocolTypeRouter
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.urls import set_urlconf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_city.settings.production")

THREADS = int(os.environ.get("WEB_THREADS", "8"))


class PagesHandler(ASGIHandler):
    """Answers each request in one of a few lasting threads, middleware and view together.

    Django's own handler makes a thread and a database connection for every request, and runs each middleware on the event
    loop with a step into that thread and back. Ours all read the database. Lasting threads keep their connections
    (CONN_MAX_AGE), which is safe because there are never more of them than THREADS.
    """

    def __init__(self):
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            raise ValueError(f"Pages are asked by http, not {scope['type']}.")
        the_hub()  # from the first page on: what pages change is told to who listens
        await self.handle(scope, receive, send)

    async def get_response_async(self, request):
        run = copy_context().run
        return await asyncio.get_running_loop().run_in_executor(self.threads, run, self._respond, request)

    def _respond(self, request):
        close_old_connections()
        try:
            set_urlconf(None)
            return self.get_response(request)
        finally:
            close_old_connections()


django.setup(set_prefix=False)

from participation.live.hub import the_hub  # noqa: E402 - models are there once Django is set up
from participation.live.routing import sockets  # noqa: E402

application = ProtocolTypeRouter({"http": PagesHandler(), "websocket": sockets})

# What is loaded by now stays for good: the garbage collector need not look at it again with every few pages.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
