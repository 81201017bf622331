"""The statutes that the bank may cite."""

from datetime import date

import pytest

from broker_admin.exams.statutes import load_statutes

STATUTES = load_statutes()


@pytest.mark.parametrize(("law", "articles", "text_of"), [
    ("数据安全法", 55, date(2021, 6, 10)),
    ("个人信息保护法", 74, date(2021, 8, 20)),
    ("网络数据安全管理条例", 64, date(2024, 9, 24)),
    ("深圳经济特区数据条例", 100, date(2021, 6, 29)),
    ("行政许可法", 83, date(2019, 4, 23)),
    ("行政处罚法", 86, date(2021, 1, 22)),
    ("行政复议法", 90, date(2023, 9, 1)),
    ("行政诉讼法", 103, date(2017, 6, 27)),
    ("电子签名法", 36, date(2019, 4, 23)),
])
def test_each_text_has_its_number_of_articles(law, articles, text_of):
    assert (STATUTES[law].articles, STATUTES[law].text_of) == (articles, text_of)


def test_no_statute_is_listed_without_a_check():
    assert len(STATUTES) == 9


@pytest.mark.parametrize(("article", "exists"), [(0, False), (1, True), (55, True), (56, False)])
def test_articles_are_counted_from_one(article, exists):
    assert STATUTES["数据安全法"].has(article) is exists


def test_a_citation_is_written_in_the_users_language():
    law = STATUTES["数据安全法"]

    assert law.cite(33, "zh-CN") == "《数据安全法》第33条"
    assert law.cite(33, "en") == "Data Security Law, Art. 33"


def test_titles_are_official_and_translated():
    for statute in STATUTES.values():
        assert statute.title.zh.endswith(statute.short)
        assert statute.title.en.isascii()
