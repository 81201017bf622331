import pytest

from tests.complaints.factories import Scene


@pytest.fixture
def scene(app):
    return Scene()
