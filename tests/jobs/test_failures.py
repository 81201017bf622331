import pytest

from broker_admin.jobs import failures

SECRET = "Li Hua 13800138000"


def caught(error):
    try:
        raise error
    except Exception as raised:
        return raised


def caught_from(function, *arguments):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 (any: its frames are looked at)
        function(*arguments)
    return raised.value


def test_a_summary_never_repeats_the_message():
    text = failures.summary(caught(ValueError(SECRET)))
    assert text.startswith("ValueError in caught, line ")
    assert SECRET not in text


def test_a_summary_names_the_place_in_our_code():
    with pytest.raises(AttributeError) as raised:
        failures.summary(None)
    assert failures.summary(raised.value).startswith("AttributeError in summary, line ")


def test_a_checkout_of_our_name_is_not_our_code():
    outside = compile("raise ValueError", "/srv/broker_admin/tests/handler.py", "exec")
    group = type("Broken", (ExceptionGroup,), {"exceptions": property(lambda _: eval(outside))})  # noqa: S307 (three words of ours)
    error = caught_from(failures.how_many, group("", [ValueError()]))
    assert failures.summary(error).startswith("ValueError in how_many, line ")


def test_a_group_names_each_kind_once():
    group = ExceptionGroup(SECRET, [ValueError(SECRET), ValueError(SECRET), KeyError(SECRET)])
    assert failures.summary(group) == "KeyError; ValueError"
    assert failures.how_many(group) == 3


def test_a_single_error_counts_as_one():
    assert failures.how_many(ValueError()) == 1


def test_a_summary_fits_into_its_column():
    errors = [type(f"Error{n}", (Exception,), {})() for n in range(200)]
    assert len(failures.summary(ExceptionGroup("many", errors))) == failures.LONGEST
