import pytest
from flask_login import login_user

from broker_admin.exams.views.windows import PAGE, is_here, window
from tests.exams.factories import make_bank, make_candidate, started_attempt


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


@pytest.fixture
def person(_request):
    user = make_candidate().user
    user.session_token = "secret of the first browser"
    login_user(user)
    return user


def test_a_window_is_named_behind_its_sign_in(person):
    first, second = window("one-window"), window("two-window")
    assert first.split(":")[0] == second.split(":")[0]
    assert first != second
    assert person.session_token not in first


def test_another_sign_in_is_another_browser(person):
    before = window(PAGE)
    person.session_token = "secret of the second browser"
    assert window(PAGE).split(":")[0] != before.split(":")[0]


def test_a_long_name_fits_its_column(person):
    assert len(window("x" * 1000)) <= 100


def test_a_fresh_paper_is_everywhere(person):
    assert is_here(started_attempt())


def test_a_paper_is_where_it_was_written_last(person):
    attempt = started_attempt()
    attempt.lease = window("some-window")
    assert is_here(attempt)
    person.session_token = "secret of the second browser"
    assert not is_here(attempt)
