"""The cache that all processes share: without Redis pages are slower, never broken (F5)."""

import logging
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, answer):
    """Return the method `name` of Django's cache, which gives `answer` (or the caller's default) when Redis fails."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgive(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("The cache does not answer: %s", error)
            return kwargs.get("default", args[1] if name == "get" and len(args) > 1 else answer)

    return forgive


class ForgivingRedisCache(RedisCache):
    """A Redis cache whose failure looks like an empty cache."""

    get = _forgiving("get", None)
    get_many = _forgiving("get_many", {})
    set = _forgiving("set", None)
    set_many = _forgiving("set_many", [])
    add = _forgiving("add", True)
    incr = _forgiving("incr", 0)
    touch = _forgiving("touch", False)
    delete = _forgiving("delete", False)
    delete_many = _forgiving("delete_many", None)
    has_key = _forgiving("has_key", False)
    clear = _forgiving("clear", False)
