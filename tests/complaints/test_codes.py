import math

import pytest

from broker_admin.complaints import codes
from broker_admin.rules.numbering import parse_receipt_number, receipt_number


def test_a_code_cannot_be_guessed():
    assert codes.LENGTH * math.log2(len(codes.ALPHABET)) >= 100
    assert len({codes.new_code() for _ in range(200)}) == 200


def test_a_code_is_read_in_groups():
    groups = codes.new_code().split("-")
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set(codes.ALPHABET)


@pytest.mark.parametrize("spoil", [
    str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", ""),
    lambda code: code.replace("0", "O"), lambda code: code.replace("1", "l"),
    lambda code: f"  {code}\n", lambda code: code.replace("-", "－"),
])
def test_a_code_is_forgiving_about_typing(spoil):
    code = "01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
    assert codes.plain_code(spoil(code)) == code.replace("-", "")


@pytest.mark.parametrize("typed", ["", "\0", "长" * 500, "x" * 100_000, "' OR 1=1"])
def test_nonsense_is_no_code(typed):
    assert len(codes.plain_code(typed)) <= 200


def test_receipts_are_twelve_digits_of_their_kind():
    for kind in ("1", "2"):
        receipt = codes.new_receipt(kind)
        assert (len(receipt), receipt[0], receipt.isdigit()) == (12, kind, True)
        assert parse_receipt_number(receipt_number(receipt)) is not None
