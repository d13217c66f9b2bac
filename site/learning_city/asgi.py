"""The ASGI application that every server process runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_city.settings.production")

application = get_asgi_application()
