"""Make the first account, so that somebody can sign in to the admin."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "organizer"


class Command(BaseCommand):
    help = (
        "Make the account “organizer”, if no administrator can sign in yet. Its password is PORTAL_ADMIN_PASSWORD, "
        "or a random one that is printed once."
    )

    def handle(self, **options):
        users = get_user_model().objects
        if users.filter(is_superuser=True, is_active=True).exists():
            return
        given = settings.PORTAL_ADMIN_PASSWORD
        password = given or secrets.token_urlsafe(12)
        organizer, _ = users.get_or_create(username=NAME)
        organizer.is_staff = organizer.is_superuser = organizer.is_active = True
        organizer.set_password(password)
        organizer.save()
        shown = "the one in PORTAL_ADMIN_PASSWORD" if given else f"{password}   (shown this once)"
        self.stdout.write(f"Sign in at /admin/ as: {NAME}\nPassword:              {shown}")
