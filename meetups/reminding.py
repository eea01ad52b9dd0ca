"""What leads are reminded of by mail: a group's QR code that is about to expire, a meetup that nobody has told of."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from meetups.models import Chapter, Leadership, Meetup
from portal import mail
from portal.locking import locked
from portal.models import Article

BEFORE_EXPIRY = timedelta(days=7)
AFTER_MEETUP = timedelta(days=2)
# Nobody wants to be asked for what is long ago, when the portal is new or its worker stood still.
TOO_LATE = timedelta(days=14)


def addresses_of_leads(chapters):
    """Return the addresses of those who lead any of the chapters today and may sign in, each once."""
    leads = _reachable_leads().filter(chapter__in=chapters).order_by("pk")
    return list(dict.fromkeys(leads.values_list("person__user__email", flat=True)))


def _reachable_leads():
    return Leadership.objects.current().filter(person__user__is_active=True).exclude(person__user__email="")


def chapters_with_expiring_code(now):
    """Return the chapters whose code has a week or less to live, and whose leads do not know."""
    today = timezone.localdate(now)
    chapters = Chapter.objects.exclude(group_qr="").filter(group_qr_expires_on__range=(today, today + BEFORE_EXPIRY))
    chapters = chapters.filter(Q(group_qr_told_of=None) | ~Q(group_qr_told_of=F("group_qr_expires_on")))
    return chapters.filter(Exists(_reachable_leads().filter(chapter=OuterRef("pk")))).select_related("city")


def tell_of_expiry(chapter):
    """Mail the leads, once; a code with another last day is told of again."""
    with locked(chapter) as chapter:
        if chapter.group_qr_told_of != chapter.group_qr_expires_on:
            Chapter.objects.filter(pk=chapter.pk).update(group_qr_told_of=chapter.group_qr_expires_on)
            _mail("code-expires", [chapter], chapter=chapter, edit_url=_admin_url("meetups_chapter_change", chapter))


def meetups_without_recap(now):
    """Return the meetups that took place two days ago or more, of which no recap is public and nobody was reminded."""
    recaps = Article.objects.published(now).filter(occasions=OuterRef("pk"), kind=Article.Kind.RECAP)
    over = Meetup.objects.published(now).filter(
        over_at__gt=now - TOO_LATE, over_at__lte=now - AFTER_MEETUP, standing=Meetup.Standing.SCHEDULED
    )
    leads = _reachable_leads().filter(chapter__meetups=OuterRef("pk"))
    return over.filter(Exists(leads), recap_asked_at=None).exclude(Exists(recaps))


def ask_for_recap(meetup, now=None):
    """Mail the leads of its chapters, once."""
    with locked(meetup) as meetup:
        if meetup.recap_asked_at is None:
            Meetup.objects.filter(pk=meetup.pk).update(recap_asked_at=now or timezone.now())
            _mail("recap", meetup.chapters.all(), meetup=meetup, after_url=_admin_url("meetups_meetup_after", meetup))


def _mail(name, chapters, **context):
    for address in addresses_of_leads(chapters):
        mail.queue(f"meetups/{name}", address, settings.LANGUAGE_CODE, **context)


def _admin_url(name, row):
    return settings.SITE_URL + reverse(f"admin:{name}", args=[row.pk])
