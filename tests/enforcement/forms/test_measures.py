import pytest

from broker_admin.enforcement import decisions, legality
from broker_admin.enforcement.forms.measures import DecisionForm, NoticeForm
from tests.enforcement.factories import DSL47, PAUSE, REGIME_BASIS, make_cleared, make_investigated


@pytest.fixture
def form(app, cast):
    """The form of a notice on a case with an established finding."""
    case = make_investigated(cast)
    with app.test_request_context(method="POST"):
        made = NoticeForm(meta={"csrf": False})
        made.offer(case, legality.choices_for(case), "en")
        yield made


def test_each_basis_says_what_it_carries(form):
    assert form.basis.choices[DSL47] == f"{DSL47} – Revocation of the license"
    assert "Suspension of recognition" in form.basis.choices[REGIME_BASIS]
    assert "Revocation" not in form.basis.choices[REGIME_BASIS]


def test_nothing_is_chosen_beforehand(form):
    assert next(iter(form.measure.choices)) == next(iter(form.basis.choices)) == ""


@pytest.mark.parametrize(("measure", "months", "basis", "field"), [
    ("PAUSE", None, REGIME_BASIS, "months"), ("PAUSE", 7, REGIME_BASIS, "months"),
    ("REMIND", 2, REGIME_BASIS, "months"), ("REVOCATION", None, REGIME_BASIS, "basis"),
    ("PAUSE", 3, DSL47, "basis")])
def test_a_fault_is_said_at_its_field(form, measure, months, basis, field):
    form.measure.data, form.months.data, form.basis.data = measure, months, basis
    assert form._is_lawful() is False
    assert [name for name, errors in form.errors.items() if errors] == [field]


@pytest.mark.parametrize(("months", "lawful"), [(2, True), (3, True), (4, False)])
def test_a_decision_is_measured_by_the_notice(app, cast, months, lawful):
    case = make_cleared(cast)
    with app.test_request_context(method="POST"):
        form = DecisionForm(meta={"csrf": False})
        form.offer(case, decisions.lighter_choices(case), "zh")
        form.announce()
        assert (form.measure.data, form.months.data, form.basis.data) == tuple(PAUSE.values())
        form.months.data = months
        assert form._is_lawful() is lawful
        assert bool(form.measure.errors) is not lawful
