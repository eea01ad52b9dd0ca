"""The community itself: what another one changes to take the portal over."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.publishing import Curated, SharedQuerySet

validate_colour = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour as # and six digits, for example #c8102e."))


class Community(Curated):
    """Name, marks, colours and words of the community that runs the portal; there is one row."""

    name = models.CharField(_("name"), max_length=80)
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences, without formatting."))
    logo = models.FileField(_("logo"), upload_to="community/", blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default="#1f6f5c", validators=[validate_colour])
    word_for_chapter = models.CharField(_("word for a chapter"), max_length=40)
    word_for_chapters = models.CharField(_("word for chapters"), max_length=40)
    email = models.EmailField(_("e-mail of the organizers"), blank=True)
    conduct_email = models.EmailField(_("e-mail for conduct matters"), blank=True)
    website = models.URLField(_("website"), blank=True)
    wechat_qr = models.ImageField(_("QR code of the WeChat account"), upload_to="community/", blank=True)
    wechat_name = models.CharField(_("name of the WeChat account"), max_length=80, blank=True)
    footer_note = models.CharField(_("line in the footer"), max_length=300, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    takedown_hides_at_once = models.BooleanField(
        _("hide a photo as soon as somebody asks for it"),
        default=True,
        help_text=_("Otherwise it stays until an organizer has decided."),
    )
    second_factor_groups = models.ManyToManyField(
        "auth.Group",
        verbose_name=_("groups that need a second factor"),
        blank=True,
        related_name="communities_that_ask",
        help_text=_("Anyone in one of them has to set up an app or a passkey first."),
    )
    organization = models.ForeignKey(
        "portal.Organization",
        verbose_name=_("as an organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("community")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="community_is_one"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    def logo_bytes(self):
        """Return what the file of the logo holds; nothing where there is no logo, or its file is missing."""
        if not self.logo:
            return b""
        try:
            with self.logo.open() as file:
                return file.read()
        except FileNotFoundError:
            return b""

    @classmethod
    def current(cls):
        """Return the one row; an unsaved row with neutral words before anyone has set it up."""
        return cls.objects.select_related("organization").first() or cls(
            pk=1, name=gettext("Community"), word_for_chapter=gettext("chapter"), word_for_chapters=gettext("chapters")
        )
