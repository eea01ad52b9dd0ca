"""The outbox: a mail is a row, written in the transaction that it tells of.

A worker sends it later and tries again with growing pauses; see `portal.outbox`.
"""

from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from post_office import mail
from post_office.models import Email

from portal import tokens
from portal.context import the_community

# The head of a mail that tells somebody else of a sign-up, and so must not hold its link.
ABOUT = "X-Entity-Ref-ID"


def queue(name, to, language, about=None, **context):
    """Write the mail `templates/emails/<name>.txt` for one address into the outbox, in that language.

    The template's first line is the subject, the rest the text. Returns the
    outbox row (`post_office.models.Email`). Call it inside the transaction of
    what the mail tells of, so that neither exists without the other. `about` is
    the sign-up that it goes away with, where it holds no link of it.
    """
    with translation.override(language):
        text = render_to_string(f"emails/{name}.txt", {"site_url": settings.SITE_URL, **context})
        subject, _newline, body = text.strip().partition("\n")
        return post(to, subject, body, about and {ABOUT: tokens.stem(about)})


def post(to, subject, body, headers=None):
    """Write a mail whose texts are there already into the outbox; returns its row.

    The community signs it, in the active language, and gets the answers. It says that
    no person wrote it, so that nobody's “I am on holiday” answers.
    """
    community = the_community()
    signature = "\n".join(filter(None, [community.name, settings.SITE_URL, community.email]))
    headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    if community.email:
        headers["Reply-To"] = community.email
    return mail.send(
        to,
        sender=sender(community),
        subject=subject.strip(),
        message=f"{body.strip()}\n\n-- \n{signature}\n",
        headers=headers,
    )


def sender(community):
    """Return whom a mail is from: as DEFAULT_FROM_EMAIL says, by the community's name where it names nobody."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return settings.DEFAULT_FROM_EMAIL if name else str(Address(" ".join(community.name.split()), addr_spec=address))


def forget(signup):
    """Delete every mail about a sign-up from the outbox, sent or not: each holds a link of it, or is marked."""
    Email.objects.filter(Q(message__contains=f"/my/{tokens.stem(signup)}") | _is_about(signup)).delete()


def forget_about(signup, to):
    """Delete what somebody else, by their address, was told about a sign-up."""
    Email.objects.filter(_is_about(signup), to=to).delete()


def _is_about(signup):
    return Q((f"headers__{ABOUT}", tokens.stem(signup)))
