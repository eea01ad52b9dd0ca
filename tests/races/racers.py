"""Races between processes, on a database of its own: `prepare`, then `race` in several processes, then `result`."""

from collections import Counter
from contextlib import suppress
from multiprocessing.pool import ThreadPool

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from events import exhibiting, proposing
from events.models import Application, Assignment, Booth, BoothApplication, Conference, Proposal, Role, Session, Shift
from events.volunteering import answering, applying, placing, swapping
from meetups.models import Leadership
from portal import inviting, link_checks
from portal.held import hold
from portal.inviting import CannotInvite, NameTaken
from portal.models import Community, Invitation, LinkCheck, Person
from portal.models.signups import IllegalMove
from portal.refused import Refused
from tests.make import (
    a_booth_application,
    a_booth_call,
    a_chapter,
    a_conference,
    a_person,
    a_proposal,
    a_proposal_call,
    a_role,
    a_shift,
    an_application,
)
from tests.organizers import an_administrator, an_editor, an_organizer

THREADS = 4


class Claim:
    """Many claim the last places of one shift."""

    @staticmethod
    def prepare(people, places):
        role = a_role(claims_shifts=True, maximum=people)
        a_shift(role, capacity=places)
        keys = []
        for number in range(people):
            application = answering.accept(an_application(role, name=f"Ming{number}"), role)
            keys.append(application.pk)
        return keys

    @staticmethod
    def race(key):
        placing.claim_shift(Application.objects.get(pk=key), Shift.objects.get())

    @staticmethod
    def result():
        shift = Shift.objects.get()
        return {"taken": shift.taken, "held": shift.assignments.live().count()}


class OfferTwice:
    """Everyone answers the same offer, of one place, again and again."""

    @staticmethod
    def prepare(people, places):
        role = a_role(maximum=1)
        application = answering.offer(answering.waitlist(an_application(role)), role)
        return [application.pk] * people

    @staticmethod
    def race(key):
        answering.accept_offer(Application.objects.get(pk=key))

    @staticmethod
    def result():
        return {"taken": Role.objects.get().taken, "held": Assignment.objects.live().count()}


class AcceptAndWithdraw:
    """A coordinator accepts while the volunteer withdraws; odd turns accept, even ones withdraw."""

    @staticmethod
    def prepare(people, places):
        role = a_role(maximum=people)
        keys = [an_application(role, name=f"Ming{number}").pk for number in range(people // 2)]
        return [turn for key in keys for turn in (key, -key)]

    @staticmethod
    def race(key):
        application = Application.objects.get(pk=abs(key))
        if key > 0:
            answering.accept(application, Role.objects.get())
        else:
            applying.withdraw(application)

    @staticmethod
    def result():
        accepted = Application.objects.filter(state="accepted").count()
        return {
            "taken": Role.objects.get().taken,
            "held": Assignment.objects.live().count(),
            "accepted": accepted,
            "withdrawn": Application.objects.filter(state="withdrawn").count(),
            "withdrawn and holding": Application.objects.filter(
                state="withdrawn", assignments__state__in=Assignment.LIVE
            ).count(),
        }


class ApplyAndConfirm:
    """Some apply for a role that takes them at once while others confirm; odd turns confirm, even ones apply."""

    @staticmethod
    def prepare(people, places):
        role = a_role(maximum=people, acceptance=Role.Acceptance.INSTANT)
        keys = [an_application(role, name=f"Ming{number}", state="unconfirmed").pk for number in range(people // 2)]
        return [turn for key in keys for turn in (key, -key)]

    @staticmethod
    def race(key):
        if key > 0:
            applying.confirm(Application.objects.get(pk=key))
        else:
            role, name = Role.objects.get(), f"Hong{-key}"
            told = {"name": name, "email": f"{name}@example.org", "language": "en", "city": "Chengdu"}
            applying.apply_for(role.team.call, roles=[role], **told)

    @staticmethod
    def result():
        return dict(Counter(Application.objects.values_list("state", flat=True)))


class PressTwice:
    """The button below the preview of a programme, pressed again and again, from several browsers of one organizer."""

    TABLE = b"code,title_en\nK1,Kernels\nF1,Forks\n"

    @staticmethod
    def prepare(people, places):
        conference, organizer = a_conference(), an_administrator()
        held = hold(PressTwice.TABLE, conference.pk, organizer.pk, "en")
        (settings.VAR / "held").write_text(held)
        return [organizer.pk] * people

    @staticmethod
    def race(key):
        browser = Client(headers={"host": "127.0.0.1"})
        browser.force_login(get_user_model().objects.get(pk=key))
        page = reverse("admin:events_conference_change", args=[Conference.objects.get().pk])
        answer = browser.post(page.replace("change", "import"), {"write": (settings.VAR / "held").read_text()})
        assert (answer.status_code, answer.headers.get("location")) == (302, page), answer

    @staticmethod
    def result():
        return {"imports": LogEntry.objects.count(), "sessions": Session.objects.count()}


class CancelAndClaim:
    """Many claim places of a shift while its coordinator calls it off; the first turn calls it off."""

    @staticmethod
    def prepare(people, places):
        return [0, *Claim.prepare(people - 1, places)]

    @staticmethod
    def race(key):
        if key:
            Claim.race(key)
        else:
            placing.cancel_shift(Shift.objects.get())

    result = Claim.result


class SwapTwice:
    """Two shifts are swapped from everywhere, as they were seen before; each of two people holds the other's once."""

    @staticmethod
    def prepare(people, places):
        role = a_role(claims_shifts=True)
        for name, hours in (("Ming", (9, 12)), ("Hong", (13, 17))):
            application = answering.accept(an_application(role, name=name), role)
            placing.claim_shift(application, a_shift(role, capacity=1, hours=hours))
        pair = list(Assignment.objects.filter(shift__isnull=False).order_by("pk").values_list("pk", "shift"))
        return [pair if turn % 2 else pair[::-1] for turn in range(people)]

    @staticmethod
    def race(pair):
        places = [Assignment.objects.get(pk=pk) for pk, _shift in pair]
        for place, (_pk, seen) in zip(places, pair, strict=True):
            place.shift_id = seen
        swapping.swap(*places)

    @staticmethod
    def result():
        held = Assignment.objects.live().filter(shift__isnull=False).order_by("pk")
        early, late = Shift.objects.order_by("starts_at")
        return {"taken": [early.taken, late.taken], "swapped": [one.shift for one in held] == [late, early]}


class SwapAndCancel:
    """Pairs of volunteers swap between two shifts while one of the two is called off; the first turn calls it off."""

    @staticmethod
    def prepare(people, places):
        role = a_role(claims_shifts=True, maximum=2 * people)
        shifts = [a_shift(role, capacity=people, hours=hours) for hours in ((9, 12), (13, 17))]
        pairs = []
        for number in range(people - 1):
            pair = []
            for name, shift in zip(("Ming", "Hong"), shifts, strict=True):
                application = answering.accept(an_application(role, name=f"{name}{number}"), role)
                pair.append(placing.claim_shift(application, shift).pk)
            pairs.append(pair)
        return [None, *pairs]

    @staticmethod
    def race(pair):
        if pair:
            swapping.swap(*(Assignment.objects.get(pk=pk) for pk in pair))
        else:
            placing.cancel_shift(Shift.objects.order_by("starts_at").first())

    @staticmethod
    def result():
        early, late = Shift.objects.order_by("starts_at")
        held = [shift.assignments.live().count() for shift in (early, late)]
        return {"early": [early.taken, held[0]], "late": [late.taken, held[1]]}


class SameSpot:
    """Stands that applied are accepted, all at one spot."""

    @staticmethod
    def prepare(people, places):
        call = a_booth_call()
        return [a_booth_application(call, title=f"Stand {number}", name=f"Hong{number}").pk for number in range(people)]

    @staticmethod
    def race(key):
        exhibiting.accept(BoothApplication.objects.get(pk=key), spot="A12")

    @staticmethod
    def result():
        accepted = BoothApplication.objects.filter(state="accepted").count()
        return {"stands": Booth.objects.count(), "accepted": accepted}


class SameName:
    """Proposals whose speakers all have one name are accepted; each gets a profile with an address of its own."""

    @staticmethod
    def prepare(people, places):
        call = a_proposal_call()
        an_organizer(call.conference.series)
        return [a_proposal(call, title=f"Fork {number}").pk for number in range(people)]

    @staticmethod
    def race(key):
        proposing.accept(Proposal.objects.get(pk=key), get_user_model().objects.get())

    @staticmethod
    def result():
        return {"profiles": Person.objects.filter(slug__startswith="ming").count()}


class SameUsername:
    """People who are invited all choose one name for their account."""

    @staticmethod
    def prepare(people, places):
        chief, chapter = an_administrator(), a_chapter()
        invited = [a_person(f"Ming{number}") for number in range(people)]
        return [inviting.invite(chief, one, f"{one.slug}@example.org", Leadership, chapter).pk for one in invited]

    @staticmethod
    def race(key):
        inviting.accept(Invitation.objects.get(pk=key), "ming", "correct-horse-battery")

    @staticmethod
    def result():
        return {
            "accounts": get_user_model().objects.filter(username="ming").count(),
            "left": Invitation.objects.count(),
        }


class InvitedTwice:
    """One person uses invitations to several chapters at once, with a name of their own for each."""

    @staticmethod
    def prepare(people, places):
        chief, person = an_administrator(), a_person()
        chapters = [a_chapter(slug=f"chapter-{number}") for number in range(people)]
        return [inviting.invite(chief, person, "m@example.org", Leadership, chapter).pk for chapter in chapters]

    @staticmethod
    def race(key):
        inviting.accept(Invitation.objects.get(pk=key), f"ming{key}", "correct-horse-battery")

    @staticmethod
    def result():
        return {"accounts": get_user_model().objects.filter(username__startswith="ming").count()}


class LastFactors:
    """One account gives up all its factors at once, an app with codes and passkeys, in a group that needs one."""

    @staticmethod
    def prepare(people, places):
        organizer = an_editor()
        community = Community.current()
        community.save()
        community.second_factor_groups.set(organizer.groups.all())
        kinds = ["totp", *["webauthn"] * (people - 1)]
        return [Authenticator.objects.create(user=organizer, type=kind, data={"name": "key"}).pk for kind in kinds]

    @staticmethod
    def race(key):
        factor = Authenticator.objects.select_related("user").get(pk=key)
        browser = Client(headers={"host": "127.0.0.1"})
        browser.force_login(factor.user)
        request = HttpRequest()
        request.session = browser.session
        record_authentication(request, factor.user, "password", reauthenticated=True)
        request.session.save()
        is_app = factor.type == Authenticator.Type.TOTP
        page = reverse("mfa_deactivate_totp") if is_app else reverse("mfa_remove_webauthn", args=[key])
        with suppress(ValueError):  # the page that refuses cannot be drawn here: no static files are collected
            browser.post(page)

    @staticmethod
    def result():
        return {"factors": Authenticator.objects.count()}


class SameLink:
    """One link is looked at from everywhere."""

    @staticmethod
    def prepare(people, places):
        return [1] * people

    @staticmethod
    def race(key):
        link_checks.note("https://gone.example/", 404, "answers 404")

    @staticmethod
    def result():
        return {"notes": LinkCheck.objects.count()}


SCENARIOS = {
    "apply-and-confirm": ApplyAndConfirm,
    "cancel-and-claim": CancelAndClaim,
    "invited-twice": InvitedTwice,
    "last-factors": LastFactors,
    "same-link": SameLink,
    "same-name": SameName,
    "same-spot": SameSpot,
    "same-username": SameUsername,
    "claim": Claim,
    "swap-and-cancel": SwapAndCancel,
    "swap-twice": SwapTwice,
    "offer-twice": OfferTwice,
    "accept-and-withdraw": AcceptAndWithdraw,
    "press-twice": PressTwice,
}


def prepare(name, people, places):
    """Make the rows of a scenario; return the keys of all turns."""
    return SCENARIOS[name].prepare(people, places)


def race(name, keys):
    """Take each turn, on several threads; return how the turns ended."""
    scenario = SCENARIOS[name]

    def turn(key):
        try:
            scenario.race(key)
        except (CannotInvite, IllegalMove, NameTaken, Refused) as told:
            return type(told).__name__
        except Exception as problem:  # noqa: BLE001 - what must not happen is counted by name
            return f"{type(problem).__name__}: {problem}"
        finally:
            connection.close()
        return "done"

    with ThreadPool(THREADS) as pool:
        return Counter(pool.map(turn, keys, chunksize=1))


def result(name):
    """Return what the database holds of a scenario."""
    return SCENARIOS[name].result()
