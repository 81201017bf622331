import pytest

from tests.enforcement.factories import Cast


@pytest.fixture
def cast(app):
    return Cast()
