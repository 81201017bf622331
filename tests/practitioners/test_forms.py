import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.practitioners.forms import ProposeForm, VoidForm

PLAIN = {"csrf": False}


@pytest.mark.parametrize("typed", [
    "SJP4400002026000123V", " sjp 440000 2026 000123 v ", "ＳＪＰ４４００００２０２６０００１２３Ｖ"])
def test_a_number_is_read_however_it_was_typed(typed):
    form = ProposeForm(MultiDict({"certificate_number": typed}), meta=PLAIN)
    assert form.validate()
    assert form.certificate_number.data == "SJP4400002026000123V"


def test_a_number_must_be_given():
    form = ProposeForm(MultiDict({"certificate_number": ""}), meta=PLAIN)
    assert not form.validate()
    assert form.certificate_number.errors == ["Enter the number of the certificate."]


@pytest.mark.parametrize(("reason", "said"), [
    ("", "Give the reasons."), (" \x00 ", "Give the reasons."),
    ("x" * 1001, "Use at most 1000 characters."),
    ("44010619900101123X sat.", "Leave identity numbers out of this text."),
    ("Call 13812345678.", "Leave mobile numbers out of this text."),
])
def test_reasons_are_bounded_and_impersonal(reason, said):
    form = VoidForm(MultiDict({"reason": reason}), meta=PLAIN)
    assert not form.validate()
    assert form.reason.errors == [said]
