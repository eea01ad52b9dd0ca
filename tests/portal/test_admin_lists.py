"""Lists of the admin: filtered, edited in place, moved many at once; each row by whom it belongs to."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Conference, Forum, Session
from portal.admin.filters import YearFilter
from portal.models import Article, Figure, Partnership
from tests import make
from tests.organizers import a_producer, a_translator, an_administrator, an_organizer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def chief():
    return signed_in(an_administrator())


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def as_it_stands(client, model):
    """Return what a browser would send if the list were saved as it is shown."""
    formset = client.get(list_of(model)).context["cl"].formset
    data = {field.html_name: field.value() for field in formset.management_form}
    for form in formset.forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = str(value)
    return data | {"_save": "1"}, {form.instance.pk: form.prefix for form in formset.forms}


def shown(client, model, **query):
    return set(client.get(list_of(model), query).context["cl"].result_list)


def test_an_order_set_in_a_list_keeps_what_somebody_else_wrote_meanwhile(chief):
    conference = make.a_conference()
    moved, other = make.a_session(conference, position=1), make.a_session(conference, position=2)
    data, prefix = as_it_stands(chief, Session)
    Session.objects.filter(pk=other.pk).update(position=9)

    response = chief.post(list_of(Session), data | {f"{prefix[moved.pk]}-position": "5"})

    assert response.status_code == 302
    assert [Session.objects.get(pk=row.pk).position for row in (moved, other)] == [5, 9]


def test_who_comes_second_on_one_field_is_told_and_may_insist(chief):
    conference = make.a_conference()
    forum = make.a_forum(conference, position=1)
    data, prefix = as_it_stands(chief, Forum)
    Forum.objects.filter(pk=forum.pk).update(position=4)
    mine = data | {f"{prefix[forum.pk]}-position": "7"}

    told = chief.post(list_of(Forum), mine)

    form = told.context["cl"].formset.forms[0]
    assert "“4”" in str(form.errors["position"])
    assert Forum.objects.get().position == 4
    chief.post(list_of(Forum), mine | {f"{form.prefix}-seen": form["seen"].value()})
    assert Forum.objects.get().position == 7


def test_a_list_that_django_says_it_cannot_show_is_a_page_of_ours(chief):
    response = chief.get(list_of(Forum), {"e": "1"})

    assert response.status_code == 200 and 'rel="icon" href="/icon.svg?v=' in response.content.decode()


def test_the_list_of_a_state_shows_what_is_in_it(chief):
    ahead = timezone.now() + timedelta(days=1)
    moments = {"draft": None, "scheduled": ahead, "published": timezone.now()}
    articles = {state: make.an_article(published_at=moment) for state, moment in moments.items()}

    for state, article in articles.items():
        page = chief.get(list_of(Article), {"state": state})
        assert list(page.context["cl"].result_list) == [article]


def test_a_translator_orders_nothing_and_a_producer_not_the_forums(chief):
    forum = make.a_forum(position=1)
    for account in (a_translator(), a_producer(forum)):
        client = signed_in(account)
        data, prefix = as_it_stands(chief, Forum)

        client.post(list_of(Forum), data | {f"{prefix[forum.pk]}-position": "7"})

        assert Forum.objects.get().position == 1, account


def test_a_level_is_changed_in_the_list(chief):
    gold, silver = make.a_level("Gold"), make.a_level("Silver")
    partnership = make.partners(make.an_organization(), make.a_conference(), gold)
    data, prefix = as_it_stands(chief, Partnership)

    chief.post(list_of(Partnership), data | {f"{prefix[partnership.pk]}-level": str(silver.pk)})

    assert Partnership.objects.get().level == silver


def test_lists_are_filtered_by_year_and_by_what_they_belong_to(chief):
    now, before = make.a_conference(), make.a_conference(starts_at=datetime(2019, 5, 1, tzinfo=make.SHANGHAI))
    new, old = make.a_figure(now), make.a_figure(before)

    assert shown(chief, Figure, year="2019") == {old}
    assert shown(chief, Figure, year="soon") == {new, old}
    assert shown(chief, Figure, occasion=str(now.pk)) == {new}


# Moved


def move(client, model, *rows, **targets):
    data = {"action": "move", "_selected_action": [row.pk for row in rows], "apply": "1", "index": "0"}
    return client.post(list_of(model), data | {name: row.pk for name, row in targets.items()})


def test_sessions_are_moved_to_another_forum_and_room(chief):
    conference = make.a_conference()
    sessions = [make.a_session(conference) for _number in range(3)]
    forum, room = make.a_forum(conference), make.a_room(make.a_venue(conference))

    asked = chief.post(
        list_of(Session), {"action": "move", "_selected_action": [row.pk for row in sessions], "index": "0"}
    )
    assert list(asked.context["form"].fields) == ["forum", "room"]
    move(chief, Session, *sessions[:2], forum=forum, room=room)

    assert list(forum.sessions.all()) == sessions[:2]
    assert Session.objects.get(pk=sessions[2].pk).forum is None
    assert sessions[0].history.first().history_type == "~"


def test_nothing_is_moved_into_another_conference_or_another_forum_than_ones_own():
    conference = make.a_conference()
    mine, other, elsewhere = make.a_forum(conference), make.a_forum(conference), make.a_forum()
    session = make.a_session(forum=mine)

    move(signed_in(an_organizer(conference.series)), Session, session, forum=elsewhere)
    move(signed_in(a_producer(mine)), Session, session, forum=other)

    assert Session.objects.get().forum == mine


def test_a_move_that_cannot_be_moves_nothing(chief):
    conference, organization = make.a_conference(), make.an_organization()
    gold, silver = make.a_level("Gold"), make.a_level("Silver")
    first = make.partners(make.an_organization(), conference, gold)
    doubled = make.partners(organization, conference, gold)
    make.partners(organization, conference, silver)

    response = move(chief, Partnership, first, doubled, level=silver)

    assert "already has that role" in str(response.context["form"].errors)
    assert set(Partnership.objects.filter(level=gold)) == {first, doubled}


def test_a_row_that_a_search_finds_twice_is_listed_once_and_its_texts_are_not_sorted(chief):
    session = make.a_session(make.a_conference())
    make.a_session(session.conference)
    for name in ("Ada Stone", "Bo Stone"):
        make.speaks(make.a_person(name), session)

    with CaptureQueriesContext(connection) as queries:
        found = chief.get(list_of(Session), {"q": "stone"}).context["cl"]

    assert list(found.result_list) == [session]
    assert found.result_count == 1
    assert not [one["sql"] for one in queries if 'DISTINCT "events_session"' in one["sql"]]


def test_the_years_to_choose_are_those_of_occasions_with_rows(chief):
    for year in (2023, 2024, 2025):
        make.a_conference(f"OpenConf {year}", starts_at=datetime(year, 10, 28, 1, tzinfo=UTC))
    make.a_conference("New Year's", starts_at=datetime(2024, 1, 1, 4, tzinfo=UTC), time_zone="America/New_York")
    for conference in Conference.objects.exclude(title="OpenConf 2024"):
        make.a_session(conference)

    assert years_to_choose(chief, Session) == ["2025", "2023"]
    assert {row.conference.title for row in shown(chief, Session, year=2023)} == {"OpenConf 2023", "New Year's"}


def years_to_choose(client, model):
    filters = client.get(list_of(model)).context["cl"].filter_specs
    return [value for one in filters if isinstance(one, YearFilter) for value, _title in one.lookup_choices]


def test_an_empty_list_says_why_and_what_can_be_done(chief):
    address = list_of(Figure)
    empty = chief.get(address).content.decode()
    assert "There are no figures yet." in empty
    assert f'href="{reverse("admin:portal_figure_add")}">Add figure</a>' in empty

    make.a_figure(make.a_conference())
    assert "There are no" not in chief.get(address).content.decode()
    for query in ({"q": "nothing is called so"}, {"measure__exact": "booths"}):
        answer = chief.get(address, query).content.decode()
        assert 'Nothing matches. <a href="?">Show all</a>' in answer, query
