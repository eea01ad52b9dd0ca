"""The outbox: a mail is a row, written in the transaction that it tells of.

A worker sends it later and tries again with growing pauses; see `portal.outbox`.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from post_office import mail
from post_office.models import Email

from portal import tokens


def queue(name, to, language, **context):
    """Write the mail `templates/emails/<name>.txt` for one address into the outbox, in that language.

    The template's first line is the subject, the rest the text. Returns the
    outbox row (`post_office.models.Email`). Call it inside the transaction of
    what the mail tells of, so that neither exists without the other.
    """
    with translation.override(language):
        text = render_to_string(f"emails/{name}.txt", {"site_url": settings.SITE_URL, **context})
    subject, _newline, body = text.strip().partition("\n")
    return post(to, subject, body)


def post(to, subject, body):
    """Write a mail whose texts are there already into the outbox; returns its row."""
    return mail.send(to, sender=settings.DEFAULT_FROM_EMAIL, subject=subject.strip(), message=body.strip() + "\n")


def forget(signup):
    """Delete every mail about a sign-up from the outbox, sent or not: each of them holds a link of it."""
    Email.objects.filter(message__contains=f"/my/{tokens.stem(signup)}").delete()
