"""The addresses of the API, below /api/v1/."""

from django.urls import path, re_path

from portal.api import views
from portal.api.catalogue import every
from portal.api.description import description

urlpatterns = [
    path("", views.root, name="api-root"),
    path("openapi.json", views.api_view()(lambda request: description()), name="api-description"),
]
for resource in every().values():
    urlpatterns += [
        path(f"{resource.name}/", views.list_view(resource), name=f"api-{resource.name}"),
        path(f"{resource.name}/<{resource.kind}:key>/", views.one_view(resource), name=f"api-{resource.name}-one"),
    ]
# Not a `path` converter, which knows no line breaks: whatever else is asked for is answered in JSON, too.
urlpatterns.append(re_path(r"^(?P<rest>[\s\S]+)$", views.nothing))
