from types import SimpleNamespace

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from broker_admin.applications.forms import steps
from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on
from tests.applications.forms.filling import said

VALID = {
    "WithdrawForm": {"reason": "Plans changed."},
    "CorrectionForm": {"technology": "The report of this year."},
    "DeclineForm": {"ground": "NOT_NEEDED", "explanation": "No license is needed."},
    "CheckForm": {"met": "yes", "note": "Seen in the report."},
    "ReasonForm": {"reason": "Complex."},
    "StartForm": {"organization": "7"},
}


def fill(name, **changes):
    typed = {k: v for k, v in {**VALID[name], **changes}.items() if v is not None}
    form = getattr(steps, name)(formdata=MultiDict(typed), meta={"csrf": False})
    if name == "DeclineForm":
        form.prepare(regime_on(day_of(now())), "en")
    if name == "StartForm":
        form.prepare([SimpleNamespace(id=7, name="数链经纪有限公司")])
    form.validate()
    return form


LONG_500, LONG_1000, LONG_2000 = "x" * 501, "x" * 1001, "x" * 2001
IDENTITY, MOBILE = "See 440106199901010019.", "Ask 13800138000."
NO_IDENTITY = ("Leave identity numbers out of this text.", "请勿在此处填写身份证件号码。")
NO_MOBILE = ("Leave mobile numbers out of this text.", "请勿在此处填写手机号码。")
FAULTS = [
    ("WithdrawForm", "reason", LONG_500, ("Use at most 500 characters.", "最多填写 500 个字符。")),
    ("WithdrawForm", "reason", IDENTITY, NO_IDENTITY), ("WithdrawForm", "reason", MOBILE, NO_MOBILE),
    ("CorrectionForm", "technology", LONG_1000, ("Use at most 1000 characters.", "最多填写 1000 个字符。")),
    ("CorrectionForm", "people", IDENTITY, NO_IDENTITY), ("CorrectionForm", "staff", MOBILE, NO_MOBILE),
    ("DeclineForm", "ground", None, ("Choose a ground.", "请选择理由。")),
    ("DeclineForm", "ground", "OTHER", ("Not a valid choice.", "不是有效的选择。")),
    ("DeclineForm", "explanation", "", ("Explain why.", "请说明原因。")),
    ("DeclineForm", "explanation", LONG_2000, ("Use at most 2000 characters.", "最多填写 2000 个字符。")),
    ("DeclineForm", "explanation", MOBILE, NO_MOBILE),
    ("CheckForm", "met", None, ("Choose a finding.", "请选择核对结论。")),
    ("CheckForm", "met", "perhaps", ("Not a valid choice.", "不是有效的选择。")),
    ("CheckForm", "note", " ", ("Say on what evidence.", "请写明依据的材料。")),
    ("CheckForm", "note", LONG_1000, ("Use at most 1000 characters.", "最多填写 1000 个字符。")),
    ("CheckForm", "note", IDENTITY, NO_IDENTITY),
    ("ReasonForm", "reason", "", ("Give the reasons.", "请写明理由。")),
    ("ReasonForm", "reason", LONG_1000, ("Use at most 1000 characters.", "最多填写 1000 个字符。")),
    ("ReasonForm", "reason", IDENTITY, NO_IDENTITY),
    ("StartForm", "organization", "8", ("Not a valid choice.", "不是有效的选择。")),
]


@pytest.mark.parametrize(("name", "field", "typed", "sentences"), FAULTS)
def test_each_step_says_what_is_wrong(name, field, typed, sentences):
    found = [said(lambda: fill(name, **{field: typed}), language)[field] for language in ("en", "zh")]
    assert found == [[sentence] for sentence in sentences]


@pytest.mark.parametrize("name", sorted(VALID))
def test_each_step_passes_as_typed(name):
    assert fill(name).errors == {}


def test_nobody_needs_a_reason_to_withdraw():
    assert fill("WithdrawForm", reason="").errors == {}


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u200b"])
def test_a_notice_must_say_something(nothing):
    form = fill("CorrectionForm", technology=nothing)
    assert form.form_errors == ["Say for at least one part what is missing or wrong."]
    assert form.items() == []


def test_a_notice_lists_each_part_once():
    form = fill("CorrectionForm", documents="The audit report.", matter="")
    assert form.items() == [{"task": "technology", "sentence": "The report of this year."},
                            {"task": "documents", "sentence": "The audit report."}]


def test_the_signature_is_not_corrected_by_itself():
    assert "commitments" not in fill("CorrectionForm").data


def test_grounds_to_decline_come_with_their_article():
    grounds = regime_on(day_of(now())).non_acceptance_grounds
    shown = fill("DeclineForm").ground.choices
    assert list(shown) == [ground.code for ground in grounds]
    assert all(ground.article in shown[ground.code] for ground in grounds)


def test_an_upload_needs_its_file():
    form = steps.UploadForm(formdata=MultiDict(), meta={"csrf": False})
    assert not form.validate()
    assert form.errors == {"file": ["Choose a file."]}


def test_a_file_without_a_name_is_none():
    form = steps.UploadForm(formdata=MultiDict({"file": FileStorage(filename="")}), meta={"csrf": False})
    assert not form.validate()
