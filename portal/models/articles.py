"""News, announcements and recaps."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.addresses import AsciiSlugField, Sluggable
from portal.entered import Entered
from portal.publishing import Publishable, PublishedQuerySet
from portal.rights import ADMINISTRATOR, EDITOR

from .links import validate_web_address
from .occasion import Occasion
from .people import Person
from .text import Rendered


class ArticleQuerySet(PublishedQuerySet):
    def within_mandates_of(self, user):
        """Return what the user wrote, or what tells of their occasions, unless it tells of another's too."""
        told = Article.occasions.through.objects.filter(article=models.OuterRef("pk"))
        foreign = told.exclude(occasion__in=Occasion.objects.within_mandates_of(user).values("pk"))
        return self.filter(models.Q(entered_by=user) | models.Exists(told)).exclude(models.Exists(foreign))

    def with_occasions(self):
        """Fetch `occasions` along: the public ones, the latest first."""
        occasions = Occasion.objects.published().select_related("city").order_by("-starts_at", "-pk")
        return self.prefetch_related(models.Prefetch("occasions", occasions))


class Article(Entered, Publishable, Sluggable, Rendered):
    """A text with a date, tied to the occasions that it tells of."""

    CURATORS = (ADMINISTRATOR, EDITOR)

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ANNOUNCEMENT = "announcement", _("Announcement")
        RECAP = "recap", _("Recap")
        INTERVIEW = "interview", _("Interview")

    slug = AsciiSlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEWS)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    dated = models.DateField(_("dated"), help_text=_("The day readers see. Publication decides when it appears."))
    byline = models.CharField(_("byline"), max_length=160, blank=True)
    authors = models.ManyToManyField(Person, verbose_name=_("authors"), blank=True, related_name="articles")
    occasions = models.ManyToManyField(Occasion, verbose_name=_("occasions"), blank=True, related_name="articles")
    cover = models.ImageField(_("cover"), upload_to="articles/", blank=True)
    cover_alt = models.CharField(_("what the cover shows"), max_length=200, blank=True)
    source_url = models.URLField(_("first published at"), max_length=500, blank=True, validators=[validate_web_address])

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-dated", "-pk"]
        indexes = [models.Index(fields=["-dated", "-id"])]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])
