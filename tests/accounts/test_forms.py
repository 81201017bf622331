import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.accounts import forms
from tests.factories import PASSWORD, make_user

SIGN_UP = {"name": "陈怡", "email": "chen@example.org", "password": PASSWORD, "repeated": PASSWORD}
FIRM = {"uscc": "91440300192317458F", "name": "数链经纪有限公司", "region_code": "440300",
        "address": "深圳市福田区深南大道1号"}
LONG = "x" * 10_000


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
    ("SignUpForm", SIGN_UP), ("OrganizationForm", FIRM), ("JoinForm", {"uscc": FIRM["uscc"]}),
    ("ForgottenForm", {"email": "li@example.org"}), ("ConfirmationForm", {"email": "li@example.org"}),
    ("ResetForm", {"password": PASSWORD, "repeated": PASSWORD}),
    ("NewAddressForm", {"email": "li@example.org", "current": "x"}),
    ("PasswordForm", {"current": "x", "password": PASSWORD, "repeated": PASSWORD}),
    ("ProfileForm", {"name": "Li", "language": "zh"}), ("ContactForm", {}),
    ("ContactForm", {"contact_email": "ask@firm.example", "contact_phone": "020-88880000"}),
])
def test_what_is_valid_is_taken(errors, form, answers):
    assert errors(form, **answers) == {}


# The form, what is wrong, and what it says in both languages.
FAULTS = [
    ("SignUpForm", "name", "", "Enter your name.", "请输入姓名。"),
    ("SignUpForm", "name", " \u200b ", "Enter your name.", "请输入姓名。"),
    ("SignUpForm", "name", "x" * 51, "Use at most 50 characters.", None),
    ("SignUpForm", "email", "", "Enter your e-mail address.", None),
    ("SignUpForm", "email", "nobody", "Enter an e-mail address such as name@example.org.",
     "请填写电子邮箱，例如 name@example.org。"),
    ("SignUpForm", "email", "a@b@c.org", "Enter an e-mail address such as name@example.org.", None),
    ("SignUpForm", "email", "a\r\nBcc: b@example.org", "Enter an e-mail address such as name@example.org.",
     None),
    ("SignUpForm", "email", LONG, "Use at most 254 characters.", None),
    ("SignUpForm", "password", "", "Enter a password.", "请填写密码。"),
    ("SignUpForm", "password", "short", "Use at least 12 characters. Several unrelated words are "
                                        "easy to remember.", None),
    ("SignUpForm", "repeated", "something else", "The two passwords differ.", None),
    ("ResetForm", "repeated", "", "The two passwords differ.", None),
    ("ResetForm", "password", LONG, "Use at most 128 characters.", None),
    ("PasswordForm", "current", "", "Enter your current password.", None),
    ("NewAddressForm", "current", "", "Enter your current password.", None),
    ("NewAddressForm", "email", "x@", "Enter an e-mail address such as name@example.org.", None),
    ("ProfileForm", "name", "", "Enter your name.", "请输入姓名。"),
    ("ProfileForm", "language", "", "Choose a language.", "请选择语言。"),
    ("JoinForm", "uscc", "", "Enter the credit code.", None),
    ("JoinForm", "uscc", "91440300192317458E",
     "The unified social credit code is mistyped: its last character does not fit the others.", None),
    ("OrganizationForm", "name", "", "Enter the name.", None),
    ("OrganizationForm", "name", "x" * 101, "Use at most 100 characters.", None),
    ("OrganizationForm", "name_en", "x" * 201, "Use at most 200 characters.", None),
    ("OrganizationForm", "address", "", "Enter the registered address.", None),
    ("OrganizationForm", "contact_email", "no", "Enter an e-mail address such as name@example.org.",
     None),
    ("OrganizationForm", "contact_phone", "1" * 31, "Use at most 30 characters.", None),
    ("ContactForm", "contact_email", "no", "Enter an e-mail address such as name@example.org.",
     "请填写电子邮箱，例如 name@example.org。"),
    ("ContactForm", "contact_phone", "1" * 31, "Use at most 30 characters.", None),
]
VALID = {
    "SignUpForm": SIGN_UP, "OrganizationForm": FIRM, "JoinForm": {}, "ContactForm": {},
    "ResetForm": {"password": PASSWORD, "repeated": PASSWORD}, "ProfileForm": {"name": "L", "language": "en"},
    "PasswordForm": {"password": PASSWORD, "repeated": PASSWORD},
    "NewAddressForm": {"email": "l@example.org", "current": "x"},
}


@pytest.mark.parametrize(("form", "field", "typed", "sentence", "_chinese"), FAULTS)
def test_what_is_wrong_is_said_in_english(errors, form, field, typed, sentence, _chinese):
    assert errors(form, **{**VALID[form], field: typed})[field] == sentence


@pytest.mark.parametrize(("form", "field", "typed", "_english", "sentence"), FAULTS)
def test_what_is_wrong_is_said_in_chinese(errors, form, field, typed, _english, sentence):
    said = errors(form, "zh", **{**VALID[form], field: typed})[field]
    assert said == sentence or (sentence is None and any("\u4e00" <= c <= "\u9fff" for c in said))


@pytest.mark.parametrize(("password", "about"), [
    ("chenyi lives by the sea", {"name": "ChenYi"}),
    ("chen.yi and three herons", {"email": "Chen.Yi@example.org"}),
])
def test_a_password_is_not_about_oneself(errors, password, about):
    answers = {**SIGN_UP, **about, "password": password, "repeated": password}
    assert "easy to guess" in errors("SignUpForm", **answers)["password"]


@pytest.mark.parametrize(("wrong", "words"), [
    ("91440300192317458", "has 18 characters"), ("91440300192317458FF", "has 18 characters"),
    ("91440300192317458I", "never I, O, S, V or Z"), ("91440300-92317458F", "never I, O, S, V or Z"),
    ("91A40300192317458F", "digits of an area"), ("91440300192317458E", "its last character"),
    ("91440300192317459F", "mistyped"), ("91440300193217458F", "mistyped"),
])
def test_each_fault_of_a_credit_code_is_named(errors, wrong, words):
    for form in ("OrganizationForm", "JoinForm"):
        said = errors(form, **{**FIRM, "uscc": wrong})
        assert said.keys() == {"uscc"}
        assert words in said["uscc"]
    assert errors("JoinForm", "zh", uscc=wrong)["uscc"] != said["uscc"]


@pytest.mark.parametrize("typed", [
    "91440300192317458f", " 91440300192317458F ", "9144 0300 1923 17458F",
    "９１４４０３００１９２３１７４５８Ｆ",
])
def test_a_sloppy_credit_code_is_read(errors, typed):
    assert errors("JoinForm", uscc=typed) == {}


@pytest.mark.parametrize("region", ["", "110000", "440000", "x", "\0"])
def test_a_firm_lies_in_guangdong(errors, region):
    assert errors("OrganizationForm", **{**FIRM, "region_code": region}).keys() == {"region_code"}


def test_all_twenty_one_cities_can_be_chosen(errors):
    assert len(forms.REGIONS) == 21
    for region in forms.REGIONS:
        assert errors("OrganizationForm", **{**FIRM, "region_code": region}) == {}


def test_no_form_gives_more_than_it_shows(app):
    # What is not a field cannot be typed in, whatever else is sent along.
    with app.test_request_context(method="POST"):
        form = forms.ProfileForm(formdata=MultiDict({"name": "Li", "language": "zh", "email": "x@y.org",
                                                     "disabled_at": "", "roles": "administrator"}))
    assert {field.short_name for field in form.shown} == {"name", "language"}


SENTENCE = "The address or the password is not right, or the address is not confirmed yet."


@pytest.mark.parametrize("changes", [
    {}, {"disabled_at": "now"}, {"email_verified_at": None},
])
def test_every_reason_not_to_sign_in_reads_alike(errors, changes):
    changes = {name: make_user().created_at if value else None for name, value in changes.items()}
    user = make_user(**changes)
    password = PASSWORD if changes else "wrong password here"
    assert errors("SignInForm", email=user.email, password=password) == {"": SENTENCE}
    assert errors("SignInForm", email="nobody@example.org", password=PASSWORD) == {"": SENTENCE}


def test_who_signs_in_is_found_by_the_form(app):
    user = make_user()
    with app.test_request_context(method="POST"):
        answers = MultiDict({"email": user.email, "password": PASSWORD})
        form = forms.SignInForm(formdata=answers, meta={"csrf": False})
        assert form.validate()
        assert form.user is user


@pytest.mark.parametrize("missing", ["email", "password"])
def test_nobody_is_asked_for_before_all_is_filled_in(errors, missing):
    answers = {"email": "li@example.org", "password": PASSWORD, missing: ""}
    assert errors("SignInForm", **answers).keys() == {missing}
