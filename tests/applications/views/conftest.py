import pytest

from tests.applications.factories import make_application


@pytest.fixture
def make(app):
    """An application in a state, made inside a request, as verbs render mails."""
    def made(*args, **kwargs):
        with app.test_request_context(headers={"Accept-Language": "en"}):
            return make_application(*args, **kwargs)

    return made
