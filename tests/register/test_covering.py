import pytest

from broker_admin.register.covering import covered


@pytest.mark.parametrize("number", [
    "440106199901010019", "44052418800101001x", "13812345678", "li.min@example.org",
    "440106 19990101 0019", "138 1234 5678", "138-1234-5678", "+8613812345678", "0086 13812345678",
    "１３８１２３４５６７８"])
def test_personal_identifiers_are_blotted_out(number):
    assert covered(f"联系人{number}，已核实。") == "联系人***，已核实。"


@pytest.mark.parametrize("text", [
    "91440101MA000001X2", "SJ440000D202600001A", "粤数经〔2026〕D-4400-00001号", "罚款100000元",
    "2026-11-23", "020-12345678", ""])
def test_numbers_of_the_trade_stay(text):
    assert covered(text) == text
