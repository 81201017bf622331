import pytest

from broker_admin.glyphs import missing_glyphs, spelled_out


@pytest.mark.parametrize("text", [
    "粤数经〔2026〕T-4400-00001号", "Société Générale (Zürich) Nº 7", "一、二；三：四。《五》“六”",
    "①②③ Ⅰ Ⅱ ≥ ≤ × ÷ ± ℃ ㎡ □ ■ ✓", "第一行\n第二行\t\u3000缩进\u00a0\u200b", "",
])
def test_ordinary_text_of_forms_is_drawn(text):
    assert missing_glyphs(text) == []


@pytest.mark.parametrize("name", [
    "张䶮", "李㐂", "王喆", "朱镕基", "𬱖", "𬬭", "𫖯", "㛃", "𣲗", "𬸣", "买买提·阿卜杜拉", "欧阳峣",
])
def test_rare_characters_of_names_are_drawn(name):
    assert missing_glyphs(name) == []


@pytest.mark.parametrize("lost", ["\ue000", "😀", "\x07", "\U000323af", "\uffff", "ᠮ"])
def test_what_has_no_shape_is_named(lost):
    assert missing_glyphs(f"张{lost}三") == [lost]


def test_each_missing_character_is_named_once():
    assert missing_glyphs("😀甲\ue000乙😀") == ["😀", "\ue000"]


def test_text_is_spelled_out_where_shapes_lack():
    assert spelled_out("投诉😀\x07完") == "投诉〔U+1F600〕〔U+0007〕完"


def test_drawable_text_is_left_as_it_is():
    assert spelled_out("张䶮 & <b>") == "张䶮 & <b>"


def test_the_numbers_of_spelled_text_are_drawable():
    assert missing_glyphs(spelled_out("\U0010ffff")) == []
