import re
from datetime import date

import pytest

from broker_admin.config import ROOT
from broker_admin.licenses import certificate_page as page
from broker_admin.licenses.certificate_page import Cell, Line
from tests.licenses.facts import AUTHORITY, a_practitioner, an_institution, with_long_texts


def labelled(facts):
    return {cell.label.en: cell.value for row in page.rows(facts) for cell in row}


def test_an_institution_shows_what_the_rules_list():
    assert list(labelled(an_institution())) == [
        "Holder", "Unified Social Credit Code", "Legal representative", "Address",
        "Type", "Grade", "Scope", "Valid", "First issued on",
    ]


def test_scope_is_listed_in_both_languages():
    assert labelled(an_institution())["Scope"] == Line(
        "撮合、数据交付", "Matchmaking; Data delivery")


def test_scope_without_english_leaves_no_gap():
    facts = an_institution(scope=(Line("撮合"), Line("咨询", "Consulting")))
    assert labelled(facts)["Scope"] == Line("撮合、咨询", "Consulting")


def test_validity_names_the_first_and_last_day():
    assert labelled(an_institution())["Valid"] == Line(
        "2026年11月22日至2029年11月21日", "22 Nov 2026 – 21 Nov 2029")


def test_a_practitioner_shows_subjects_with_their_days():
    assert labelled(a_practitioner())["Subjects passed"] == Line(
        "数据法律法规（2026年9月19日）、数据经纪实务（2026年9月20日）",
        "Data law (19 Sep 2026); Brokerage practice (20 Sep 2026)")


def test_a_practitioner_has_rows_of_a_person():
    assert list(labelled(a_practitioner())) == [
        "Name", "Certificate number", "Subjects passed", "Valid", "First issued on"]


@pytest.mark.parametrize(("day", "zh", "en"), [
    (date(2026, 1, 2), "2026年1月2日", "2 Jan 2026"),
    (date(2028, 2, 29), "2028年2月29日", "29 Feb 2028"),
    (date(2030, 12, 31), "2030年12月31日", "31 Dec 2030"),
])
def test_days_are_written_in_both_languages(day, zh, en):
    assert (page.chinese_day(day), page.english_day(day)) == (zh, en)


def test_a_demonstration_never_signs_for_an_authority():
    assert page.authority(an_institution(demo=True)) == page.DEMO_AUTHORITY
    assert page.authority(an_institution(demo=False)) == AUTHORITY


def test_short_texts_are_printed_large():
    assert page.density(page.rows(a_practitioner())).name == "roomy"
    assert page.density(page.rows(an_institution())).name == "normal"


def test_long_texts_are_printed_smaller():
    assert page.density(page.rows(with_long_texts())).zh < 9


def test_endless_text_is_printed_smallest():
    endless = [(Cell(Line("住所", "Address"), Line("省" * 9000)),)]
    assert page.density(endless) is page.DENSITIES[-1]


def test_print_only_gets_smaller_down_the_list():
    sizes = [(size.zh, size.en, size.padding) for size in page.DENSITIES]
    assert sizes == sorted(sizes, reverse=True)


def test_a_second_line_makes_a_row_higher():
    size = page.DENSITIES[0]
    short, long = ([(Cell(Line("住所"), Line("省" * count)),)] for count in (30, 60))
    assert size.height(long) - size.height(short) == pytest.approx(14 * page.POINT * page.LEADING)


def test_a_row_is_as_high_as_its_highest_cell():
    size = page.DENSITIES[0]
    low, high = (Cell(Line("甲"), Line("省" * count)) for count in (1, 40))
    assert size.height([(low, high)]) > size.height([(low, low)])


@pytest.mark.parametrize("size", page.DENSITIES, ids=lambda size: size.name)
def test_the_stylesheet_draws_the_sizes_that_are_reckoned(size):
    css = (ROOT / "broker_admin/static/certificate.css").read_text(encoding="utf-8")
    rules = dict(re.findall(rf"^\.{size.name} (.+?) \{{ (.+?); \}}$", css, re.MULTILINE))
    padding = f"{size.padding:g}".removeprefix("0")
    assert rules == {
        "table": f"font-size: {size.zh:g}pt", "table .en": f"font-size: {size.en:g}pt",
        ":is(th, td)": f"padding-block: {padding}mm",
    }
