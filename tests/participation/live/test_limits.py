"""How fast one connection may ask."""

from participation.live.limits import TokenBucket


def test_burst_passes_at_once_and_the_rest_at_its_pace():
    now = [100.0]
    bucket = TokenBucket(per_second=5, burst=20, clock=lambda: now[0])

    assert [bucket.take() for _each in range(21)] == [True] * 20 + [False]
    now[0] += 0.2
    assert [bucket.take(), bucket.take()] == [True, False]
    now[0] += 3600
    assert sum(bucket.take() for _each in range(50)) == 20
