"""The organizers' start page: what needs doing, each a way to where it is done."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from post_office.models import STATUS, Email

from portal import first_steps, inviting, readiness, translating, wings
from portal.admin_addresses import admin_url, change_url
from portal.languages import CODES
from portal.link_checks import dead_links
from portal.models import Occasion, Registration, Takedown
from portal.publishing import Publishable
from portal.scope import texts_of

LATEST = 8
TO_TRANSLATE = {
    "zh-hans": gettext_lazy("To be translated into Chinese"),
    "en": gettext_lazy("To be translated into English"),
}


class Task(NamedTuple):
    """A number of rows that wait, and the list of them."""

    label: str
    count: int
    url: str


class Latest(NamedTuple):
    """A row that was published, when and by whom."""

    row: object
    kind: str
    url: str


class Mandate(NamedTuple):
    """What somebody is for the community: the name of the role, the row it is over, where that belongs, its form.

    `tools` are the further pages of the row, as its form offers them: dicts of label and url.
    """

    role: str
    row: object
    within: object
    url: str
    tools: list


def page(site, request):
    """Return the start page's context; the number of queries depends on the registry, not on the rows."""
    opened = [
        (model, model_admin)
        for model, model_admin in site._registry.items()
        if texts_of(model) and model_admin.has_change_permission(request)
    ]
    publishable = [(model, model_admin) for model, model_admin in opened if issubclass(model, Publishable)]
    ahead, behind = readiness.of_occasions_of(request.user)
    drafts, scheduled = _unpublished(site, request, publishable)
    return {
        "first_steps": first_steps.of_user(site, request.user),
        "mandates": _mandates(site, request),
        "ahead": [(one, change_url(site, one.occasion)) for one in ahead],
        "behind": [(one, change_url(site, one.occasion)) for one in behind],
        "waiting": _waiting(site, request.user),
        "drafts": drafts,
        "scheduled": scheduled,
        "gaps": _gaps(site, request.user),
        "latest": _latest(site, request, publishable),
    }


def _mandates(site, request):
    """Return the mandates that the user holds today; nobody holds more than a few."""
    found = []
    for role in inviting.roles():
        over = role._meta.get_field(role.PARENT).related_model
        within = getattr(over, "PARENT", None)
        followed = f"{role.PARENT}__{within}" if within else role.PARENT
        for mandate in role.objects.of_user(request.user).select_related(followed):
            row = getattr(mandate, role.PARENT)
            place = getattr(row, within) if within else ""
            tools = site.get_model_admin(over).tools(request, row)
            found.append(Mandate(role._meta.verbose_name, row, place, change_url(site, row), tools))
    return found


def _waiting(site, user):
    """Return what others wait for: guests, photos to take down, mails, dead links, and what the wings know of."""
    asked = Takedown.objects.editable_by(user).open().count()
    tasks = [Task(_("requests to take photos down"), asked, reverse(f"{site.name}:portal_takedowns"))] if asked else []
    dead = Counter(getattr(row, row.PARENT) for row, _check in dead_links(user))
    told = [Task(_("dead links: %(row)s") % {"row": row}, count, change_url(site, row)) for row, count in dead.items()]
    to_answer = [Task(*task) for wing in wings.every() for task in wing.waiting(user)]
    return _guests(site, user) + tasks + to_answer + _unsent(site, user) + told


def _guests(site, user):
    """Return the requests for a seat that wait for a yes or no, desk by desk."""
    if not user.has_perm("portal.change_registration"):
        return []
    asked = Registration.objects.editable_by(user).filter(state=Registration.State.REQUESTED)
    counts = Counter(asked.order_by().values_list("desk", flat=True))
    address = admin_url(site, Registration, "changelist")
    words = _("requests for a seat: %(row)s")
    return [
        Task(words % {"row": occasion}, counts[occasion.pk], f"{address}?desk={occasion.pk}&state=requested")
        for occasion in Occasion.objects.filter(pk__in=counts).order_by("starts_at")
    ]


def _unsent(site, user):
    """Return the mails that could not be sent, for who may read the outbox."""
    if not user.has_perm("auth.change_user"):
        return []
    failed = Email.objects.filter(status=STATUS.failed).count()
    return [Task(_("mails that could not be sent"), failed, reverse(f"{site.name}:outbox"))] if failed else []


def _unpublished(site, request, publishable):
    drafts, scheduled = [], []
    for model, model_admin in publishable:
        now = timezone.now()
        counts = _plain(model_admin, request).aggregate(
            drafts=Count("pk", filter=Q(published_at=None)), scheduled=Count("pk", filter=Q(published_at__gt=now))
        )
        address = admin_url(site, model, "changelist")
        name = model._meta.verbose_name_plural
        drafts.append(Task(name, counts["drafts"], f"{address}?state=draft"))
        scheduled.append(Task(name, counts["scheduled"], f"{address}?state=scheduled"))
    return [[task for task in tasks if task.count] for tasks in (drafts, scheduled)]


def _gaps(site, user):
    """Return (title, tasks, the queue) for each language: the rows with a text that waits for its translator."""
    gaps = {code: [] for code in CODES}
    queue = reverse(f"{site.name}:translations")
    for model, counts in translating.count_waiting(user).items():
        for code, tasks in gaps.items():
            list_of_rows = f"{admin_url(site, model, 'changelist')}?gap={code}" if model in site._registry else ""
            address = list_of_rows or f"{queue}?language={code}&kind={model._meta.label_lower}"
            tasks.append(Task(model._meta.verbose_name_plural, counts[code], address))
    return [
        (
            TO_TRANSLATE[code],
            sorted((task for task in gaps[code] if task.count), key=lambda task: -task.count),
            f"{queue}?language={code}",
        )
        for code in CODES
    ]


def _latest(site, request, publishable):
    rows = [
        row
        for model, model_admin in publishable
        for row in _plain(model_admin, request)
        .filter(published_at__lte=timezone.now())
        .select_related("published_by")
        .order_by("-published_at")[:LATEST]
    ]
    rows.sort(key=lambda row: row.published_at, reverse=True)
    return [Latest(row, row._meta.verbose_name, change_url(site, row)) for row in rows[:LATEST]]


def _plain(model_admin, request):
    """Return the rows of an admin's list without what it reads along."""
    return model_admin.get_queryset(request).prefetch_related(None).order_by()
