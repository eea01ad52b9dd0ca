"""Webhooks: told once, signed as others verify it, tried again, and never a way to what only this machine sees."""

import http.server
import json
import threading
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from events.releasing import release
from meetups.planning import cancel
from portal import outbound, tending
from portal.models import Delivery, PrivacyNotice, Webhook
from portal.restoring import restore
from portal.webhooks import sending
from portal.webhooks.announcing import announce_news, announce_what_became_public
from tests.make import (
    SHANGHAI,
    a_chapter,
    a_conference,
    a_delivery,
    a_meetup,
    a_session,
    a_webhook,
    an_article,
)
from tests.organizers import a_lead, an_administrator, data_of, signed_in

pytestmark = pytest.mark.django_db


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what it is sent, and answers with `server.status`."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"thanks")

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver(monkeypatch):
    """A server on the loopback, which stands for one on the internet; all else on this machine stays private."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.status = [], 200
    server.address = f"http://127.0.0.1:{server.server_port}/hook"
    real = outbound.is_public
    monkeypatch.setattr(outbound, "is_public_port", lambda port: port == server.server_port)
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1" or real(address))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def a_schedule():
    conference = a_conference(slug="openconf")
    a_session(conference, starts_at=datetime(2026, 10, 24, 9, tzinfo=SHANGHAI))
    return conference


def told():
    return [json.loads(delivery.body) for delivery in Delivery.objects.order_by("pk")]


# What is told


def test_a_release_is_told_in_its_own_transaction():
    a_webhook()
    conference, chief = a_schedule(), an_administrator()

    class Trouble(Exception):
        pass

    with pytest.raises(Trouble), transaction.atomic():
        release(conference, chief)
        raise Trouble
    assert told() == []

    release(conference, chief, version="final", note_en="Rooms moved")
    [message] = told()
    assert message["type"] == "schedule.released"
    assert message["data"]["conference"]["slug"] == "openconf"
    assert message["data"]["conference"]["pages"]["en"].endswith("/en/conferences/openconf/")
    assert (message["data"]["version"], message["data"]["note"]["en"]) == ("final", "Rooms moved")


def test_nobody_is_told_what_they_did_not_ask_for():
    a_webhook(on_release=False)
    a_webhook(is_on=False)
    release(a_schedule(), an_administrator())
    assert told() == []


def test_what_becomes_public_is_told_once_by_hand_or_by_the_clock():
    a_webhook()
    client = signed_in(an_administrator())
    article = an_article(published_at=None)
    address = reverse("admin:portal_article_change", args=[article.pk])
    client.post(address, {**data_of(client.get(address)), "_publish": "1"})
    an_article(published_at=timezone.now() + timedelta(minutes=5), slug="later")

    assert announce_what_became_public() == 0
    assert announce_what_became_public(timezone.now() + timedelta(minutes=6)) == 1
    assert announce_what_became_public(timezone.now() + timedelta(minutes=7)) == 0
    assert [message["data"]["slug"] for message in told()] == [article.slug, "later"]
    assert told()[0]["data"]["kind"] == "article"


def test_what_was_public_long_ago_is_no_news():
    a_webhook()
    an_article(published_at=timezone.now() - timedelta(days=3))
    assert announce_what_became_public() == 0


def test_a_meetup_that_is_called_off_is_told_and_a_draft_is_not():
    a_webhook(on_publication=False)
    cancel(a_meetup(slug="lunch"))
    cancel(a_meetup(published_at=None))

    [message] = told()
    assert (message["type"], message["data"]["slug"]) == ("meetup.changed", "lunch")
    assert (message["data"]["changed"], message["data"]["standing"]) == (["standing"], "cancelled")


def test_a_meetup_that_changes_in_a_way_that_does_not_tell_by_itself_is_told_once_by_the_clock():
    a_webhook(on_publication=False)
    meetup = a_meetup(slug="lunch", place_en="Upstairs")
    cancel(meetup)
    meetup.refresh_from_db()
    meetup.place_en = "Downstairs"
    meetup.save()
    restore(meetup, meetup.history.earliest("history_date").pk, an_administrator())
    draft = a_meetup(published_at=None, place_en="Upstairs")
    draft.place_en = "Downstairs"
    draft.save()

    assert announce_news() == 2
    assert announce_news() == 0
    assert [message["data"]["changed"] for message in told()] == [["standing"], ["place"], ["standing", "place"]]
    assert told()[-1]["data"]["place"]["en"] == "Upstairs"


def test_changes_of_long_ago_and_before_it_was_public_are_no_news():
    a_webhook(on_publication=False)
    meetup = a_meetup(published_at=None, place_en="Upstairs")
    meetup.place_en = "Downstairs"
    meetup.published_at = timezone.now()
    meetup.save()
    assert announce_news() == 0

    meetup.place_en = "Outside"
    meetup.save()
    assert announce_news(timezone.now() + timedelta(days=2)) == 0
    assert announce_news() == 1


def test_a_meetup_that_moves_is_told_and_a_better_title_is_not():
    a_webhook(on_publication=False)
    meetup = a_meetup(starts_at=timezone.now().replace(second=0, microsecond=0) + timedelta(days=9))
    client = signed_in(an_administrator())
    address = reverse("admin:meetups_meetup_change", args=[meetup.pk])
    form = data_of(client.get(address))

    client.post(address, {**form, "title_en": "A better title"})
    assert told() == []
    client.post(address, {**data_of(client.get(address)), "place_en": "Upstairs"})
    [message] = told()
    assert (message["data"]["changed"], message["data"]["place"]["en"]) == (["place"], "Upstairs")


# How it is sent


def test_a_message_is_signed_as_others_verify_it(receiver):
    webhook = a_webhook(receiver.address)
    delivery = a_delivery(webhook, body='{"type": "published", "data": {"title": "开源"}}')

    assert sending.send_due() == 1

    [(headers, body)] = receiver.got
    assert Verifier(webhook.secret).verify(body, headers)["data"]["title"] == "开源"
    assert headers["webhook-id"] == f"msg_{delivery.uuid}"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.answer) == ("delivered", 200, "thanks")
    assert sending.send_due() == 0


def test_what_is_not_taken_is_tried_again_under_the_same_id_with_growing_pauses(receiver):
    receiver.status = 503
    delivery = a_delivery(a_webhook(receiver.address))
    pauses = []
    for _attempt in range(len(sending.PAUSES)):
        assert sending.send_due() == 0
        delivery.refresh_from_db()
        pauses.append(delivery.due_at - delivery.tried_at)
        Delivery.objects.update(due_at=timezone.now())
    sending.send_due()
    delivery.refresh_from_db()

    assert pauses == sending.PAUSES
    assert pauses == sorted(pauses)
    assert (delivery.state, delivery.due_at, delivery.status) == ("given-up", None, 503)
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_a_server_that_comes_back_is_told(receiver):
    receiver.status = 500
    webhook = a_webhook(receiver.address)
    a_delivery(webhook)
    sending.send_due()
    webhook.refresh_from_db()
    assert webhook.failing_since

    receiver.status = 204
    Delivery.objects.update(due_at=timezone.now())
    assert sending.send_due() == 1
    webhook.refresh_from_db()
    assert webhook.failing_since is None


@pytest.mark.parametrize(("status", "failing_for", "is_on"), [(410, 0, False), (500, 6, False), (500, 4, True)])
def test_a_webhook_that_fails_for_long_or_wants_no_more_is_switched_off(receiver, status, failing_for, is_on):
    receiver.status = status
    webhook = a_webhook(receiver.address, failing_since=timezone.now() - timedelta(days=failing_for))
    a_delivery(webhook)
    of_another = a_delivery(due_at=timezone.now() + timedelta(hours=1))
    before = Delivery.objects.filter(pk=of_another.pk).values().get()

    sending.send_due()

    webhook.refresh_from_db()
    assert webhook.is_on is is_on
    of_another.webhook.refresh_from_db()
    assert (of_another.webhook.is_on, of_another.webhook.failing_since) == (True, None)
    assert Delivery.objects.filter(pk=of_another.pk).values().get() == before


def test_a_webhook_that_is_off_is_sent_nothing(receiver):
    a_delivery(a_webhook(receiver.address, is_on=False))

    assert sending.send_due() == 0
    assert receiver.got == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://localhost:8000/"])
def test_no_message_goes_to_this_machine_or_its_neighbours(url):
    delivery = a_delivery(a_webhook(url))
    assert sending.send_due() == 0
    delivery.refresh_from_db()
    assert delivery.status is None
    assert "not" in delivery.answer


def test_two_workers_send_a_message_once(receiver):
    delivery = a_delivery(a_webhook(receiver.address))
    at_once = a_delivery(delivery.webhook, due_at=delivery.due_at)
    assert sending._claim(delivery)
    assert not sending._claim(delivery)
    assert sending._claim(at_once)


def test_old_messages_are_forgotten_and_waiting_ones_are_not():
    long_ago = timezone.now() - timedelta(days=31)
    a_delivery(state="delivered", due_at=None)
    a_delivery(state="waiting")
    Delivery.objects.update(created_at=long_ago)
    a_delivery(state="delivered", due_at=None)

    list(tending.tend())

    assert Delivery.objects.count() == 2


# In the admin


def test_organizers_have_webhooks_of_their_own_and_see_what_was_answered():
    a_delivery(a_webhook(name="Somebody else's"))
    client = signed_in(a_lead(a_chapter()))
    add = reverse("admin:portal_webhook_add")
    client.post(add, {"name": "Mine", "url": "https://hooks.example.org/", "is_on": "on", "on_change": "on"})

    mine = Webhook.objects.get(name="Mine")
    page = client.get(reverse("admin:portal_webhook_change", args=[mine.pk])).content.decode()
    assert mine.secret in page
    a_delivery(mine, state="given-up", due_at=None, answer="no such host")
    listed = client.get(reverse("admin:portal_delivery_changelist")).content.decode()
    assert "no such host" in listed
    assert "Somebody else" not in listed


def test_a_message_can_be_sent_again():
    delivery = a_delivery(state="given-up", due_at=None, attempts=9)
    client = signed_in(an_administrator())
    address = reverse("admin:portal_delivery_changelist")
    client.post(address, {"action": "send_again", "_selected_action": [delivery.pk]})

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


def test_what_has_no_page_of_its_own_is_published_and_nobody_is_told():
    a_webhook()
    notice = PrivacyNotice.objects.create(version="1", title_en="Notice", body_en="Text.")

    signed_in(an_administrator()).post(
        "/admin/portal/privacynotice/", {"action": "publish", "_selected_action": notice.pk}
    )

    notice.refresh_from_db()
    assert notice.is_published
    assert Delivery.objects.count() == 0
