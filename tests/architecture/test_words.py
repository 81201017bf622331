"""Every state, kind of role and event has its word in both languages before anybody meets it."""

import pytest
from flask_babel import force_locale, gettext

from broker_admin.audit.words import WORDS
from broker_admin.cases import KINDS
from broker_admin.templating import label

STATES = [state for kind in KINDS for state in kind.model.__table__.c.status.type.enum_class]
NAMES = [f"{type(state).__name__}.{state.value}" for state in STATES]


def latin(text):
    return [letter for letter in text if letter.isascii() and letter.isalpha()]


@pytest.fixture
def words(app):
    """The word for something in English and in Chinese."""
    def words(find, what):
        with app.test_request_context("/"):
            with force_locale("en"):
                english = find(what)
            with force_locale("zh"):
                return english, find(what)
    return words


@pytest.mark.parametrize("state", STATES, ids=NAMES)
def test_every_state_has_a_word_in_both_languages(words, state):
    english, chinese = words(label, state)
    assert english.isascii()
    assert chinese
    assert not latin(chinese)


@pytest.mark.parametrize("event", sorted(WORDS))
def test_every_event_has_words_in_both_languages(words, event):
    english, chinese = words(gettext, WORDS[event])
    assert english == WORDS[event]
    assert not latin(chinese)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
def test_states_of_one_kind_have_words_of_their_own(words, kind):
    states = list(kind.model.__table__.c.status.type.enum_class)
    for language in (0, 1):
        said = [words(label, state)[language] for state in states]
        assert [word for word in said if said.count(word) > 1] == []
