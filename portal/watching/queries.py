"""A log of slow queries, without what was asked for: values may be about a person."""

import logging
import re
import time

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger("portal.queries")
LONGEST_TOLD = 2000
# The places for the values of a row, once more for each further row of one INSERT.
MORE_ROWS = re.compile(r"(\((?:%s, )*%s\))(?:, \1)+")


def timed(execute, sql, params, many, context):
    """Django's wrapper around every query: log those that take longer than SLOW_QUERY_MS."""
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (time.perf_counter() - began) * 1000
        # To wait one's turn is no fault of a query: on SQLite a rush would fill the log with it.
        if milliseconds >= settings.SLOW_QUERY_MS and not sql.startswith("BEGIN"):
            logger.warning("A query took %.0f ms: %s", milliseconds, MORE_ROWS.sub(r"\1, …", sql)[:LONGEST_TOLD])


def _watch(connection, **_signal):
    if settings.SLOW_QUERY_MS and timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def watch():
    """Time the queries of every connection from now on, unless SLOW_QUERY_MS is 0."""
    connection_created.connect(_watch, dispatch_uid="portal.queries")
