import pytest

from broker_admin.rules.regime import regime_version
from broker_admin.supervision.forms.reviews import AnswerForm, ObjectionForm, score_form
from broker_admin.supervision.models import Score
from broker_admin.supervision.workflow import Veto
from tests.supervision.factories import GOOD

SUPERVISION = regime_version("guangdong/2026-04-15").supervision
PARTS = {part.code: part.weight for part in SUPERVISION.review}
MARKS = {f"marks_{code}": str(marks) for code, marks in GOOD.items()}
REASONS = {f"reasons_{code}": "Seen on file." for code in GOOD}
TYPED = {**MARKS, **REASONS}


@pytest.fixture
def typed(app):
    """A form, as it was typed into in this language, and what it says about that."""

    def form(make, language="en", **data):
        with app.test_request_context(method="POST", data=data, environ_overrides={
                "broker_admin.language": language}):
            made = make()
            del made.csrf_token
            made.valid = made.validate()
            made.words = {name: str(errors[0]) for name, errors in made.errors.items()}
            made.labels = {field.name: str(field.label.text) for field in made}
            return made
    return form


def scoring(language="en", latest=None):
    return lambda: score_form(SUPERVISION, language, latest)


def test_every_part_has_marks_and_reasons(typed):
    form = typed(scoring(), **TYPED)
    assert form.valid
    assert form.assessment().marks == GOOD
    assert form.assessment().reasons == dict.fromkeys(GOOD, "Seen on file.")
    assert form.assessment().vetoes == ()


@pytest.mark.parametrize(("language", "marks", "reasons"), [
    ("en", "Compliance: marks out of 40", "Compliance: reasons"),
    ("zh", "合规：得分（满分 40 分）", "合规：评分理由"),
])
def test_the_parts_are_named_by_the_law_in_force(typed, language, marks, reasons):
    labels = typed(scoring(language), language, **TYPED).labels
    assert (labels["marks_compliance"], labels["reasons_compliance"]) == (marks, reasons)


@pytest.mark.parametrize(("part", "weight"), list(PARTS.items()))
def test_marks_go_up_to_the_weight_of_the_part(typed, part, weight):
    assert typed(scoring(), **{**TYPED, f"marks_{part}": str(weight)}).valid
    assert typed(scoring(), **{**TYPED, f"marks_{part}": "0"}).valid
    form = typed(scoring(), **{**TYPED, f"marks_{part}": str(weight + 1)})
    assert form.words == {f"marks_{part}": f"Enter a number from 0 to {weight}."}


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize(("language", "sentence"), [("en", "Enter the marks."), ("zh", "请填写得分。")])
@pytest.mark.parametrize("nothing", ["", " ", "\0"])
def test_no_part_goes_without_marks(typed, part, language, sentence, nothing):
    form = typed(scoring(language), language, **{**TYPED, f"marks_{part}": nothing})
    assert form.words == {f"marks_{part}": sentence}


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize(("language", "sentence"), [("en", "Give the reasons."), ("zh", "请写明理由。")])
@pytest.mark.parametrize("nothing", ["", "  ", "\u200b"])
def test_no_part_goes_without_reasons(typed, part, language, sentence, nothing):
    form = typed(scoring(language), language, **{**TYPED, f"reasons_{part}": nothing})
    assert form.words == {f"reasons_{part}": sentence}


def test_reasons_are_short_and_name_nobody(typed):
    for wrong in ("x" * 2001, "See 440106199901010019", "Call 13800138000"):
        assert list(typed(scoring(), **{**TYPED, "reasons_credit": wrong}).words) == ["reasons_credit"]


@pytest.mark.parametrize("veto", list(Veto))
def test_every_veto_can_be_ticked(typed, veto):
    assert typed(scoring(), **TYPED, vetoes=veto.value).assessment().vetoes == (veto,)


def test_an_unknown_veto_is_refused(typed):
    assert list(typed(scoring(), **TYPED, vetoes="charm").words) == ["vetoes"]


def test_the_form_begins_with_the_latest_score(app):
    latest = Score(marks=GOOD, reasons=dict.fromkeys(GOOD, "Seen."), vetoes=["false_material"])
    with app.test_request_context():
        form = score_form(SUPERVISION, "en", latest)
    assert form["marks_compliance"].data == 36
    assert form["reasons_credit"].data == "Seen."
    assert form["vetoes"].data == ["false_material"]


# (form, its field, what it says when nothing is written)
TEXTS = [
    (ObjectionForm, "objection", {"en": "Say what you object to, and why.", "zh": "请写明异议事项和理由。"}),
    (AnswerForm, "answer", {"en": "Write the answer.", "zh": "请填写答复。"}),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("form", "field", "sentences"), TEXTS)
@pytest.mark.parametrize("nothing", ["", " \n ", "\0", "\u202e"])
def test_a_text_that_says_nothing_is_refused(typed, form, field, sentences, language, nothing):
    assert typed(form, language, **{field: nothing}).words == {field: sentences[language]}


@pytest.mark.parametrize(("form", "field", "sentences"), TEXTS)
def test_a_text_has_four_thousand_characters(typed, form, field, sentences):
    assert typed(form, **{field: "字" * 4000}).valid
    assert typed(form, **{field: "字" * 4001}).words == {field: "Use at most 4000 characters."}


@pytest.mark.parametrize(("form", "field", "sentences"), TEXTS)
@pytest.mark.parametrize("secret", ["44010619990101001X", "13800138000"])
def test_identifiers_stay_out_of_both_texts(typed, form, field, sentences, secret):
    assert list(typed(form, **{field: f"Ask {secret}."}).words) == [field]


@pytest.mark.parametrize(("ticked", "amend"), [({}, False), ({"amend": "y"}, True)])
def test_new_marks_are_given_only_when_ticked(typed, ticked, amend):
    assert typed(AnswerForm, answer="Partly.", **ticked)["amend"].data is amend
