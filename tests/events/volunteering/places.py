"""What the tests of volunteers ask: who is where, who was written to."""

from post_office.models import Email

from events.volunteering import answering, placing
from tests.make import an_application


def state_of(row):
    row.refresh_from_db()
    return row.state


def accepted(role, name="Ming"):
    """A volunteer who said yes to a role."""
    application = answering.accept(an_application(role, name=name), role)
    placing.confirm_assignment(application.assignments.get())
    return application


def mails():
    return list(Email.objects.order_by("pk").values_list("subject", flat=True))
