from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.clock import day_of, now
from broker_admin.licenses.forms import FilterForm, MeasureForm, SurrenderForm, SuspendForm
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.rules.regime import regime_on

PLAIN = {"csrf": False}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def filters(**asked):
    form = FilterForm(MultiDict(asked))
    form.prepare(regime_on(day_of(now())), "en")
    return form


def measure(form_class=SuspendForm, **given):
    form = form_class(MultiDict({"reason": "Overdue.", **given}), meta=PLAIN)
    form.prepare(regime_on(day_of(now())), "en")
    return form


def bases(form):
    return {value for value, *_ in form.basis.iter_choices()} - {""}


def test_no_filter_means_everything():
    assert set(filters().chosen().values()) == {"", None}


@pytest.mark.parametrize(("asked", "name", "value"), [
    ({"status": "suspended"}, "status", S.SUSPENDED), ({"type": "TECH"}, "broker_type", "TECH"),
    ({"grade": "2"}, "grade", 2), ({"region": "440300"}, "region_code", "440300"),
    ({"q": " 数链 "}, "words", "数链")])
def test_each_filter_is_read(asked, name, value):
    assert filters(**asked).chosen()[name] == value


@pytest.mark.parametrize("asked", [
    {"status": "gone"}, {"type": "X"}, {"grade": "9"}, {"region": "110000"}, {"q": "x" * 101}])
def test_filters_that_make_no_sense_filter_nothing(asked):
    assert filters(**asked).chosen() == {}


def test_no_statute_of_a_penalty_is_offered():
    regime = regime_on(day_of(now()))
    assert bases(measure())
    assert bases(measure()).isdisjoint(b.article for b in regime.penalty_bases)


def test_every_offered_basis_may_be_chosen():
    for basis in bases(measure()):
        assert measure(basis=basis).validate(), basis


@pytest.mark.parametrize("basis", ["", "made up", "\x00"])
def test_a_basis_outside_the_law_is_refused(basis):
    assert "basis" in measure(MeasureForm, basis=basis).errors or not measure(
        MeasureForm, basis=basis).validate()


@pytest.mark.parametrize(("days", "accepted"), [(-1, False), (0, False), (1, True), (180, True)])
def test_a_suspension_ends_on_a_later_day(days, accepted):
    until = day_of(now()) + timedelta(days=days)
    form = measure(basis=next(iter(bases(measure()))), until=str(until))
    assert form.validate() is accepted


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "44010619990101001X", "13812345678"])
def test_reasons_for_the_public_are_bounded_and_impersonal(reason):
    form = measure(reason=reason, basis=next(iter(bases(measure()))))
    assert not form.validate()
    assert form.reason.errors


def test_giving_up_must_be_meant():
    form = SurrenderForm(MultiDict({"reason": "We close."}), meta=PLAIN)
    assert not form.validate()
    assert form.sure.errors == ["Confirm that you are sure."]
    assert SurrenderForm(MultiDict({"reason": "We close.", "sure": "y"}), meta=PLAIN).validate()
