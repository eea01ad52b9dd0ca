"""Every address of the portal; the list in DESIGN is a contract. The wings are named here as strings only."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("events.urls")),
        path("", include("meetups.urls")),
    ),
]
