"""Errors to Sentry, or to whatever speaks its protocol, where SENTRY_DSN says so."""

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

from portal.logs import without_names


def report_errors(dsn):
    """Send errors from now on: where in the code and which route, nothing of who asked, and no values of variables."""
    sentry_sdk.init(
        dsn=dsn,
        integrations=[DjangoIntegration(transaction_style="url", middleware_spans=False)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        before_send=_without_names,
    )


def _without_names(event, hint):
    """Drop the request (an address may open something) and clean what an error says."""
    event.pop("request", None)
    event.pop("user", None)
    for error in event.get("exception", {}).get("values", []):
        error["value"] = without_names(error.get("value") or "")
    if "logentry" in event:
        event["logentry"] = {"formatted": without_names(event["logentry"].get("formatted") or "")}
    return event
