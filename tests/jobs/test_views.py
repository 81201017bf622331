from datetime import timedelta

import pytest

from broker_admin import create_app, schema
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.jobs import worker
from tests.conftest import settings


@pytest.fixture
def fresh(fresh_database_url):
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()


def test_an_empty_database_is_not_ready(fresh):
    answer = fresh.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "schema missing\nworker missing\n"


def test_an_installation_without_a_worker_is_not_ready(fresh):
    schema.migrate()
    worker.beat(now() - timedelta(minutes=5))
    assert (fresh.get("/readyz").status_code, fresh.get("/readyz").text) == (
        503, "schema ok\nworker missing\n")


def test_a_whole_installation_is_ready(fresh):
    schema.migrate()
    worker.beat(now())
    assert (fresh.get("/readyz").status_code, fresh.get("/readyz").text) == (
        200, "schema ok\nworker ok\n")


def test_an_absent_database_is_told_and_not_an_error(tmp_path):
    app = create_app(settings(f"sqlite:///{tmp_path}/absent/x.sqlite3"))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "系统暂时无法提供服务" in answer.text
    assert "try again" in answer.text.lower()
    with app.app_context():
        db.engine.dispose()
