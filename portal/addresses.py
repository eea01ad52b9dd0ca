"""Addresses that last: ASCII slugs, refused words, and redirects from former slugs."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext_lazy as _

# Words that addresses keep for themselves beside those in the URLconf: files, languages, and pages to come.
KEPT_WORDS = frozenset(
    """
    api certificates embed en json media metrics my preview proposals readyz register schedule static takedown
    volunteer zh-hans
    """.split()  # noqa: SIM905 - reads better than a list
)


@cache
def reserved_words():
    """Return every fixed part of the site's addresses; a row of such a slug would shadow a page."""
    return KEPT_WORDS | set(_fixed_parts(get_resolver().url_patterns))


def _fixed_parts(patterns):
    for pattern in patterns:
        if isinstance(pattern.pattern, RoutePattern):
            for part in str(pattern.pattern).split("/"):
                if part and "<" not in part:
                    yield part.split(".")[0]
        if isinstance(pattern, URLResolver) and not pattern.namespace:  # the admin's addresses hold no slugs
            yield from _fixed_parts(pattern.url_patterns)


validate_slug_shape = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Use lower-case letters a-z, digits and single hyphens, for example chengdu-2023-10."),
)


def validate_slug_free(value):
    """Raise ValidationError where the slug is a word that addresses need for themselves."""
    if value in reserved_words():
        raise ValidationError(
            _("“%(slug)s” is part of the site's own addresses. Choose another."), params={"slug": value}
        )


class SlugFormField(forms.SlugField):
    """Leaves it to the model to say what is wrong: Django's own sentence speaks of slugs."""

    default_validators = []


class AsciiSlugField(models.SlugField):
    """The last part of a row's address: `a-z`, `0-9` and hyphens, at most 80 characters."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("address"))
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("help_text", _("The last part of the page's address. Changing it leaves a redirect."))
        super().__init__(*args, **kwargs)
        self.validators = [validate_slug_shape, validate_slug_free]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SlugFormField, **kwargs})


class FormerSlug(models.Model):
    """A slug that once led to a row, and still does.

    `scope` is the primary key of the row that the slug is unique within (the
    conference of a forum), 0 where it is unique by itself.
    """

    model = models.CharField(max_length=80)
    scope = models.PositiveBigIntegerField(default=0)
    slug = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "portal"
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["model", "scope", "slug"], name="former_slug_leads_to_one_row"),
        ]

    def __str__(self):
        return f"{self.model}: {self.slug}"


class Sluggable(models.Model):
    """A row with an address; a changed slug keeps leading to it.

    `SLUG_SCOPE` names the foreign key that the slug is unique within, if any.
    """

    SLUG_SCOPE = None

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        former = getattr(self, "_stored_slug", None)
        label, scope = self._meta.label_lower, self._slug_scope()
        if former and former != self.slug:
            FormerSlug.objects.update_or_create(model=label, scope=scope, slug=former, defaults={"object_id": self.pk})
        if former != self.slug:
            FormerSlug.objects.filter(model=label, scope=scope, slug=self.slug).delete()
        self._stored_slug = self.slug

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        if "slug" in field_names:
            row._stored_slug = row.slug
        return row

    def _slug_scope(self):
        return getattr(self, f"{self.SLUG_SCOPE}_id") if self.SLUG_SCOPE else 0


class Moved(Exception):
    """The row asked for has another address now; `target` is the row."""

    def __init__(self, target):
        super().__init__(str(target))
        self.target = target


def get_published(queryset, slug, **scope):
    """Return the published row of that slug.

    Raises Moved where the slug is a former one of a published row, else Http404.
    `scope` names the row the slug is unique within, for example `conference=conference`.
    """
    published = queryset.published().filter(**scope)
    row = published.filter(slug=slug).first()
    if row is not None:
        return row
    within = next((parent.pk for parent in scope.values()), 0)
    former = FormerSlug.objects.filter(model=queryset.model._meta.label_lower, scope=within, slug=slug).first()
    row = former and published.filter(pk=former.object_id).first()
    if row:
        raise Moved(row)
    raise Http404(f"no {queryset.model.__name__} {slug}")


class RedirectMovedMiddleware:
    """Answers Moved with a permanent redirect to the address of today: that of the same page, below the row's own.

    So a conference's renamed slug also redirects its forums.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Moved):
            return None
        response = HttpResponsePermanentRedirect(self._address_of_today(request, exception.target))
        # A row may get its former address back: browsers that had kept both redirects would go round in circles.
        response["Cache-Control"] = "no-cache"
        return response

    @staticmethod
    def _address_of_today(request, target):
        match, label = request.resolver_match, target._meta.model_name
        if label not in match.kwargs:
            return target.get_absolute_url()
        path = reverse(match.view_name, kwargs={**match.kwargs, label: target.slug})
        query = request.META.get("QUERY_STRING", "")
        return f"{path}?{query}" if query else path
