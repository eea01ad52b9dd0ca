"""Kept pages in Redis, shared by several machines."""

from contextlib import contextmanager

import redis

from portal.pagecache.stores import StoreAway


class RedisStore:
    """A store of `portal.pagecache.stores`, whose troubles are StoreAway and no matter of who asks."""

    files = None

    def __init__(self, url, prefix="pages"):
        self.redis = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self.prefix = prefix

    def generation(self):
        with _told():
            return (self.redis.get(f"{self.prefix}:generation") or b"0").decode()

    def begin_generation(self):
        with _told():
            return str(self.redis.incr(f"{self.prefix}:generation"))

    def get(self, generation, key):
        with _told():
            return self.redis.get(f"{self.prefix}:{generation}:{key}")

    def put(self, generation, key, kept, seconds):
        with _told():
            self.redis.set(f"{self.prefix}:{generation}:{key}", kept, ex=max(1, int(seconds)))

    @contextmanager
    def turn(self, key):
        with _told(), self.redis.lock(f"{self.prefix}:turn:{key}", timeout=30, blocking_timeout=30):
            yield


@contextmanager
def _told():
    try:
        yield
    except redis.RedisError as problem:
        raise StoreAway(str(problem)) from problem
