"""The id by which the lines of one request are found in a log. Read by the settings, and so free of models."""

import logging
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


class WithRequestId(logging.Filter):
    """Gives each record the id of the request that it was logged in, or "-"."""

    def filter(self, record):
        record.request_id = request_id.get()
        return True
