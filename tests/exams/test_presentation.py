import pytest

from broker_admin.db import db
from broker_admin.exams import presentation
from broker_admin.exams.items import ItemKind
from tests.exams.factories import BANK, make_attempt, make_bank, save, started_attempt


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def source(attempt, position):
    code = attempt.paper.lines[position - 1].code
    return next(text for text in BANK if text.code == code)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_a_question_is_shown_in_the_language_asked(language, position):
    attempt = make_attempt()
    shown, text = presentation.question(attempt, position, language), source(attempt, position)
    assert shown.stem == text.stem.read_in(language)
    assert {o.words for o in shown.options} == {o.text.read_in(language) for o in text.options}


def test_options_carry_the_letters_of_the_paper():
    attempt = make_attempt()
    shown, text = presentation.question(attempt, 1, "en"), source(attempt, 1)
    words = {option.key: option.text.en for option in text.options}
    order = attempt.paper.lines[0].option_order
    assert [o.letter for o in shown.options] == list("ABCD")
    assert [o.words for o in shown.options] == [words[key] for key in order]


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_position_off_the_paper_shows_nothing(position):
    assert presentation.question(make_attempt(), position, "en") is None


def test_what_was_saved_is_shown_again():
    attempt = started_attempt()
    save(attempt, 3, ["A", "C"], flagged=True)
    shown = presentation.question(attempt, 3, "en")
    assert [o.letter for o in shown.options if o.chosen] == ["A", "C"]
    assert (shown.flagged, shown.takes_several) == (True, True)
    assert shown.saved_at == attempt.answers[0].saved_at


def test_an_untouched_question_has_no_answer():
    shown = presentation.question(started_attempt(), 4, "en")
    assert (shown.kind, shown.takes_several, shown.flagged) == (ItemKind.TRUE_FALSE, False, False)
    assert not any(option.chosen for option in shown.options)


def test_the_grid_has_every_question():
    attempt = started_attempt()
    save(attempt, 1, ["A"])
    save(attempt, 2, [], flagged=True)
    db.session.flush()
    grid = presentation.overview(attempt)
    assert (len(grid), grid.answered) == (4, 1)
    assert [square.position for square in grid.blank] == [2, 3, 4]
    assert [square.position for square in grid.flagged] == [2]


def test_nothing_shown_could_hold_a_key():
    fields = {*presentation.ShownQuestion.__dataclass_fields__,
              *presentation.ShownOption.__dataclass_fields__}
    assert not fields & {"answer", "key", "code", "rationale", "law", "article", "version", "digest"}
