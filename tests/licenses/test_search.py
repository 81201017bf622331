import pytest

from broker_admin.licenses.search import search_form


@pytest.mark.parametrize(("typed", "compared"), [
    ("深圳市华信数据", "深圳市华信数据"),
    ("ＨＵＡ　xin  Data", "hua xin data"),
    (" Hua Xin DATA ", "hua xin data"),
    ("", ""),
])
def test_searches_compare_without_width_case_spacing(typed, compared):
    assert search_form(typed) == compared
