"""Two people, or organizations, that are one: every reference moves, nothing is said twice, there is a way back."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.test import Client

from events.models import (
    Booth,
    Coordination,
    Organizing,
    Presence,
    Production,
    ProposalSpeaker,
    PublicCredit,
    Series,
    Speaking,
)
from meetups.models import AgendaItem, Leadership
from portal.cleaning import orphans
from portal.merging import CannotMerge, merge, what_merging_does
from portal.models import (
    Album,
    Article,
    AwardRecipient,
    Community,
    ImportedRow,
    Invitation,
    Organization,
    OrganizationName,
    Part,
    Partnership,
    Person,
    PersonLink,
    PersonName,
    Photo,
)
from portal.unmerging import undo
from tests import make
from tests.organizers import a_lead, an_account, an_administrator, an_editor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def community_of(organization):
    return Community.objects.create(
        name_en="Us", word_for_chapter_en="c", word_for_chapters_en="cs", organization=organization
    )


def recipient(**fields):
    return AwardRecipient.objects.create(award=make.an_award(make.a_conference()), name_then_en="N", **fields)


# How a row is made that points to a person or an organization by a field.
MAKERS = {
    (PersonName, "person"): lambda one: one.names.create(name="Handle"),
    (PersonLink, "person"): lambda one: one.links.create(url="https://example.org/"),
    (Album, "photographer"): lambda one: make.an_album(photographer=one),
    (Photo, "photographer"): lambda one: make.a_photo(photographer=one),
    (AwardRecipient, "person"): lambda one: recipient(person=one),
    (AwardRecipient, "organization"): lambda one: recipient(organization=one),
    (Part, "person"): lambda one: make.a_part(make.a_meetup(), one),
    (Part, "organization"): lambda one: make.a_part(make.a_meetup(), None, name_then_en="N", organization=one),
    (Organizing, "person"): lambda one: Organizing.objects.create(person=one, series=make.a_series()),
    (Organizing, "organization"): lambda one: Organizing.objects.create(
        name_then_en="N", organization=one, series=make.a_series()
    ),
    (Production, "person"): lambda one: make.produces(one, make.a_forum()),
    (Production, "organization"): lambda one: make.produces(None, make.a_forum(), name_then_en="N", organization=one),
    (Speaking, "person"): lambda one: make.speaks(one, make.a_session()),
    (Speaking, "organization"): lambda one: make.speaks(None, make.a_session(), name_then_en="N", organization=one),
    (Coordination, "person"): lambda one: make.coordinates(one, make.a_team()),
    (Coordination, "organization"): lambda one: make.coordinates(
        None, make.a_team(), name_then_en="N", organization=one
    ),
    (Leadership, "person"): lambda one: make.leads(one, make.a_chapter()),
    (Leadership, "organization"): lambda one: make.leads(None, make.a_chapter(), name_then_en="N", organization=one),
    (Invitation, "person"): lambda one: Invitation.objects.create(
        person=one, email="ming@example.org", language="en", scope_id=1, invited_by=an_editor()
    ),
    (ProposalSpeaker, "person"): lambda one: ProposalSpeaker.objects.create(
        proposal=make.a_proposal(), name="N", person=one
    ),
    (Presence, "person"): lambda one: Presence.objects.create(
        conference=(conference := make.a_conference()),
        person=one,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
    ),
    (PublicCredit, "person"): lambda one: make.a_credit(make.a_conference(), person=one),
    (OrganizationName, "organization"): lambda one: one.names.create(name_en="Former"),
    (Partnership, "organization"): lambda one: make.partners(one, make.a_meetup()),
    (Person, "organization"): lambda one: make.a_person(organization=one),
    (Community, "organization"): community_of,
    (Organization, "made_by"): lambda one: make.an_organization(made_by=one),
    (Series, "organization"): lambda one: make.a_series(organization=one),
    (Booth, "organization"): lambda one: Booth.objects.create(conference=make.a_conference(), organization=one),
}


def references(target):
    """Return (model, field) of every field of every model that points to the target, versions of rows left out."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.related_model is target and not model.__name__.startswith("Historical")
    ]


def a_row_pointing_by(model, field, target):
    if field.many_to_many:
        row = {Photo: make.a_photo, Article: make.an_article}.get(model, lambda: make.a_highlight(make.a_meetup()))()
        getattr(row, field.name).set([target])
        return row
    return MAKERS[model, field.name](target)


def pointed_to(row, field):
    row = type(row).objects.get(pk=row.pk)
    value = getattr(row, field.name)
    return list(value.all()) if field.many_to_many else value


def everything():
    """Return all rows of the portal but what follows from others, as plain text."""
    passed_over = ("Historical", "SearchEntry", "Permission", "LogEntry", "Session")
    models = [one for one in apps.get_models() if not one.__name__.startswith(passed_over)]
    return sorted(
        line
        for model in models
        for line in serializers.serialize("jsonl", model._base_manager.order_by("pk")).splitlines()
    )


def without_times(lines):
    return [line.split('"updated_at"')[0] + line.split('"updated_at"')[-1][30:] for line in lines]


@pytest.mark.parametrize("a_target", [make.a_person, make.an_organization])
def test_every_field_of_every_model_follows_and_goes_back(a_target):
    chief, kept, gone = an_administrator(), a_target("Kept"), a_target("Gone")
    fields = references(type(kept))
    assert len(fields) > 10
    rows = [(a_row_pointing_by(model, field, gone), field) for model, field in fields]
    before = without_times(everything())

    merged = merge(kept, gone, chief)

    assert not type(kept).objects.filter(name_en="Gone").exists()
    for row, field in rows:
        assert pointed_to(row, field) in (kept, [kept]), f"{row._meta.label}.{field.name} was left behind"

    undo(merged)

    assert without_times(everything()) == before


def test_who_was_twice_on_a_panel_is_there_once_and_what_pointed_to_it_follows():
    kept, gone, session = make.a_person("Kept"), make.a_person("Gone"), make.a_session()
    make.speaks(kept, session)
    make.speaks(gone, session, title_then_en="Professor")
    meetup = make.a_meetup()
    one, other = make.a_part(meetup, kept), make.a_part(meetup, gone)
    item = AgendaItem.objects.create(meetup=meetup, title_en="Talk")
    item.parts.add(other)

    merged = merge(kept, gone, an_administrator())

    assert session.speakings.get().title_then_en == "Professor"
    assert list(item.parts.all()) == [one]

    undo(merged)

    assert {(each.person.name_en, each.title_then_en or "") for each in session.speakings.all()} == {
        ("Kept", ""),
        ("Gone", "Professor"),
    }
    assert list(item.parts.all()) == [other]


def test_two_terms_of_office_stay_two():
    kept, gone, chapter = make.a_person(), make.a_person(), make.a_chapter()
    make.leads(kept, chapter, since=date(2024, 1, 1))
    make.leads(gone, chapter, until=date(2022, 12, 31))

    merge(kept, gone, an_administrator())

    assert [one.person for one in chapter.leaderships.all()] == [kept, kept]


def test_two_guests_of_one_organization_stay_two():
    kept, gone, session = make.an_organization(), make.an_organization(), make.a_session()
    make.speaks(make.a_person("Ming"), session, organization=kept)
    make.speaks(make.a_person("Hong"), session, organization=gone)

    merge(kept, gone, an_administrator())

    assert session.speakings.filter(organization=kept).count() == 2


def test_a_partnership_that_both_had_is_said_once():
    kept, gone, meetup, level = make.an_organization(), make.an_organization(), make.a_meetup(), make.a_level()
    make.partners(kept, meetup, level)
    make.partners(gone, meetup, level, note_en="Gave the cakes")

    merged = merge(kept, gone, an_administrator())

    assert meetup.partnerships.get().note_en == "Gave the cakes"
    undo(merged)
    assert meetup.partnerships.count() == 2


def test_a_project_merged_with_its_maker_is_not_made_by_itself():
    maker = make.an_organization("PingCAP")
    project = make.an_organization("TiDB", made_by=maker)

    merged = merge(project, maker, an_administrator())

    project.refresh_from_db()
    assert project.made_by is None
    undo(merged)
    project.refresh_from_db()
    assert project.made_by.name_en == "PingCAP"


def test_former_names_find_the_kept_row_and_former_addresses_lead_to_it():
    kept = make.a_person("Biaowei Zhuang", slug="zhuang", name_zh_hans="庄表伟")
    gone = make.a_person("Zhuang Biaowei", slug="older", name_zh_hans="庄表伟")
    gone.slug = "old"
    gone.save()

    merge(kept, gone, an_administrator())

    assert [one.name for one in kept.names.all()] == ["Zhuang Biaowei"]
    for former in ("old", "older"):
        answer = Client().get(f"/en/people/{former}/")
        assert (answer.status_code, answer["Location"]) == (301, "/en/people/zhuang/")


def test_no_name_is_added_twice_and_none_that_is_empty():
    kept, gone = make.a_person("Zhao Ming", name_zh_hans="赵明"), make.a_person("M. Zhao")
    kept.names.create(name="M. Zhao")

    merged = merge(kept, gone, an_administrator())

    assert [one.name for one in kept.names.all()] == ["M. Zhao"]
    assert (merged.kept_title, merged.gone_title) == ("Zhao Ming", "M. Zhao")


def test_of_two_of_which_one_is_gone_by_now_nothing_is_merged():
    kept, gone = make.a_person(), make.a_person()
    Person.objects.filter(pk=gone.pk).delete()

    with pytest.raises(CannotMerge, match="no longer exists"):
        merge(kept, gone, an_administrator())


def test_an_organization_keeps_the_other_name_in_both_languages():
    kept, gone = make.an_organization("KAIYUANSHE"), make.an_organization("China Open Source", name_zh_hans="开源社")

    merge(kept, gone, an_administrator())

    name = kept.names.get()
    assert (name.name_en, name.name_zh_hans) == ("China Open Source", "开源社")


def test_what_only_the_other_row_knew_is_taken_over_and_given_back():
    kept = make.a_person("Kept", title_en="Maintainer", published_at=None)
    gone = make.a_person("Gone", title_en="Other", bio_en="A life.", organization=make.an_organization())

    merged = merge(kept, gone, an_administrator())

    kept.refresh_from_db()
    assert (kept.title_en, kept.bio_en, kept.organization) == ("Maintainer", "A life.", gone.organization)
    assert kept.is_published, "what was public stays public"
    undo(merged)
    kept.refresh_from_db()
    assert (kept.bio_en or "", kept.organization, kept.publication) == ("", None, "draft")


def test_an_import_finds_the_kept_row():
    kept, gone = make.a_person(), make.a_person()
    memory = ImportedRow.objects.create(source="csv", model="portal.person", key="7", object_id=gone.pk)

    merged = merge(kept, gone, an_administrator())

    memory.refresh_from_db()
    assert memory.object_id == kept.pk
    undo(merged)
    memory.refresh_from_db()
    assert memory.object_id == gone.pk


def test_the_portrait_of_who_is_gone_is_no_orphan():
    kept, gone = make.a_person(portrait="portraits/kept.png"), make.a_person()
    gone.portrait.save("gone.png", ContentFile(b"drawn"))
    merge(kept, gone, an_administrator())

    assert gone.portrait.name not in list(orphans(youngest=timedelta()))


def test_looking_at_what_a_merge_would_do_does_nothing():
    kept, gone, chief = make.a_person(), make.a_person(), an_administrator()
    make.speaks(gone, make.a_session())
    before = everything()

    assert what_merging_does(kept, gone, chief)

    assert everything() == before


def test_an_account_and_the_rights_of_its_roles_go_with_an_administrator_only():
    kept, gone, editor = make.a_person(), make.a_person(), an_editor()
    gone.user = an_account("ming")
    gone.save()

    with pytest.raises(CannotMerge):
        merge(kept, gone, editor)
    merge(kept, gone, an_administrator())

    kept.refresh_from_db()
    assert kept.user.username == "ming"


def test_a_lead_merges_what_they_made_and_nothing_else():
    lead = a_lead(make.a_chapter())
    mine, other, anothers = (make.a_person(entered_by=who) for who in (lead, lead, None))

    with pytest.raises(CannotMerge):
        merge(mine, anothers, lead)
    merge(mine, other, lead)

    assert not Person.objects.filter(pk=other.pk).exists()
