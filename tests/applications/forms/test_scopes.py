import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from broker_admin.applications.forms.outcomes import TermsForm
from broker_admin.applications.forms.scopes import demand_covered
from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on


def refused(broker_type, *scope, language="en"):
    """The sentence with which this scope is refused for this type; empty where it is not."""
    regime = regime_on(day_of(now()))
    form = TermsForm(formdata=MultiDict({"scope": scope}), meta={"csrf": False})
    form.prepare(regime, language, 1)
    with force_locale(language):
        try:
            demand_covered(form.scope, broker_type, regime)
        except ValidationError as error:
            return str(error)
    return ""


def test_what_a_type_covers_is_accepted():
    assert refused("DATA", "MATCH", "PUBLIC_DATA") == ""


def test_all_that_lies_beyond_is_named():
    assert refused("TECH", "MATCH", "ENTRUST", "ESCROW") == (
        "This type does not cover: Exercise of entrusted rights, Escrow of funds and data.")


def test_it_is_named_in_the_readers_words():
    assert refused("TECH", "ENTRUST", "ESCROW", language="zh") == "该类别不包括：受托行权、资金、数据托管。"


@pytest.mark.parametrize("nobody", [None, "", "OTHER", "\x00"])
def test_without_a_type_nothing_is_beyond(nobody):
    assert refused(nobody, "ESCROW") == ""


def test_nothing_ticked_is_not_beyond():
    assert refused("DATA") == ""


def test_an_unknown_business_is_left_to_its_field():
    assert refused("DATA", "NONSENSE") == ""
