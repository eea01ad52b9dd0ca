"""A volunteer's way in a real browser on a phone: both languages, with and without JavaScript, mail over real SMTP."""

import pytest

from events.models import Application
from events.volunteering import thanking
from tests.codes import codes_on_paper
from tests.make import a_role, a_shift, a_team
from tests.organizers import an_organizer


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_call_to_the_certificate(live_server, settings, letterbox, phone, client, language):
    settings.SITE_URL = live_server.url
    role = a_role(a_team(name_zh_hans="接待组"), claims_shifts=True, name_zh_hans="签到", minimum_age=18)
    shift, call = a_shift(role), role.team.call
    page = phone.page

    page.goto(f"{live_server.url}/{language}/conferences/{call.conference.slug}/volunteer/{call.slug}/")
    assert phone.is_sound()
    page.locator("article.role a.button").click()
    assert phone.is_sound()
    page.locator("[name=name]").fill("小明")
    page.locator("[name=city]").fill("成都")
    page.locator("[name=availability]").fill("两天都行")
    page.wait_for_timeout(3500)  # nobody fills it in faster
    page.locator("main form button").click()
    assert page.locator("[name=name]").input_value() == "小明"
    assert phone.is_sound()
    page.locator("[name=email]").fill("ming@example.org")
    page.locator("[name=age_band]").select_option("18+")
    page.locator("[name=agree_run]").check()
    page.locator("[name=agree_credit]").check()
    page.locator("main form button").click()
    page.wait_for_url("**/my/sent/?occasion=*")

    page.goto(letterbox.link())
    assert Application.objects.get().state == "unconfirmed"
    page.locator("main form button").click()
    application = Application.objects.get()
    assert application.state == "submitted"

    organizer = an_organizer(call.conference.series)
    client.force_login(organizer)
    board = client.get(f"/admin/events/volunteercall/{call.pk}/board")
    assert "小明" in board.content.decode()
    client.post(f"/admin/events/volunteercall/{call.pk}/board/act", {"action": "accept", "chosen": [application.pk]})

    page.goto(letterbox.link())
    assert phone.is_sound()
    page.locator("form[action$='/do/yes/'] button").click()
    assert page.locator("#part").is_visible()
    page.locator("form[action$='/do/claim/'] button").click()
    assert application.assignments.get(shift=shift).state == "confirmed"
    page.locator("form[action$='/do/withdraw/'] button").click()
    application.refresh_from_db()
    assert application.state == "withdrawn"
    page.locator("form[action$='/do/undo/'] button").click()
    assert application.assignments.live().count() == 2

    thanking.finish(application)
    page.reload()
    page.locator("form[action$='/do/certificate/'] button").click()
    assert phone.is_sound()
    document = page.locator(f"a[hreflang={language}][href$='/certificate.pdf']").get_attribute("href")
    [code] = codes_on_paper(page.request.get(live_server.url + document).body())
    page.goto(code)
    assert page.url.startswith(f"{live_server.url}/{language}/certificates/")
    assert "小明" in page.locator("dl.facts").inner_text()
    assert phone.is_sound()
