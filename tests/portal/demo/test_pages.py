"""The facts of the demo as visitors read them, on the pages themselves."""

import re

import lxml.html
import pytest

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

FACTS = {
    "en/conferences/coscon-2017/": [
        "1,108",
        "2,284",
        "Shanghai",
        "18–19 November 2017",
        "Jim Jagielski",
        "Open Source Star",
    ],
    "zh-hans/conferences/coscon-2017/": ["1,108", "2,284", "上海", "开源之星", "2017年11月18日"],
    "en/conferences/coscon-2021/": ["261,705", "144", "148", "Happy Hacking", "30–31 October 2021", "Beijing"],
    "zh-hans/conferences/coscon-2021/": ["261,705", "人次", "开心开源", "北京"],
    "en/conferences/coscon-2023/": ["Chengdu", "28–29 October 2023"],
    "zh-hans/conferences/coscon-2023/": ["成都", "2023年10月28日"],
    "en/conferences/gotc-2023/": ["May 2023", "Zhangjiang"],
    "zh-hans/conferences/gotc-2023/": ["2023年5月", "张江"],
    "en/chapters/": ["Changsha", "Guangzhou", "Chengdu"],
}


@pytest.mark.parametrize(("path", "facts"), FACTS.items())
def test_a_page_tells_its_facts(client, path, facts):
    response = client.get(f"/{path}")
    document = lxml.html.document_fromstring(response.content.decode())
    text = re.sub(r"\s+", " ", document.body.text_content())

    assert [fact for fact in facts if fact not in text] == []
