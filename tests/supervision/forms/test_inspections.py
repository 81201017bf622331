import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.clock import day_of
from broker_admin.rules.regime import regime_on
from broker_admin.supervision.checklist import BY_CODE, ITEMS
from broker_admin.supervision.forms.inspections import (
    AnswerOrderForm,
    ConcludeForm,
    NotifyForm,
    OrderForm,
    PlanForm,
    ReasonForm,
    RecuseForm,
    record_form,
)
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from tests.supervision.factories import JUNE

ID = "440106199901010019"


@pytest.fixture
def fill(app):
    """A form as it was sent, without the token that only a browser has."""
    def filled(make, **typed):
        with app.test_request_context(method="POST", data=MultiDict(typed)):
            form = make()
            form.prepare(regime_on(day_of(JUNE)), "en") if isinstance(form, ConcludeForm) else None
            del form.csrf_token
            form.validate()
            return form
    return filled


def record():
    return record_form(["I01", "I07"])


def recuse():
    form = RecuseForm()
    form.officer.choices = {7: "Person 7"}
    return form


FOUND = {"answer_I01": "Y", "answer_I07": "NA", "facts": "We came and saw."}


def test_a_record_asks_for_each_item_and_the_facts(app):
    with app.test_request_context():
        names = [field.name for field in record()
                 if field.name not in {"csrf_token", "once"}]
    assert names == ["answer_I01", "evidence_I01", "answer_I07", "evidence_I07", "facts"]


def test_a_finding_shows_the_basis_of_its_item(app):
    with app.test_request_context():
        assert record()["answer_I07"].description == BY_CODE["I07"].basis


def test_a_record_becomes_findings(fill):
    form = fill(record, **FOUND, evidence_I07="Not a platform.")
    assert form.errors == {}
    assert form.found() == {"I01": Found("Y"), "I07": Found("NA", "Not a platform.")}


@pytest.mark.parametrize(("answer", "evidence", "fault"), [
    ("N", "", True), ("N", " ", True), ("N", "Three contracts.", False), ("Y", "", False), ("NA", "", False)])
def test_a_breach_needs_its_evidence(fill, answer, evidence, fault):
    form = fill(record, **{**FOUND, "answer_I01": answer, "evidence_I01": evidence})
    assert bool(form.errors) is fault
    assert ("evidence_I01" in form.errors) is fault


@pytest.mark.parametrize("make_and_field", [
    (recuse, "reason"), (ConcludeForm, "conclusion"), (OrderForm, "demands"), (ReasonForm, "reason"),
    (AnswerOrderForm, "text"), (record, "facts"), (record, "evidence_I01")])
@pytest.mark.parametrize("typed", [f"Seen {ID}.", "Ring 13800138000."])
def test_no_text_takes_an_identifier(fill, make_and_field, typed):
    make, field = make_and_field
    assert field in fill(make, **{field: typed}).errors


@pytest.mark.parametrize(("make", "field", "most"), [
    (PlanForm, "title", 200), (recuse, "reason", 1000), (ConcludeForm, "conclusion", 4000),
    (OrderForm, "demands", 4000), (ReasonForm, "reason", 2000), (AnswerOrderForm, "text", 4000),
    (record, "facts", 5000), (record, "evidence_I01", 1000)])
def test_every_text_has_its_longest(fill, make, field, most):
    assert field not in fill(make, **{field: "文" * most}).errors
    assert field in fill(make, **{field: "文" * (most + 1)}).errors


@pytest.mark.parametrize(("make", "fields"), [
    (PlanForm, {"title", "items"}), (NotifyForm, {"visit_on"}), (ConcludeForm, {"result", "conclusion"}),
    (OrderForm, {"demands"}), (ReasonForm, {"reason"}), (AnswerOrderForm, {"text"}),
    (record, {"answer_I01", "answer_I07", "facts"})])
def test_an_empty_form_names_what_is_missing(fill, make, fields):
    assert set(fill(make).errors) == fields


def test_a_plan_offers_every_item_of_the_checklist(app):
    with app.test_request_context():
        assert [choice.value for choice in PlanForm().items.choices] == [item.code for item in ITEMS]


def test_every_result_can_be_chosen(fill):
    for result in R:
        assert fill(ConcludeForm, result=result.value, conclusion="Seen.").errors == {}


def test_the_conduct_offered_is_that_of_the_regime(app):
    regime = regime_on(day_of(JUNE))
    with app.test_request_context():
        form = ConcludeForm()
        form.prepare(regime, "zh")
    assert set(form.conduct_codes.choices) == {conduct.code for conduct in regime.conduct}
    assert form.conduct_codes.choices["C35"] == "C35 逾期不整改"
