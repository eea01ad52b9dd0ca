"""What the documents tell of the conferences is in the database, in both languages, after `load_demo`."""

from datetime import date

import pytest

from events.models import Session
from portal.models import Award, Figure, Partnership
from tests.portal.demo.facts import both, conference, days, figures, forums, partners, parts, speakers

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_coscon_17_was_in_shanghai_on_18_and_19_november():
    coscon = conference("coscon-2017")

    assert days(coscon) == (date(2017, 11, 18), date(2017, 11, 19))
    assert both(coscon, "place") == ("上海交通大学", "Shanghai Jiao Tong University")
    assert both(coscon, "theme") == ("中国社区，全球贡献", "China community, global contribution")
    assert both(coscon.city, "name") == ("上海", "Shanghai")


def test_coscon_17_was_counted():
    assert figures("coscon-2017") == {
        "people-on-site": "exact 1108",
        "people-online": "exact 2284",
        "keynotes": "exact 5",
        "speakers": "exact 60",
        "talks": "exact 45",
        "workshops": "exact 6",
        "panels": "exact 5",
        "volunteers": "exact 50",
        "communities": "exact 25",
        "media-reach": "at-least 200000",
        "registration-viewers": "at-least 60000",
    }
    assert "participants" in Figure.objects.get(measure="media-reach").label_en


def test_coscon_17_had_its_partners():
    assert partners("coscon-2017") == {
        "host": {"kaiyuanshe"},
        "co-host": {"ccf-shanghai", "oscar"},
        "media-partner": {"geekbang", "infoq-china", "juejin", "linux-china"},
        "live-stream-partner": {"itdks"},
        "registration-partner": {"huodongxing"},
    }


def test_coscon_17_names_four_of_its_five_keynote_speakers():
    keynotes = Session.objects.filter(conference__slug="coscon-2017", kind="keynote")
    on_stage = [speaking for keynote in keynotes for speaking in keynote.speakings.all()]

    assert {speaking.person.name_en: speaking.organization.name_en for speaking in on_stage} == {
        "Nuritzi Sanchez": "GNOME Foundation",
        "Kylie Liang": "FreeBSD Foundation",
        "Niclas Hedhman": "Apache Software Foundation",
        "Taiwen Huo": "Geekbang Technology",
    }


def test_coscon_17_was_opened_greeted_and_steered():
    assert parts("coscon-2017", "welcome").keys() == {"Dawu Gu", "Hongbao He"}
    assert parts("coscon-2017", "greeting").keys() == {"Jim Jagielski"}
    assert parts("coscon-2017", "interviewee").keys() == {"Niclas Hedhman", "Kohsuke Kawaguchi"}
    assert parts("coscon-2017", "steering-committee").keys() == {
        *("Ted Liu", "Emily Chen", "Biaowei Zhuang", "Mabel Li"),
        *("Rui Li", "Jiansheng Li", "Sting Chen", "Cynthia Xin"),
    }


def test_coscon_17_has_its_sessions():
    titles = {session.title_en for session in conference("coscon-2017").sessions.all()}

    assert {
        "The hackers got to eat",
        "ASF Challenges",
        "The rise of grassroots on GitHub",
        "The art of community",
        "Community manager roundtable",
        "Open Source Night",
    } < titles
    assert any("governance" in title for title in titles)
    assert speakers("KKEAT7") == ["Kohsuke Kawaguchi"]
    assert [name.removeprefix("Apache ") for name in speakers("ASFCH7")] == [
        *("CarbonData", "Kylin", "RocketMQ", "Weex", "Griffin")
    ]
    assert speakers("GRASS7") == ["Beego", "Element", "Swoole", "TiDB", "掘金"]


def test_coscon_17_opened_pouch_and_gave_the_open_source_star():
    pouch = conference("coscon-2017").highlights.get(title_en__startswith="Pouch")
    star = Award.objects.get(name_en="Open Source Star")

    assert {organization.slug for organization in pouch.organizations.all()} == {"alibaba", "pouch"}
    assert star.name_zh_hans == "开源之星"
    assert {recipient.person.name_en for recipient in star.recipients.all()} == {"Mabel Li", "Chunsheng Wang"}


def test_coscon_21_was_one_venue_online_and_seven_in_cities():
    coscon = conference("coscon-2021")
    venues = coscon.venues.select_related("city")

    assert (coscon.edition, coscon.mode, days(coscon)) == (6, "hybrid", (date(2021, 10, 30), date(2021, 10, 31)))
    assert both(coscon, "theme") == ("开心开源", "Happy Hacking")
    assert [venue.slug for venue in venues if venue.is_online] == ["online"]
    assert {venue.city.name_en for venue in venues if venue.city and not venue.is_cancelled} == {
        *("Shanghai", "Shenzhen", "Chengdu", "Zhuhai", "Dalian", "Wuxi", "Fuzhou")
    }
    assert [venue.city.name_zh_hans for venue in venues if venue.is_cancelled] == ["北京"]


def test_coscon_21_was_counted():
    assert figures("coscon-2021") == {
        "views-online": "exact 261705",
        "people-on-site": "at-least 1000",
        "speakers": "exact 144",
        "talks": "exact 148",
        "forums": "exact 15",
        "cities": "exact 7",
        "volunteers": "at-least 170",
        "volunteer-cities": "at-least 16",
        "volunteer-universities": "at-least 20",
    }
    views = Figure.objects.get(occasion__slug="coscon-2021", measure="views-online")
    assert both(views, "unit") == ("人次", "views")


def test_coscon_21_lists_all_seventeen_topics_and_says_why():
    of_2021 = forums("coscon-2021")
    source = Figure.objects.get(occasion__slug="coscon-2021", measure="forums").source

    assert [forum.kind for forum in of_2021.values()].count("main") == 1
    assert len(of_2021) == 1 + 17
    assert {"物联网", "风险治理", "开源公益", "女性论坛"} < {forum.title_zh_hans for forum in of_2021.values()}
    assert "17" in source.note_en and "17" in source.note_zh_hans


def test_coscon_21_names_its_speakers_with_title_and_organization():
    assert parts("coscon-2021", "greeting") == {"Biaowei Zhuang": ("Chairman", "KAIYUANSHE")}
    named = parts("coscon-2021", "speaker")
    assert named.keys() == {
        *("Vitalik Buterin", "Zhou Minghui", "Zhang Guofeng", "Xu Di", "Zhang Kaixiang"),
        *("Pan Juan", "Huang Dongxu", "Xiong Wei", "Chen Yu"),
    }
    assert all(title and organization for title, organization in named.values())
    assert named["Huang Dongxu"] == ("Co-founder and CTO", "PingCAP")


def test_coscon_21_had_sponsors_and_can_be_replayed():
    assert partners("coscon-2021") == {
        "host": {"kaiyuanshe"},
        "sponsor": {"tencent", "microsoft", "huawei", "baidu", "inspur", "webank", "sphereex"},
    }
    assert conference("coscon-2021").links.get(kind="recording").url == "https://space.bilibili.com/525037536"


def test_coscon_23_was_the_eighth_and_in_chengdu():
    coscon = conference("coscon-2023")

    assert (coscon.edition, days(coscon)) == (8, (date(2023, 10, 28), date(2023, 10, 29)))
    assert coscon.city.name_en == "Chengdu"
    assert "菁蓉汇" in coscon.place_zh_hans and "High-tech Zone" in coscon.place_en
    assert "山" in coscon.theme_zh_hans and coscon.theme_en == "Mountain and sea"


def test_coscon_23_is_kaiyuanshes_although_one_document_says_otherwise():
    assert partners("coscon-2023") == {"host": {"kaiyuanshe"}}
    assert not Partnership.objects.filter(organization__slug="linux-foundation").exists()


def test_coscon_23_has_the_forums_of_both_documents():
    of_2023 = forums("coscon-2023")

    assert {slug: forum.kind for slug, forum in of_2023.items() if forum.kind != "forum"} == {
        "main-forum": "main",
        "mind-hackathon": "hackathon",
        "teenagers": "workshop",
        "lightning-talks": "lightning",
        "bazaar": "bazaar",
        "tea-house": "social",
    }
    assert {slug for slug, forum in of_2023.items() if forum.kind == "forum"} == {
        *("artificial-intelligence", "business", "cloud-computing", "big-data", "blockchain", "education"),
        *("culture", "governance", "hardware", "operating-systems", "programming-languages", "women"),
        *("web-applications", "treasure-chest"),
    }


def test_a_forum_is_described_only_where_a_document_describes_it():
    of_2023 = forums("coscon-2023")

    undescribed = {slug for slug, forum in of_2023.items() if not (forum.summary_zh_hans or forum.body_zh_hans)}
    assert undescribed == {"business", "education", "programming-languages", "lightning-talks"}


def test_coscon_23_has_its_song_its_record_and_the_history_of_editions():
    links = {link.kind: link.url for link in conference("coscon-2023").links.all()}

    assert links == {
        "website": "https://kaiyuanshe.cn/activity/coscon-2023",
        "recording": "https://segmentfault.com/subject/coscon-2023",
        "song": "https://github.com/richardllin/The-Song-of-the-Open-Source-People",
        "other": "https://kaiyuanshe.cn/activity",
    }


def test_gotc_2023_is_known_to_the_month_only():
    gotc = conference("gotc-2023")

    assert (gotc.series.slug, gotc.precision) == ("gotc", "month")
    assert days(gotc) == (date(2023, 5, 1), date(2023, 5, 31))
    assert both(gotc, "place") == ("张江科学会堂", "Zhangjiang Science Hall")
    assert gotc.theme_en == "Open source, into the future"


def test_gotc_2023_had_four_hosts_and_speakers_with_titles():
    assert partners("gotc-2023") == {
        "host": {"pudong-software-park", "openatom-foundation", "linux-foundation-asia-pacific", "oschina"}
    }
    opening = parts("gotc-2023", "opening") | parts("gotc-2023", "launch")
    assert opening.keys() == {"Ni Guangnan", "Wang Huaimin", "Jim Zemlin", "Zhang Ying", "Hou Jin", "Xia Lifeng"}
    assert all(title and organization for title, organization in opening.values())


def test_gotc_2023_launched_signed_and_exhibited():
    gotc = conference("gotc-2023")
    partners_in = [{o.slug for o in highlight.organizations.all()} for highlight in gotc.highlights.all()]

    assert {"pudong-software-park", "linux-foundation-asia-pacific"} in partners_in
    assert {"pudong-software-park", "oschina"} in partners_in
    assert {booth.organization.slug for booth in gotc.booths.filter(kind="exhibition")} == {
        *("huawei", "bytedance", "gitee", "sdv-alliance")
    }
    assert "元宇宙" in gotc.booths.get(kind="area").title_zh_hans


def test_gotc_2023_lists_the_ten_named_of_seventeen_forums():
    assert figures("gotc-2023") == {"forums": "exact 17", "booths": "at-least 30"}
    assert forums("gotc-2023").keys() == {
        *("metaverse", "3d-and-games", "ebpf", "web3-and-blockchain", "open-source-community", "aigc"),
        *("automotive-software", "ai-programming", "education-and-training", "cloud-native"),
    }
