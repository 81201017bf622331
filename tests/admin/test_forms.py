import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.admin import forms
from broker_admin.permissions import Role
from broker_admin.rules.notices import EXAMPLE

STAFF = {"name": "王敏", "email": "wang@example.org", "role": "reviewer", "language": "zh"}


@pytest.fixture
def errors(app):
    """What a form says, in this language, about these answers: field and first sentence."""
    def read(form, reader="en", **answers):
        with app.test_request_context(method="POST"), force_locale(reader):
            filled = getattr(forms, form)(formdata=MultiDict(answers), meta={"csrf": False})
            filled.validate()
            return {name: str(found[0]) for name, found in filled.errors.items()}
    return read


@pytest.mark.parametrize(("form", "answers"), [
    ("StaffForm", STAFF), ("RoleForm", {"role": "auditor"}), ("ReasonForm", {"reason": "Left."}),
    ("NoticeForm", {"text": EXAMPLE}),
])
def test_what_is_valid_is_taken(errors, form, answers):
    assert errors(form, **answers) == {}


@pytest.mark.parametrize("role", Role)
def test_every_role_can_be_given(errors, role):
    assert errors("RoleForm", role=role.value) == {}


@pytest.mark.parametrize(("field", "typed"), [
    ("name", ""), ("name", "x" * 101), ("email", ""), ("email", "wang"), ("email", "x" * 300),
    ("role", ""), ("role", "emperor"), ("language", "fr"),
])
def test_a_staff_account_is_described_wholly(errors, field, typed):
    assert errors("StaffForm", **{**STAFF, field: typed}).keys() == {field}


@pytest.mark.parametrize(("reason", "words"), [
    ("", "Give the reason: it is kept in the record."), (" \u200b", "Give the reason"),
    ("x" * 501, "Use at most 500 characters."),
    ("She is 44010619900101123X.", "Leave identity numbers out of this text."),
    ("Call 13800138000.", "Leave mobile numbers out of this text."),
])
def test_a_reason_is_given_without_identifiers(errors, reason, words):
    assert words in errors("ReasonForm", reason=reason)["reason"]


@pytest.mark.parametrize(("change", "english", "chinese"), [
    (("year = 2027", "year = 1"), "must be a number from 2000 to 2100", "2000"),
    (("2027-02-20", "2027-02-19"), "2027-02-19 is a weekday", "2027-02-19"),
    (("2027-02-20", "2026-02-21"), "does not lie in 2027", "2027"),
    (("2027-02-05", "2027-02-06"), "is a Saturday or Sunday", "2027-02-06"),
    (("2027-02-08", "2027-02-05"), "2027-02-05 is listed twice.", "2027-02-05"),
    (("source", "sauce"), "does not say its source", "source"),
    (("work_weekends = [2027-02-20]", "work_weekends = 3"), "must be a list of dates", "work_weekends"),
    (("2027-02-20", "\"soon\""), "not a date: soon", "soon"),
    (("off_weekdays = [2027-01-01, 2027-02-05, 2027-02-08]", "off_weekdays = []"),
     "lists no weekday as a day off", "放假"),
])
def test_a_faulty_notice_is_named_in_both_languages(errors, change, english, chinese):
    text = EXAMPLE.replace(*change)
    assert text != EXAMPLE
    assert english in errors("NoticeForm", text=text)["text"]
    assert chinese in errors("NoticeForm", "zh", text=text)["text"]
    assert errors("NoticeForm", "zh", text=text)["text"] != errors("NoticeForm", text=text)["text"]
