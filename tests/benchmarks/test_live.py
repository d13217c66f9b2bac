"""One change to a thousand sockets: our rooms beside a consumer that is sent it by its group, and beside a bare loop."""

import asyncio
import http.client
import os
import statistics
import time
from pathlib import Path

import pytest
from django.db import connection
from websockets.asyncio.client import connect

from tests.benchmarks.servers import TICKS, Server, serving
from tests.participation.rooms import make_room

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = int(os.environ.get("LIVE_PEOPLE", "1000"))
ROUNDS = 8


def memory_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def cause(port: int, path: str) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", path)
    assert asked.getresponse().status == 200
    asked.close()


async def measure(server: Server, way: str, path: str, *, hello: str = "") -> dict[str, float]:
    """Connect everybody, cause changes, and return milliseconds to the last one, CPU per delivery, memory per socket."""
    before = memory_kib(server.pid)
    origin = f"http://127.0.0.1:{server.port}"
    opened = []
    for start in range(0, PEOPLE, 50):
        opened += await asyncio.gather(
            *(
                connect(
                    f"ws://127.0.0.1:{server.port}{path}", origin=origin, compression=None, ping_interval=None
                )
                for _each in range(min(50, PEOPLE - start))
            )
        )
    heard = {"at": 0.0, "number": 0}
    done = asyncio.Event()

    async def listen(socket) -> None:
        async for text in socket:
            if '"prompt"' in text:
                heard["number"] += 1
                heard["at"] = time.perf_counter()
                if heard["number"] == PEOPLE:
                    done.set()

    listeners = [asyncio.create_task(listen(socket)) for socket in opened]
    if hello:
        for socket in opened:
            await socket.send(hello)
        await asyncio.wait_for(done.wait(), 120)
    await asyncio.sleep(3)
    memory = (memory_kib(server.pid) - before) / PEOPLE
    last, ticks = [], server.cpu_ticks()
    for _round in range(ROUNDS):
        heard["number"] = 0
        done.clear()
        began = time.perf_counter()
        await asyncio.to_thread(cause, server.port, way)
        await asyncio.wait_for(done.wait(), 60)
        last.append((heard["at"] - began) * 1000)
        await asyncio.sleep(0.4)
    cpu = (server.cpu_ticks() - ticks) / TICKS * 1e6 / (PEOPLE * ROUNDS)
    for each in listeners:
        each.cancel()
    await asyncio.gather(*(socket.close() for socket in opened), return_exceptions=True)
    return {"last_ms": statistics.median(last), "cpu_us": cpu, "kib": memory}


def test_one_change_reaches_a_thousand_sockets():
    if connection.vendor != "postgresql":
        pytest.skip("a server beside the test needs PostgreSQL: set DATABASE_URL")
    room = make_room(statements=["Yes.", "No."])
    settings = connection.settings_dict
    host = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT'] or 5432}"
    environment = {"DATABASE_URL": f"postgres://{host}/{settings['NAME']}", "REDIS_URL": ""}

    def measured(way: str, path: str, **more) -> dict[str, float]:
        # Each in a server of its own: what one has left in memory would make the next look small.
        with serving(
            settings="learning_city.settings.test",
            path=[ROOT, ROOT / "site"],
            environment=environment,
            application="tests.benchmarks.live_servers",
        ) as server:
            return asyncio.run(measure(server, way, path, **more))

    ours = measured(f"/room?{room.pk}", f"/ws/rooms/{room.pk}/", hello='{"t":"hello","v":0}')
    bare = measured("/bare", "/ws/bare/")
    plain = measured("/plain", "/ws/plain/")

    for name, found in (("rooms", ours), ("bare", bare), ("plain", plain)):
        print(
            f"{name}: last of {PEOPLE} after {found['last_ms']:.0f} ms, {found['cpu_us']:.0f} µs CPU a delivery, "
            f"{found['kib']:.1f} KiB a socket"
        )
    print(
        f"plain ÷ rooms: last {plain['last_ms'] / ours['last_ms']:.1f}, CPU {plain['cpu_us'] / ours['cpu_us']:.1f}; "
        f"rooms ÷ bare: CPU {ours['cpu_us'] / bare['cpu_us']:.1f}"
    )
    assert plain["cpu_us"] / ours["cpu_us"] >= 4
