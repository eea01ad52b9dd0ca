"""The translators' queue in the admin: what waits, and one row after the other with both languages side by side."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.admin_addresses import change_url
from portal.conflicts import KeepsBoth, conflicts_of
from portal.keys import key_in
from portal.languages import HTML_LANG
from portal.models import Occasion
from portal.outdating import marks_of
from portal.translating import (
    count_waiting,
    kinds,
    marks_for,
    next_waiting,
    rows_waiting,
    texts_waiting,
    with_what_they_say,
    within,
)

PER_PAGE = 50
OFFERED = 40
LABELS = dict(settings.LANGUAGES)


class Queue:
    """What the address chooses: a language, and one occasion or all."""

    def __init__(self, request):
        self.user = request.user
        if not kinds(self.user):
            raise PermissionDenied
        asked, occasion = request.GET.get("language"), request.GET.get("occasion", "")
        self.language = asked if asked in LABELS else next(code for code in LABELS if code != get_language())
        self.original = next(code for code in LABELS if code != self.language)
        self.occasions = Occasion.objects.reachable_by(self.user).order_by("-starts_at")
        self.occasion = self.occasions.filter(pk=key_in(occasion)).first()

    @property
    def query(self):
        return urlencode({"language": self.language, **({"occasion": self.occasion.pk} if self.occasion else {})})

    def rows_of(self, model):
        """Return the rows of a kind that wait, in pages."""
        rows = rows_waiting(model, self.user, self.language, self.occasion)
        return Paginator(with_what_they_say(rows), PER_PAGE)

    def row(self, label, pk):
        """Return the row of a kind that the user may translate; raises Http404."""
        model = next((one for one in kinds(self.user) if one._meta.label_lower == label), None)
        if model is None:
            raise Http404(f"no texts of {label}")
        return get_object_or_404(model.objects.reachable_by(self.user), pk=pk)

    def url_after(self, row):
        """Return the address of the row that comes next, or of the queue at its end."""
        following = next_waiting(self.user, self.language, row, self.occasion)
        return self.url_of(following) if following else f"{reverse('admin:translations')}?{self.query}"

    def url_of(self, row):
        return f"{reverse('admin:translation', args=[row._meta.label_lower, row.pk])}?{self.query}"

    def offered_occasions(self):
        offered = list(self.occasions[:OFFERED])
        return offered if self.occasion is None or self.occasion in offered else [self.occasion, *offered]

    def context(self, site, request, **more):
        languages = [(code, label, code == self.language) for code, label in settings.LANGUAGES]
        return {
            **site.each_context(request),
            "queue": self,
            "languages": languages,
            "target": LABELS[self.language],
            **more,
        }


def queue_page(request, site):
    """List what waits in a language: kinds with their counts, and the rows of one kind."""
    queue = Queue(request)
    waiting_in = count_waiting(queue.user, queue.occasion)
    counts = {model: counts[queue.language] for model, counts in waiting_in.items()}
    waiting = [model for model, count in counts.items() if count]
    chosen = next((model for model in waiting if model._meta.label_lower == request.GET.get("kind")), None)
    chosen = chosen or next(iter(waiting), None)
    page = queue.rows_of(chosen).get_page(request.GET.get("page")) if chosen else []
    marks = marks_for(list(page), queue.language)
    context = queue.context(
        site,
        request,
        title=_("Translations"),
        kinds=[
            (one._meta.label_lower, capfirst(one._meta.verbose_name_plural), counts[one], one is chosen)
            for one in waiting
        ],
        chosen=chosen and chosen._meta.label_lower,
        page=page,
        rows=[(row, within(row), queue.url_of(row), texts_waiting(row, queue.language, marks)) for row in page],
        total=sum(counts.values()),
    )
    return TemplateResponse(request, "admin/translations.html", context)


def row_page(request, site, label, pk):
    """Show the texts of a row that wait, each beside its original; save them, or say that they still hold."""
    queue = Queue(request)
    row = queue.row(label, pk)
    texts = texts_waiting(row, queue.language)
    form = _form_of(row, texts, queue.language, request.POST or None)
    if request.method == "POST" and _is_answered(request, queue, row, form):
        return redirect(queue.url_after(row))
    context = queue.context(
        site,
        request,
        title=_("Translate: %(row)s") % {"row": row},
        row=row,
        kind=row._meta.verbose_name,
        within=within(row),
        form=form,
        texts=[(one, form[one.column]) for one in texts],
        conflicts=conflicts_of([form]),
        can_hold=any(one.changes for one in texts),
        original_lang=HTML_LANG[queue.original],
        skip_url=queue.url_after(row),
        edit_url=change_url(site, row) if type(row) in site._registry else "",
    )
    return TemplateResponse(request, "admin/translation.html", context)


def _is_answered(request, queue, row, form):
    """Take what still holds off the queue, or save what was written; return whether either was done."""
    if "holds" in request.POST:
        marks_of(row, queue.language).delete()
        messages.success(request, _("“%(row)s”: the translation is still right.") % {"row": row})
        return True
    if form.is_valid():
        form.save()
        messages.success(request, _("“%(row)s” is saved.") % {"row": row})
    return form.is_valid()


def _form_of(row, texts, language, data):
    def field_of(column, **kwargs):
        long = isinstance(column, models.TextField)
        lines = forms.Textarea({"rows": 6}) if long else forms.TextInput()
        lines.attrs |= {"lang": HTML_LANG[language], "class": "vLargeTextField" if long else "vTextField"}
        return column.formfield(required=False, widget=lines, **kwargs)

    columns = [one.column for one in texts]
    return modelform_factory(type(row), form=KeepsBoth, fields=columns, formfield_callback=field_of)(data, instance=row)
