import pytest

from tests.applications.forms.filling import fill, said

FAULTS = [
    ("legal_rep_name", "", "Enter the person's name.", "请填写姓名。"),
    ("legal_rep_name", "x" * 51, "Use at most 50 characters.", "最多填写 50 个字符。"),
    ("legal_rep_identity", "", "Enter the identity number.", "请填写身份证号码。"),
    ("legal_rep_identity", "440106199901010018",
     "This is not a valid resident identity number. Check each digit.",
     "身份证号码有误，请逐位核对。"),
    ("legal_rep_identity", "440106209901010019",
     "This is not a valid resident identity number. Check each digit.",
     "身份证号码有误，请逐位核对。"),
    ("legal_rep_identity", "x", "This is not a valid resident identity number. Check each digit.",
     "身份证号码有误，请逐位核对。"),
    ("legal_rep_mobile", "", "Enter the mobile number.", "请填写手机号码。"),
    ("legal_rep_mobile", "12800138000", "Enter a mobile number of 11 digits.", "请填写11位手机号码。"),
    ("legal_rep_mobile", "1380013800", "Enter a mobile number of 11 digits.", "请填写11位手机号码。"),
    ("data_security_officer", "", "Enter the person's name.", "请填写姓名。"),
    ("data_security_officer", "x" * 51, "Use at most 50 characters.", "最多填写 50 个字符。"),
    ("information_officer", "", "Enter the person's name.", "请填写姓名。"),
    ("information_officer", "x" * 51, "Use at most 50 characters.", "最多填写 50 个字符。"),
    ("agent_name", "x" * 51, "Use at most 50 characters.", "最多填写 50 个字符。"),
]

@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS)
def test_each_question_says_what_is_wrong(field, typed, english, chinese):
    for language, sentence in (("en", english), ("zh", chinese)):
        found = said(lambda: fill("people", **{field: typed}), language)
        assert " ".join(found[field]) == sentence


def test_a_complete_section_of_people_passes():
    assert fill("people").errors == {}


@pytest.mark.parametrize("typed", [
    "440106 19990101 0019", "４４０１０６１９９９０１０１００１９", " 440106199901010019 "])
def test_an_identity_number_is_read_without_its_spaces(typed):
    assert fill("people", legal_rep_identity=typed).legal_rep_identity.data == "440106199901010019"


def test_a_check_letter_may_be_small():
    form = fill("people", legal_rep_identity="11010519491231002x")
    assert (form.legal_rep_identity.data, form.errors) == ("11010519491231002X", {})


@pytest.mark.parametrize("typed", ["138 0013 8000", "１３８００１３８０００"])
def test_a_mobile_number_is_read_without_its_spaces(typed):
    assert fill("people", legal_rep_mobile=typed).legal_rep_mobile.data == "13800138000"


def test_numbers_of_a_person_are_kept_apart():
    public, personal = fill("people").given()
    assert set(personal) == {"legal_rep_identity", "legal_rep_mobile"}
    assert not set(public) & set(personal)
    assert public["legal_rep_name"] == "陈怡"


def test_a_wrong_identity_number_is_kept_nowhere():
    public, personal = fill("people", legal_rep_identity="440106199901010018").given()
    assert "440106199901010018" not in str((public, personal))
    assert personal == {"legal_rep_mobile": "13800138000"}


def test_an_agent_is_nobody_unless_named():
    assert fill("people", agent_name=None).errors == {}
    assert fill("people", agent_name="王浩").agent_name.data == "王浩"


STAFF_FAULTS = [
    ("staff", None, "Name at least one certified practitioner.", "请至少选择一名持证从业人员。"),
    ("staff", ["CY-2026-999999"], "Not a valid choice.", "不是有效的选择。"),
]


@pytest.mark.parametrize(("field", "typed", "english", "chinese"), STAFF_FAULTS)
def test_staff_are_chosen_from_the_confirmed(field, typed, english, chinese):
    assert said(lambda: fill("staff", staff=typed), "en") == {field: [english]}
    assert said(lambda: fill("staff", staff=typed), "zh") == {field: [chinese]}


def test_several_practitioners_may_be_named():
    form = fill("staff", staff=["CY-2026-000001", "CY-2026-000002"])
    assert (form.staff.data, form.errors) == (["CY-2026-000001", "CY-2026-000002"], {})


def test_the_language_is_no_practitioner():
    assert set(fill("staff").staff.choices) == {"CY-2026-000001", "CY-2026-000002"}
