import pytest

from tests.enforcement.factories import Cast


@pytest.fixture
def cast(app):
    # Mails are rendered with links, which need a request.
    with app.test_request_context():
        yield Cast()
