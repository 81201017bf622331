from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.register.forms import CertificateForm, DayForm


@pytest.mark.parametrize("typed", ["2026-11-01", "2026/11/1", "2026年11月1日", "２０２６-11-01"])
def test_a_day_is_read_in_any_notation(typed):
    form = DayForm(MultiDict({"on": typed}))
    assert form.validate()
    assert form.on.data == date(2026, 11, 1)


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "2026-02-30", "9" * 5000])
def test_what_is_no_day_is_refused_in_words(typed):
    form = DayForm(MultiDict({"on": typed}))
    assert not form.validate()
    assert form.on.errors == ["Enter a date such as 2026-11-22."]


def test_the_day_form_carries_no_token():
    assert [field.name for field in DayForm()] == ["on"]


def test_a_certificate_must_be_chosen():
    form = CertificateForm(MultiDict(), meta={"csrf": False})
    assert not form.validate()
    assert form.file.errors == ["Choose the PDF file of the certificate."]
