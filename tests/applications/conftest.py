import pytest


@pytest.fixture
def in_request(app):
    """Verbs render mails, which speak the language of a request."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield
