import pytest

from broker_admin.applications import checklist
from broker_admin.applications.forms.tasks import FORMS
from tests.applications.forms.filling import fill, said

FAULTS = [
    ("broker_type", None, "Choose a type.", "请选择类别。"),
    ("broker_type", "OTHER", "Not a valid choice.", "不是有效的选择。"),
    ("grade_applied", None, "Choose a grade.", "请选择等级。"),
    ("grade_applied", "4", "Not a valid choice.", "不是有效的选择。"),
    ("scope", None, "Choose at least one kind of business.", "请至少选择一项业务。"),
    ("scope", ["ESCROW"], "This type does not cover: Escrow of funds and data.",
     "该类别不包括：Escrow of funds and data。"),
    ("scope", ["ESCROW", "ENTRUST", "MATCH"],
     "This type does not cover: Exercise of entrusted rights, Escrow of funds and data.",
     "该类别不包括：Exercise of entrusted rights、Escrow of funds and data。"),
    ("scope", ["NONSENSE"], "Not a valid choice.", "不是有效的选择。"),
    ("region_code", "", "Choose a region.", "请选择地区。"),
    ("region_code", "110000", "Not a valid choice.", "不是有效的选择。"),
]

@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS)
def test_each_question_says_what_is_wrong(field, typed, english, chinese):
    for language, sentence in (("en", english), ("zh", chinese)):
        found = said(lambda: fill("matter", **{field: typed}), language)
        assert " ".join(found[field]) == sentence


def test_every_task_but_the_documents_has_a_form():
    assert set(FORMS) == set(checklist.BY_CODE) - {"documents"}


@pytest.mark.parametrize("task", sorted(FORMS))
def test_each_task_passes_as_it_is_typed(task):
    assert fill(task).errors == {}


@pytest.mark.parametrize(("broker_type", "scope"), [
    ("TECH", "OPEN_SHARE"), ("TECH", "PUBLIC_DATA"), ("TECH", "ENTRUST"), ("TECH", "ESCROW"),
    ("DATA", "ENTRUST"), ("DATA", "ESCROW"),
    ("FIDU", "VALUE_ADD"), ("FIDU", "GOVERN"), ("FIDU", "OPEN_SHARE")])
def test_each_type_has_business_beyond_it(broker_type, scope):
    form = fill("matter", broker_type=broker_type, scope=["CONSULT", scope])
    assert list(form.errors) == ["scope"]


@pytest.mark.parametrize(("broker_type", "scope"), [
    ("TECH", ["MATCH", "CONSULT", "VALUE_ADD", "GOVERN", "DELIVER"]),
    ("DATA", ["OPEN_SHARE", "PUBLIC_DATA", "DELIVER"]),
    ("FIDU", ["ENTRUST", "ESCROW", "PUBLIC_DATA"])])
def test_each_type_covers_its_own_business(broker_type, scope):
    assert fill("matter", broker_type=broker_type, scope=scope).errors == {}


def test_every_grade_of_the_law_is_offered():
    assert set(fill("matter").grade_applied.choices) == {"1", "2", "3"}


UNPROMISED = [
    ("truthful", None, "Confirm this commitment.", "请确认该项承诺。"),
    ("truthful", "false", "Confirm this commitment.", "请确认该项承诺。"),
    ("compliant", None, "Confirm this commitment.", "请确认该项承诺。"),
    ("compliant", "false", "Confirm this commitment.", "请确认该项承诺。"),
    ("service_email", "", "Enter the address.", "请填写地址。"),
    ("service_email", "legal", "Enter an e-mail address such as name@example.org.",
     "请填写电子邮箱，例如 name@example.org。"),
    ("service_email", "x" * 250 + "@example.org",
     "Use at most 254 characters. Enter an e-mail address such as name@example.org.",
     "最多填写 254 个字符。 请填写电子邮箱，例如 name@example.org。"),
    ("signed_by", "", "Sign with your name.", "请签署姓名。"),
    ("signed_by", "  ", "Sign with your name.", "请签署姓名。"),
    ("signed_by", "x" * 51, "Use at most 50 characters.", "最多填写 50 个字符。"),
]


@pytest.mark.parametrize(("field", "typed", "english", "chinese"), UNPROMISED)
def test_a_signature_needs_every_promise(field, typed, english, chinese):
    for language, sentence in (("en", english), ("zh", chinese)):
        found = said(lambda: fill("commitments", **{field: typed}), language)
        assert " ".join(found[field]) == sentence


def test_electronic_service_is_a_free_choice():
    form = fill("commitments", service_by_email=None)
    assert (form.service_by_email.data, form.errors) == (False, {})
