"""`manage.py demo`: makes the demo city if it is not there, and serves it."""

import os
import sys
import time

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from learning_city.demo import city
from learning_city.demo.people import PASSWORD, sign_ins


class Command(BaseCommand):
    help = "Make the demo city if it is not there, print the sign-ins, and serve it."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--load-only", action="store_true", help="make the city, but do not serve it")

    def handle(self, *args, port, load_only, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs with development settings only: unset DJANGO_SETTINGS_MODULE.")
        for folder in (settings.VAR_DIR, settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        address = f"http://127.0.0.1:{port}"
        if "BASE_URL" not in os.environ:
            # The links in letters and square codes lead to the city that runs here, whatever its port.
            settings.WAGTAILADMIN_BASE_URL = address
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Making the database ...")
            call_command("migrate", verbosity=0)
        if not city.is_there():
            started = time.monotonic()
            self.say("Building the demo city (a minute or two, only this once) ...")
            city.build(say=self.say)
            self.say(f"The city stands after {time.monotonic() - started:.0f} seconds.")
        if load_only:
            return
        self.say(f"\nThe city is at {address}/  (stop it with Ctrl+C)\n")
        self.say(f"Sign in at {address}/account/login/ with the password {PASSWORD},")
        self.say(f"or with one click at {address}/demo/:\n")
        for role, person in sign_ins():
            self.say(f"  {role:<30} {person.email:<28} {person.name}")
        self.say("")
        uvicorn.run(
            "learning_city.asgi:application",
            host="127.0.0.1",
            port=port,
            log_level="warning",
            lifespan="off",
            ws_per_message_deflate=False,
            ws_max_size=16 * 1024,
        )

    def say(self, words: str) -> None:
        self.stdout.write(words)
        sys.stdout.flush()
