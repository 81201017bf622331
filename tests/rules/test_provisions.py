import pytest

from broker_admin.rules.provisions import Ground, Listed, Words

GROUNDS = Listed((
    Ground(code="A", zh="甲", en="First", confirmed=False, basis="design"),
    Ground(code="B", zh="乙", en="Second", confirmed=False, basis="design"),
))


def test_provisions_keep_their_order_and_are_found_by_code():
    assert [ground.code for ground in GROUNDS] == ["A", "B"]
    assert GROUNDS["B"].name("en") == "Second"
    assert len(GROUNDS) == 2


def test_an_unknown_code_is_a_key_error():
    assert "C" not in GROUNDS
    with pytest.raises(KeyError, match="C"):
        GROUNDS["C"]


@pytest.mark.parametrize(("lang", "expected"), [
    ("zh", "甲"), ("zh_Hans_CN", "甲"), ("zh-CN", "甲"), ("en", "First"), ("fr", "First"),
])
def test_names_follow_the_readers_language(lang, expected):
    assert GROUNDS["A"].name(lang) == expected
    assert Words(zh="甲", en="First").name(lang) == expected
