import inspect

from broker_admin.jobs.schedule import HANDLERS, NIGHTLY
from tests.conftest import NOON


def test_every_nightly_task_has_a_name_of_its_own():
    names = [task.name for task in NIGHTLY]
    assert len(set(names)) == len(names)
    assert "sweep_store" in names


def test_every_handler_takes_payload_and_moment():
    assert "deliver" in HANDLERS
    assert {len(inspect.signature(handler).parameters) for handler in HANDLERS.values()} == {2}


def test_every_nightly_verb_runs_on_an_empty_database(app):
    counts = {task.name: task.verb(NOON.date(), actor=None, at=NOON) for task in NIGHTLY}
    assert set(counts.values()) == {0}
