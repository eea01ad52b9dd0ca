"""What Django's admin says on organizers' pages in English, since its own Chinese leaves it out, or in stiff Chinese.

`makemessages` reads our own code only; named here, these are translated like any other text of ours.
Read from Django 5.2: what its templates and its code mark and its zh_Hans catalogue lacks.
"""

from django.utils.translation import gettext_noop

FOREIGN = (
    gettext_noop("Error:"),
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Add %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Change %s"),
    gettext_noop("Filter"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("queued"),  # of a mail: django-post-office, whose own Chinese leaves them out
    gettext_noop("requeued"),
    gettext_noop("sent"),
    gettext_noop("failed"),
    gettext_noop("Enter a valid email address."),  # Django's Chinese has three names for it, none of them ours
    gettext_noop("Email"),
    gettext_noop("Email address"),
    gettext_noop("email address"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
)
