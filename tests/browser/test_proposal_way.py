"""A proposer's way in a real browser on a phone: both languages, with and without JavaScript, mail over real SMTP."""

import pytest

from events.models import Proposal, SessionMaterial
from portal import signup_forms
from tests.browser.looking import sticking_out
from tests.make import a_forum, a_proposal_call
from tests.organizers import a_producer
from tests.portal.pictures import a_file


@pytest.fixture
def forum(live_server, settings, monkeypatch):
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(signup_forms, "FASTEST", 0)
    call = a_proposal_call(title_zh_hans="面向全部论坛与工作坊的议题征集，含闪电演讲与海报", lengths="20, 40")
    forum = a_forum(call.conference, title_zh_hans="开源硬件")
    call.forums.add(forum)
    return forum


def signed_in(page, client, account, address):
    """Return a tab of the same phone in which the account is signed in."""
    client.force_login(account)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": f"{address}/"}])
    return page.context.new_page()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_call_to_the_slides(live_server, letterbox, phone, client, forum, language, tmp_path):
    page, conference = phone.page, forum.conference

    page.goto(f"{live_server.url}/{language}/conferences/{conference.slug}/proposals/")
    assert phone.is_sound()
    page.locator(".results a").click()
    assert phone.is_sound()
    page.locator("[name=name]").fill("小明")
    page.locator("[name=title_zh_hans]").fill("为什么分叉")
    page.locator("main form button").click()
    assert page.locator("[name=title_zh_hans]").input_value() == "为什么分叉"
    page.locator("[name=email]").fill("ming@example.org")
    page.locator("[name=abstract_zh_hans]").fill("三个原因。")
    page.locator("[name=speaker1_bio]").fill("修分叉的人。")
    page.locator("details.speaker summary").first.click()
    page.locator("[name=speaker2_name]").fill("小红")
    page.locator("[name=agree_run]").check()
    page.locator("[name=agree_publish]").check()
    page.locator("main form button").click()
    page.wait_for_url("**/my/sent/?occasion=*")

    page.goto(letterbox.link())
    assert Proposal.objects.get().state == "unconfirmed"
    page.locator("main form button").click()
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.forum, proposal.speakers.count()) == ("submitted", forum, 2)

    producer = signed_in(page, client, a_producer(forum), live_server.url)
    review(producer, f"{live_server.url}/admin/events/proposal/review/", phone)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.session.forum) == ("accepted", forum)

    page.context.clear_cookies()
    page.goto(letterbox.link())
    assert phone.is_sound()
    page.locator("form[action$='/do/come/'] button").click()
    page.locator("a[href$='/files/']").click()
    assert phone.is_sound()
    (tmp_path / "me.jpg").write_bytes(a_file(name="me.jpg").read())
    (tmp_path / "forks.pdf").write_bytes(b"%PDF-1.7 forks")
    page.locator("[name=photo]").first.set_input_files(tmp_path / "me.jpg")
    page.locator("form:has([name=photo]) button").first.click()
    page.locator("[name=file]").set_input_files(tmp_path / "forks.pdf")
    page.locator("form:has([name=file]) button").click()
    page.locator(f"a[href='{SessionMaterial.objects.get().file.url}']").wait_for()
    assert phone.is_sound()

    proposal.refresh_from_db()
    assert proposal.state == "confirmed"
    assert proposal.speakers.first().person.portrait
    page.goto(f"{live_server.url}/{language}/conferences/{conference.slug}/sessions/{proposal.session.code}/")
    assert "小明" in page.locator("main").inner_text()
    assert phone.is_sound()


def review(tab, address, phone):
    """Score and accept as the producer of the forum, on the phone."""
    tab.goto(address)
    assert not phone.has_script or sticking_out(tab) == []
    tab.locator(".proposals td a").click()
    tab.locator("[name=score][value='5']").check()
    tab.locator("[name=comment]").fill("好。")
    tab.locator("#reviews button").first.click()
    tab.locator("#answer [name=answer]").fill("欢迎！")
    assert not phone.has_script or sticking_out(tab) == []
    tab.locator("#answer button[value=accept]").click()
    tab.locator(".messagelist").wait_for()
    tab.close()
