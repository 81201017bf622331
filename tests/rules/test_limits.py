import pytest

from broker_admin.rules.limits import Direction, Limit, Unit


def test_a_limit_is_named_in_both_languages():
    limit = Limit("decision", 20, Unit.WD, zh="作出决定", en="Decision")

    assert limit.name("zh") == limit.name("zh_Hans_CN") == "作出决定"
    assert limit.name("en") == "Decision"


def test_a_limit_runs_on_unless_told_otherwise():
    assert Limit("decision", 20, Unit.WD).direction is Direction.AFTER


@pytest.mark.parametrize("amount", [0, -1])
def test_a_limit_of_nothing_is_an_error(amount):
    with pytest.raises(ValueError, match="at least 1"):
        Limit("decision", amount, Unit.WD)
