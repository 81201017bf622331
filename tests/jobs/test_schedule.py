import inspect
import re

from broker_admin.config import ROOT
from broker_admin.jobs.schedule import HANDLERS, NIGHTLY
from tests.conftest import NOON


def test_every_nightly_task_has_a_name_of_its_own():
    names = [task.name for task in NIGHTLY]
    assert len(set(names)) == len(names)
    assert "sweep_store" in names


def test_every_handler_takes_payload_and_moment():
    assert "deliver" in HANDLERS
    assert {len(inspect.signature(handler).parameters) for handler in HANDLERS.values()} == {2}


def test_every_nightly_verb_runs_on_an_empty_database(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "DOCUMENT_STORE", str(tmp_path))
    counts = {task.name: task.verb(NOON.date(), actor=None, at=NOON) for task in NIGHTLY}
    assert set(counts.values()) == {0}


def test_the_nights_work_is_the_one_that_was_meant():
    assert {task.name: task.after.isoformat("minutes") for task in NIGHTLY} == {
        "overdue_applications": "00:10", "outdated_practitioners": "00:10", "expire_licenses": "00:10",
        "resume_licenses": "00:10", "missing_certificates": "01:00", "forget_old": "02:00",
        "finalise_reviews": "00:10", "overdue_rectifications": "00:10", "publish_reviews": "00:20",
        "sweep_store": "03:00", "sweep_exams": "00:10"}


def test_every_queued_kind_of_work_has_its_handler():
    queued = re.compile(r'enqueue\(\s*"(\w+)"')
    found = {kind for path in (ROOT / "broker_admin").rglob("*.py")
             for kind in queued.findall(path.read_text("utf-8"))}
    assert found == set(HANDLERS)
