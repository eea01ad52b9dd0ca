"""The ground."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("The community")

    def ready(self):
        from simple_history.signals import post_create_historical_record

        from portal import findable, keys, outdating, photos, search, signups  # models must be loaded first
        from portal.accounts import events
        from portal.pagecache import forgetting
        from portal.permissions import make_groups
        from portal.seat_kind import SeatKind
        from portal.watching import queries

        post_migrate.connect(make_groups, dispatch_uid="portal.make_groups")
        keys.register()
        search.register(*findable.SOURCES)
        forgetting.watch()
        queries.watch()
        events.watch()
        post_delete.connect(photos.delete_files_of_deleted, self.get_model("Photo"), dispatch_uid="portal.photos")
        post_create_historical_record.connect(outdating.compare_versions, dispatch_uid="portal.outdating")
        if settings.SENTRY_DSN:
            from portal.watching.reporting import report_errors  # which takes memory that most need not spend

            report_errors(settings.SENTRY_DSN)
        signups.register(self.get_model("Registration"), SeatKind())
