"""Run as a program: votes for one resident after the other from three threads, and says of each when it is committed."""

import sys
import threading
import uuid

import django

django.setup()

from django.db import connections  # noqa: E402

from budgeting.domain.ballot import cast_ballot  # noqa: E402
from budgeting.models import Area  # noqa: E402
from participation.models import Participant  # noqa: E402


def vote(area_id: int, places: list[int], voters: list[int]) -> None:
    area = Area.objects.select_related("budget").get(pk=area_id)
    for voter in voters:
        key = uuid.uuid5(uuid.NAMESPACE_OID, str(voter))
        person = Participant.objects.get(pk=voter)
        receipt = cast_ballot(area, voter=person, choices=places, idempotency_key=key)
        sys.stdout.write(f"{voter} {receipt.tracker}\n")
        sys.stdout.flush()
    connections.close_all()


if __name__ == "__main__":
    area_id, chosen, people = (list(map(int, argument.split(","))) for argument in sys.argv[1:4])
    threads = [
        threading.Thread(target=vote, args=(area_id[0], chosen, people[start::3])) for start in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
