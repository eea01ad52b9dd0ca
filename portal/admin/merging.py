"""The page on which two rows become one: which is kept, what that would do, and then the button."""

from collections import Counter
from typing import NamedTuple

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.addresses import FormerSlug
from portal.admin_addresses import admin_url
from portal.keys import keys_in
from portal.merging import CannotMerge, merge, what_merging_does
from portal.models import Merge


class Effect(NamedTuple):
    """What a merge does with rows of one kind: how many, in words."""

    label: str
    count: int


class Mergeable:
    """For admins of rows that may turn out to be one. The action of the list leads to the page."""

    @admin.action(description=gettext_lazy("Merge the two selected into one"), permissions=["change"])
    def merge_two(self, request, queryset):
        keys = sorted(queryset.values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, _("Select exactly two to merge."), messages.ERROR)
            return None
        return HttpResponseRedirect(f"{self._merge_url}?row={keys[0]}&row={keys[1]}")

    @property
    def _merge_url(self):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_merge")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    def merge_view(self, request):
        if merged := self._merged_before(request):
            return self._told(request, merged)
        rows = self._chosen(request)
        kept = next((row for row in rows if str(row.pk) == request.GET.get("keep")), rows[0])
        gone = next(row for row in rows if row is not kept)
        try:
            if request.method == "POST":
                return self._merged(request, kept, gone)
            steps = what_merging_does(kept, gone, request.user)
        except CannotMerge as reason:
            if merged := self._merged_before(request):  # while this press waited for the other
                return self._told(request, merged)
            self.message_user(request, str(reason), messages.ERROR)
            return HttpResponseRedirect(admin_url(self.admin_site, self.model, "changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge: %(kept)s and %(gone)s") % {"kept": rows[0], "gone": rows[1]},
            "opts": self.opts,
            "rows": [(row, admin_url(self.admin_site, self.model, "change", row.pk)) for row in rows],
            "kept": kept,
            "gone": gone,
            "effects": effects(steps, self.model),
        }
        return TemplateResponse(request, "admin/curated/merge.html", context)

    def _merged_before(self, request):
        """Return the merge that made one of the two rows already, as after a second press; None where there is none."""
        keys = keys_in(request.GET.getlist("row"))[:2]
        theirs = self.model.objects.editable_by(request.user).filter(pk__in=keys).values("pk")
        merges = Merge.objects.filter(kind=self.opts.label_lower)
        return merges.filter(kept_id__in=theirs, gone_id__in=keys).order_by("pk").last()

    def _chosen(self, request):
        """Return the two rows that the address names, both within the user's scope; raises PermissionDenied."""
        keys = keys_in(request.GET.getlist("row"))[:2]
        rows = list(self.model.objects.editable_by(request.user).filter(pk__in=keys).order_by("pk"))
        if len(rows) != 2 or not self.has_change_permission(request):
            raise PermissionDenied
        return rows

    def _merged(self, request, kept, gone):
        merged = merge(kept, gone, request.user)
        self.log_change(request, kept, _("Merged with %(gone)s.") % {"gone": merged.gone_title})
        return self._told(request, merged)

    def _told(self, request, merged):
        told = _("%(gone)s is now merged into %(kept)s. It can be undone for 30 days, on the page “Merges”.")
        self.message_user(request, told % {"gone": merged.gone_title, "kept": merged.kept_title}, messages.SUCCESS)
        return HttpResponseRedirect(admin_url(self.admin_site, self.model, "change", merged.kept_id))


def effects(steps, model):
    """Return {heading: list of `Effect`} of the steps of a merge, for people."""
    moved, dropped, filled, made = Counter(), Counter(), [], []
    for what, *step in steps:
        if what in ("moved", "tied"):
            moved[step[0]] += 1
        elif what == "removed" and step[0][0]["model"] != model._meta.label_lower:
            dropped[step[0][0]["model"]] += 1
        elif what == "filled" and step[0] == model._meta.label_lower:
            filled.append(Effect(capfirst(model._meta.get_field(step[2]).verbose_name), 0))
        elif what == "made" and step[0] != FormerSlug._meta.label_lower:  # the page tells of the address by itself
            made.append(step[0])
    found = {
        _("Will point to the one that is kept"): _named(moved),
        _("Would be there twice, so one of the two goes"): _named(dropped),
        _("Taken over, since the one that is kept lacks it"): filled,
        _("Made, so that nothing is lost"): _named(Counter(made)),
    }
    return {heading: those for heading, those in found.items() if those}


def _named(counts):
    return [Effect(capfirst(apps.get_model(label)._meta.verbose_name_plural), count) for label, count in counts.items()]
