import pytest

from broker_admin.clock import day_of, now
from broker_admin.enforcement.forms.desk import HearingForm, PartyForm, conduct_choices
from broker_admin.rules.regime import regime_on, versions


def sent(form, app, **answers):
    with app.test_request_context("/en/", method="POST", data=answers):
        made = form(meta={"csrf": False})
        return made, made.validate()


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: f" {code[:9]} {code[9:]} ",
                                   lambda code: code.replace("9", "９")])
def test_an_organisation_is_named_as_it_is_typed(app, cast, typed):
    form, valid = sent(PartyForm, app, uscc=typed(cast.organization.uscc))
    assert (valid, form.organization) == (True, cast.organization)


@pytest.mark.parametrize("typed", ["", " ", "\0", "91440300MA5NOBODY0", "9" * 500, "' OR 1=1"])
def test_nobody_is_named_by_anything_else(app, cast, typed):
    form, valid = sent(PartyForm, app, uscc=typed)
    assert (valid, bool(form.uscc.errors)) == (False, True)


def test_one_character_more_names_nobody(app, cast):
    _, valid = sent(PartyForm, app, uscc=f"{cast.organization.uscc}0")
    assert valid is False


@pytest.mark.parametrize("typed", ["", " ", "\0", "soon", "2026-02-30"])
def test_a_hearing_needs_a_day(app, typed):
    form, valid = sent(HearingForm, app, on=typed)
    assert (valid, len(form.on.errors)) == (False, 1)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("regime", versions(), ids=lambda regime: regime.version)
def test_every_conduct_is_offered_with_its_code(regime, language):
    offered = conduct_choices(regime, language)
    assert list(offered) == [conduct.code for conduct in regime.conduct]
    assert all(words.startswith(f"{code} ") for code, words in offered.items())


def test_the_two_languages_name_conduct_differently():
    regime = regime_on(day_of(now()))
    assert conduct_choices(regime, "en") != conduct_choices(regime, "zh")
