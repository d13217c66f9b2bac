"""Real servers for the benchmarks: a site in its own process, asked over a real socket, its CPU time read from the system."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LAUNCH = """
import sys, uvicorn
from importlib import import_module
from django.core.asgi import get_asgi_application
application = import_module(sys.argv[2]).application if len(sys.argv) > 2 else get_asgi_application()
uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", lifespan="off")
"""


class Server:
    """A running site: `cpu_ms(path, requests)` is its CPU time for one request, in milliseconds."""

    def __init__(self, port: int, pid: int):
        self.port = port
        self.pid = pid

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    def cpu_ticks(self) -> int:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def cpu_ms(self, path: str, *, requests: int = 60) -> float:
        """Return the mean CPU time of a request over `requests` of them; the first ones are not counted."""
        for _ in range(5):
            status, _body = self.get(path)
            assert status == 200, f"{path} answers {status}"
        before = self.cpu_ticks()
        for _ in range(requests):
            self.get(path)
        return (self.cpu_ticks() - before) * 1000 / TICKS / requests


@contextmanager
def serving(
    *, settings: str, path: list[Path], environment: dict[str, str], application: str = ""
) -> Iterator[Server]:
    """Serve the site with these settings by uvicorn until the block ends; `application` names its own ASGI module."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        **environment,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(map(str, path)),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(port), *filter(None, [application])], env=environment, cwd=path[0]
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, "the server stopped while it started"
            time.sleep(0.1)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def bare_wagtail(folder: Path) -> tuple[str, list[Path], dict[str, str]]:
    """Make a site with `wagtail start` in `folder`, DEBUG off, and return what `serving` wants."""
    run = {"check": True, "capture_output": True}
    subprocess.run([Path(sys.executable).parent / "wagtail", "start", "bare", str(folder)], **run)
    (folder / "bare" / "settings" / "measured.py").write_text(
        "from .base import *\nDEBUG = False\nSECRET_KEY = 'measured'\nALLOWED_HOSTS = ['127.0.0.1']\n"
        "STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n"
    )
    settings = "bare.settings.measured"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=folder, env=environment, **run)
    return settings, [folder], {}
