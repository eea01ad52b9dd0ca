"""Every address of the admin, read from its site and its registry; a new model or page cannot be forgotten.

`python -m tests.admin_routes` prints them as JSON, for what runs without Django.
"""

import json

import django

if __name__ == "__main__":
    django.setup()

from django.contrib import admin

from tests.admin_cost import models


def routes():
    """Return a list of [path of the model's list, routes below it]; those of the site itself stand below /admin/."""
    found = [["/admin/", [route for route in _below(admin.site) if "<" not in route]]]
    for model in models():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found.append([base, _below(admin.site._registry[model])])
    return found


def _below(pages):
    return [str(one.pattern) for one in pages.get_urls() if hasattr(one.pattern, "_route")]


if __name__ == "__main__":
    print(json.dumps(routes()))
