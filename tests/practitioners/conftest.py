import pytest


@pytest.fixture(autouse=True)
def _request(app):
    # Verbs render messages with links, as they would in a request.
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield
