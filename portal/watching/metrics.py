"""Figures for Prometheus, at /metrics for whoever has METRICS_TOKEN; without one, nothing is counted.

The web processes count into files of a folder that they share (`PROMETHEUS_MULTIPROC_DIR`, made by `gunicorn.conf.py`);
what the database knows is read when it is asked for. Routes are labels, addresses are not: they would be without end.
"""

from django.conf import settings

from portal import outbox
from portal.watching.checks import late_by

# Decided once: the client needs its folder when it is imported, and memory that most need not spend.
COUNTING = bool(settings.METRICS_TOKEN)

if COUNTING:
    import prometheus_client as prometheus
    from prometheus_client import multiprocess

    _labels = ["method", "route", "status"]
    requests = prometheus.Counter("portal_requests", "Requests that reached Django.", _labels)
    seconds = prometheus.Histogram("portal_request_seconds", "How long Django took for them.", ["route"])


def note_request(method, route, status, took):
    """Count a request; `took` is in seconds."""
    if COUNTING:
        requests.labels(method, route, status).inc()
        seconds.labels(route).observe(took)


def exposition():
    """Return (content, content type) of all metrics, of every process."""
    registry = prometheus.CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    gauges = {
        "portal_mails_waiting": ("Mails that are not sent yet.", outbox.waiting().count()),
        "portal_mail_late_seconds": ("How long the oldest of them is overdue.", late_by().total_seconds()),
    }
    lines = [prometheus.generate_latest(registry).decode()]
    for name, (what, value) in gauges.items():
        lines.append(f"# HELP {name} {what}\n# TYPE {name} gauge\n{name} {value}\n")
    return "".join(lines), prometheus.CONTENT_TYPE_LATEST
