import pytest

from broker_admin.clock import day_of, now
from broker_admin.complaints.forms.desk import AcceptForm, CaseForm, DeclineForm
from broker_admin.rules.regime import regime_on
from tests.enforcement.factories import later


@pytest.fixture
def regime():
    return regime_on(day_of(now()))


@pytest.fixture
def posted(app):
    """What comes back from a browser."""
    with app.test_request_context(method="POST", data={"conduct_codes": ["C01"]}):
        yield


@pytest.mark.parametrize(("days", "valid"), [(-1, False), (0, False), (1, True), (60, True)])
def test_an_answer_is_asked_for_a_later_day(app, days, valid):
    day = day_of(later(days=days)).isoformat()
    with app.test_request_context(method="POST", data={"told": "It.", "answer_by": day}):
        assert AcceptForm(meta={"csrf": False}).validate() is valid


@pytest.mark.parametrize(("language", "words"), [("en", "More than three years"), ("zh", "三年")])
def test_grounds_are_offered_in_both_languages(posted, regime, language, words):
    form = DeclineForm(meta={"csrf": False})
    form.offer(regime, language)
    assert {choice.value for choice in form.grounds.choices} == {g.code for g in regime.complaint_grounds}
    assert any(words in str(choice.label) for choice in form.grounds.choices)


def test_conduct_is_offered_with_its_code(posted, regime):
    form = CaseForm(meta={"csrf": False})
    form.offer(regime, "zh", ["C06"])
    assert all(str(choice.label).startswith(choice.value) for choice in form.conduct_codes.choices)


def test_what_the_officer_ticked_is_not_overruled(posted, regime):
    form = CaseForm(meta={"csrf": False})
    form.offer(regime, "en", ["C06"])
    assert form.conduct_codes.data == ["C01"]
