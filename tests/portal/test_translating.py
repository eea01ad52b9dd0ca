"""The translators' queue: what is missing or older than its original, row after row, until it holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Session
from portal.gaps import count_gaps, texts_with_a_gap
from portal.missing import missing_anywhere
from portal.models import Article, OutdatedText, Photo
from portal.scope import texts_of
from portal.translating import count_waiting, kinds, path_to_occasion, rows_waiting
from tests import make
from tests.organizers import a_lead, a_translator, an_account, an_administrator, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

QUEUE = "admin:translations"


def both(title="Title", chinese="标题", **fields):
    return make.an_article(title, title_zh_hans=chinese, **fields)


def rewritten(row, **texts):
    row.refresh_from_db()
    for name, text in texts.items():
        setattr(row, name, text)
    row.save()


def outdated(row):
    return {(mark.text, mark.language) for mark in OutdatedText.objects.filter(row_id=row.pk)}


def waiting(user, model, language):
    return list(rows_waiting(model, user, language))


def page_of(row, language="en", **query):
    return reverse("admin:translation", args=[row._meta.label_lower, row.pk], query={"language": language, **query})


def test_a_text_that_changes_in_one_language_waits_in_the_other():
    article, chief = both(), an_administrator()
    assert waiting(chief, type(article), "en") == []

    rewritten(article, title_zh_hans="新标题")

    assert waiting(chief, type(article), "en") == [article]
    assert waiting(chief, type(article), "zh-hans") == []


def test_rows_are_counted_once_whether_a_text_is_missing_or_outdated_or_both():
    for title, chinese in (("Whole", "完整"), ("Only English", ""), ("", "只有中文")):
        both(title, chinese)
    late, both_ways = both("Late", "旧"), both("Old", "旧", summary_zh_hans="摘要")
    for row in (late, both_ways):
        rewritten(row, title_zh_hans="新")
    rows = Article.objects.all()

    counted = count_gaps(rows, is_any_outdated=True)

    assert counted == {"zh-hans": 1, "en": 3}
    assert counted == {code: rows.filter(texts_with_a_gap(Article, code)).count() for code in counted}
    assert count_gaps(Article.objects.exclude(pk__in=[late.pk, both_ways.pk]), is_any_outdated=False)["en"] == 1


def test_what_waits_of_every_kind_is_counted_in_one_question():
    for title, chinese in (("Only English", ""), ("", "只有中文")):
        both(title, chinese)
        make.a_person(title, name_zh_hans=chinese)
    late, chief = both("Late", "旧"), an_administrator()
    rewritten(late, title_zh_hans="新")

    with CaptureQueriesContext(connection) as queries:
        counted = count_waiting(chief)

    each = {model: count_gaps(model.objects.all(), is_any_outdated=True) for model in kinds(chief)}
    assert counted == each
    assert counted[Article] == {"zh-hans": 1, "en": 2}
    assert sum('COUNT("portal_city"' in query["sql"] for query in queries) == 1
    assert sum("COUNT(" in query["sql"] for query in queries) == 2  # the second for the articles, one of which is older


def test_who_leads_a_chapter_and_translates_is_told_of_everything_and_a_lead_of_their_own_alone():
    mine, _anothers = make.a_chapter("Only English"), make.a_chapter("Only English")
    lead = a_lead(mine)

    assert count_waiting(lead)[type(mine)]["zh-hans"] == 1

    lead.groups.set(a_translator().groups.all())
    assert count_waiting(type(lead).objects.get(pk=lead.pk))[type(mine)]["zh-hans"] == 2


def test_photos_that_lack_a_text_are_found_by_their_index():
    """A hundred thousand photos would be read on every start page otherwise."""
    rows = Photo.objects.filter(missing_anywhere(["caption", "alt", "credit"]))

    assert set(texts_of(Photo)) == {"caption", "alt", "credit"}
    assert "photo_lacks_a_translation" in rows.values("pk").explain()


def test_translating_it_takes_it_off_and_so_does_going_back():
    article = both()
    rewritten(article, title_zh_hans="新标题")
    rewritten(article, title_en="New title")
    assert outdated(article) == set()

    rewritten(article, title_zh_hans="又一个标题")
    rewritten(article, title_zh_hans="新标题")
    assert outdated(article) == set()


def test_changing_both_languages_at_once_leaves_nothing_behind():
    article = both()

    rewritten(article, title_zh_hans="新标题", title_en="New title")

    assert outdated(article) == set()


def test_a_first_translation_makes_its_original_no_older():
    article = make.an_article("Title")

    rewritten(article, title_zh_hans="标题")

    assert outdated(article) == set()


def test_several_changes_are_told_from_the_wording_that_was_translated():
    article = both(chinese="一")
    rewritten(article, title_zh_hans="二")
    rewritten(article, title_zh_hans="三")

    response = signed_in(a_translator()).get(page_of(article))

    ((text, _field),) = response.context["texts"]
    assert text.changes == [("gone", "一"), ("new", "三")]


def test_what_still_holds_is_taken_off_without_a_change():
    article = both()
    rewritten(article, title_zh_hans="新标题")
    versions = article.history.count()

    signed_in(a_translator()).post(page_of(article), {"holds": "1"})

    assert outdated(article) == set()
    assert article.history.count() == versions


def test_a_deleted_row_leaves_no_mark():
    article = both()
    rewritten(article, title_zh_hans="新标题")

    article.delete()

    assert not OutdatedText.objects.exists()


def test_a_translator_goes_from_row_to_row():
    first, second = make.an_article(title_zh_hans="第一", title=""), make.an_article(title_zh_hans="第二", title="")
    page = make.a_page(title_zh_hans="第三", title="")
    client = signed_in(a_translator())
    listed = client.get(reverse(QUEUE), {"language": "en"})
    assert {name for _label, name, _count, _chosen in listed.context["kinds"]} == {"Articles", "Pages"}

    client.post(page_of(first), {"title_en": "First"})
    gone_on = client.post(page_of(first), {"title_en": "First"})
    for row, text in ((second, "Second"), (page, "Third")):
        assert gone_on["Location"] == page_of(row)
        gone_on = client.post(gone_on["Location"], {"title_en": text})

    assert gone_on["Location"] == reverse(QUEUE, query={"language": "en"})
    for row, text in ((first, "First"), (second, "Second"), (page, "Third")):
        row.refresh_from_db()
        assert row.title_en == text
    assert first.history.first().history_user.username == "translator"


def test_rows_within_other_rows_wait_too():
    speaking = make.speaks(make.a_person(title_zh_hans="人"), make.a_session(), title_then_zh_hans="教授")
    client = signed_in(a_translator())

    client.post(page_of(speaking), {"title_then_en": "Professor"})

    speaking.refresh_from_db()
    assert speaking.title_then_en == "Professor"


def test_the_queue_of_one_conference_holds_what_belongs_to_it():
    conference, other = (make.a_conference(title_zh_hans="大会") for _each in range(2))
    mine = make.a_session(forum=make.a_forum(conference))
    make.a_session(forum=make.a_forum(other))
    client = signed_in(an_administrator())
    query = {"language": "zh-hans", "kind": "events.session", "occasion": conference.pk}

    listed = client.get(reverse(QUEUE), query)

    assert [(row, within) for row, within, _url, _texts in listed.context["rows"]] == [(mine, conference)]
    assert path_to_occasion(Session) == "conference__pk"


def test_organizers_see_what_is_theirs_and_strangers_nothing():
    mine, other = make.a_chapter(), make.a_chapter()
    lead = a_lead(mine)

    assert waiting(lead, type(mine), "zh-hans") == [mine]
    assert signed_in(lead).get(page_of(other, "zh-hans")).status_code == 404
    assert signed_in(lead).post(page_of(other, "zh-hans"), {"name_zh_hans": "社区"}).status_code == 404
    assert signed_in(an_account("guest")).get(reverse(QUEUE)).status_code == 403


def test_texts_of_sign_ups_are_nobodys_to_translate():
    desk = make.a_desk(question_zh_hans="来自哪里？")
    organizer = an_organizer(make.a_series())

    names = {model._meta.model_name for model in kinds(a_translator())}
    assert "desk" in names and not names & {"registration", "application", "certificate"}
    assert waiting(organizer, type(desk), "en") == []


def test_two_translators_on_one_text_are_told():
    article = both()
    rewritten(article, title_zh_hans="新标题")
    client = signed_in(a_translator())
    seen = client.get(page_of(article)).context["form"].initial["seen"]
    rewritten(article, title_en="Theirs", title_zh_hans="再一个")
    rewritten(article, title_zh_hans="又改")

    told = client.post(page_of(article), {"seen": seen, "title_en": "Mine"})

    assert [one.theirs for _title, those in told.context["conflicts"] for one in those] == ["Theirs"]


def test_the_queue_asks_no_more_the_longer_it_is():
    client = signed_in(an_administrator())

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(QUEUE), {"language": "zh-hans", "kind": "events.speaking"}).status_code == 200
        return len(found)

    make.speaks(make.a_person(), make.a_session(), title_then_en="Professor")
    queries()
    few = queries()
    for _each in range(20):
        make.speaks(make.a_person(), make.a_session(), title_then_en="Professor")
    assert queries() == few
