import pytest

from broker_admin.jobs import failures

SECRET = "Li Hua 13800138000"


def caught(error):
    try:
        raise error
    except Exception as raised:
        return raised


def test_a_summary_never_repeats_the_message():
    text = failures.summary(caught(ValueError(SECRET)))
    assert text.startswith("ValueError in caught, line ")
    assert SECRET not in text


def test_a_summary_names_the_place_in_our_code():
    with pytest.raises(AttributeError) as raised:
        failures.summary(None)
    assert failures.summary(raised.value).startswith("AttributeError in summary, line ")


def test_a_group_names_each_kind_once():
    group = ExceptionGroup(SECRET, [ValueError(SECRET), ValueError(SECRET), KeyError(SECRET)])
    assert failures.summary(group) == "KeyError; ValueError"
    assert failures.how_many(group) == 3


def test_a_single_error_counts_as_one():
    assert failures.how_many(ValueError()) == 1


def test_a_summary_fits_into_its_column():
    errors = [type(f"Error{n}", (Exception,), {})() for n in range(200)]
    assert len(failures.summary(ExceptionGroup("many", errors))) == failures.LONGEST
