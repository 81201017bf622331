import pytest

from broker_admin.exams.blueprints import BLUEPRINTS
from tests.exams.factories import SMALL_LAW, SMALL_PRACTICE


@pytest.fixture(autouse=True)
def _small_papers(monkeypatch):
    """Papers of four questions stand beside the announced ones, so that a sitting takes moments."""
    for blueprint in (SMALL_LAW, SMALL_PRACTICE):
        monkeypatch.setitem(BLUEPRINTS, blueprint.code, blueprint)
