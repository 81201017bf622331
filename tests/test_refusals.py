import pytest

from broker_admin.refusals import N_, Refused


def test_a_marked_sentence_stays_as_it_is():
    assert N_("Leave it.") == "Leave it."


@pytest.mark.parametrize(("sentence", "values", "shown"), [
    ("No.", {}, "No."), ("100 % sure.", {}, "100 % sure."),
    ("%(count)d left of %(name)s.", {"count": 2, "name": "数据"}, "2 left of 数据."),
])
def test_a_refusal_reads_as_a_sentence(sentence, values, shown):
    refused = Refused(sentence, **values)
    assert str(refused) == shown
    assert (refused.sentence, refused.values) == (sentence, values)
