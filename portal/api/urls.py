"""The addresses of the API, below /api/v1/."""

from django.urls import path

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
urlpatterns.append(path("<path:rest>", views.nothing))
