"""What is shown when there is nothing to show."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request, exception):
    return render(request, "404.html", status=404)


def broken(request):
    """Without context: whatever a context reads may be what broke."""
    return HttpResponseServerError(render_to_string("500.html"))
