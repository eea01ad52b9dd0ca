"""Troubles that pass by themselves: a database that is away, a disk that is full, a store that does not answer."""

import errno
import sys

from django.db import InterfaceError, OperationalError

from portal.pagecache.stores import StoreAway

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def is_passing(problem):
    """Return whether an exception, or what caused it, is no mistake of ours and gone when it is tried again later."""
    while problem is not None:
        if isinstance(problem, (OperationalError, InterfaceError, StoreAway)) or _is_of_the_store(problem):
            return True
        if isinstance(problem, OSError) and problem.errno in NO_ROOM:
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _is_of_the_store(problem):
    """Whether the client of S3 says it; it is loaded only where files lie in a bucket."""
    client = sys.modules.get("botocore.exceptions")
    return client is not None and isinstance(problem, (client.BotoCoreError, client.ClientError))
