import pytest

from broker_admin.licenses.search import search_form, searchable, terms, whole


@pytest.mark.parametrize(("typed", "compared"), [
    ("深圳市华信数据", "深圳市华信数据"),
    ("ＨＵＡ　xin  Data", "hua xin data"),
    (" Hua Xin DATA ", "hua xin data"),
    ("广州（南沙）数据", "广州南沙数据"),
    ("广州 (南沙) 数据", "广州南沙数据"),
    ("广州〔南沙〕数据・流通", "广州南沙数据流通"),
    ("前海 Data 经纪", "前海data经纪"),
    ("A&B Data, Ltd.", "a b data ltd"),
    ("100%_\\", "100"),
    ("𠮷数", "𠮷数"),
    ("\x00", ""),
    ("", ""),
])
def test_searches_compare_without_width_case_spacing(typed, compared):
    assert search_form(typed) == compared


def test_terms_are_words_in_any_order():
    assert terms("Data  hua DATA（南沙）") == ["data", "hua", "data南沙"]
    assert terms(" ％ _ ") == []


def test_part_of_a_name_stands_in_what_is_kept():
    kept = searchable("广州（南沙）数链有限公司", "Nansha Chain Ltd.")
    assert all(term in kept for term in terms("chain NANSHA"))
    assert all(term in kept for term in terms("数链"))


def test_nothing_found_crosses_from_name_to_name():
    assert search_form("公司Nansha") not in searchable("数链公司", "Nansha Chain")


def test_only_a_whole_name_counts_as_whole():
    kept = searchable("数链公司", None)
    assert whole("数链 公司") in kept
    assert whole("数链") not in kept
