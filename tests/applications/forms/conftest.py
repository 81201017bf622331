import pytest
import time_machine

from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _request(prepared_app):
    """Forms speak the language of a request, and count from today; they ask no database."""
    with time_machine.travel(NOON, tick=False), prepared_app.test_request_context(
            headers={"Accept-Language": "en"}):
        yield
