"""What the admin's log says of rows, and is forgotten with them: it names who answered a person, and what."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType


def forget_log(*rows):
    """Delete what the log says of some rows of one model."""
    kind = ContentType.objects.get_for_model(rows[0])
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(row.pk) for row in rows]).delete()
