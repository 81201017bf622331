import os
from pathlib import Path

import pytest

from broker_admin import create_app, doctor, schema
from broker_admin.clock import at, now
from broker_admin.db import db
from broker_admin.jobs import worker
from tests.conftest import NOON, settings


def patient(url, **changes):
    app = create_app({**settings(url, SECRET_KEY=os.urandom(20).hex(), FIELD_KEY=os.urandom(20).hex()),
                      **changes})
    return app.app_context()


@pytest.fixture
def healthy(fresh_database_url, tmp_path):
    with patient(fresh_database_url, DOCUMENT_STORE=str(tmp_path / "documents")) as context:
        schema.migrate()
        worker.beat(now())
        db.session.remove()
        yield context.app
        db.session.remove()
        db.engine.dispose()


def wrong():
    return {d.check: d for d in doctor.examine() if not d.fine}


def test_a_whole_installation_has_nothing_wrong(healthy):
    assert wrong() == {}


def test_every_check_says_what_it_found(healthy):
    lines = [str(diagnosis) for diagnosis in doctor.examine()]
    assert len(lines) == len(doctor.MACHINE) + 1 + len(doctor.RECORDS)
    assert [line for line in lines if not line.startswith("ok   ") or "\n" in line] == []


def test_a_missing_worker_is_told_with_its_cure(healthy):
    with at(now().replace(year=2027, month=1, day=4)):
        assert "broker-admin jobs run" in str(wrong()["worker"])


def test_an_unmigrated_database_is_told_with_its_cure(fresh_database_url):
    with patient(fresh_database_url):
        assert wrong().keys() >= {"migrations", "worker"}
        assert "\n     cure: make a backup, then run: broker-admin init" in str(wrong()["migrations"])
        db.engine.dispose()


def test_an_absent_database_is_told_and_not_looked_into(tmp_path):
    with patient(f"sqlite:///{tmp_path}/absent/x.sqlite3"):
        assert wrong()["database"].found == "OperationalError"
        assert "migrations" not in {d.check for d in doctor.examine()}
        db.engine.dispose()


@pytest.mark.parametrize(("setting", "value", "check"), [
    ("SECRET_KEY", "short", "keys"),
    ("FIELD_KEY", "a" * 64, "keys"),
    ("ENVIRONMENT", "production", "environment"),
])
def test_an_unsafe_setting_is_found(healthy, setting, value, check):
    healthy.config[setting] = value
    assert wrong()[check].cure


def test_production_without_mail_is_found(healthy):
    healthy.config.update(ENVIRONMENT="production", BASE_URL="https://gd.example")
    assert "set MAIL_SERVER" in wrong()["mail"].cure


def test_a_store_that_is_no_folder_is_found(healthy, tmp_path):
    (tmp_path / "file").write_text("x")
    healthy.config["DOCUMENT_STORE"] = tmp_path / "file" / "store"
    assert "cannot be written" in wrong()["document store"].found


def test_a_full_disk_is_found(healthy, monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    assert wrong()["disk"].found.endswith("MB free")


def test_a_clock_before_the_law_is_found(healthy):
    with at(NOON.replace(year=2001)):
        assert "timedatectl" in wrong()["clock"].cure


def test_a_year_without_its_notice_is_found(healthy):
    with at(NOON.replace(year=2030)):
        assert "import" in wrong()["working days"].cure


def test_a_missing_glyph_is_found(healthy, monkeypatch):
    monkeypatch.setattr(doctor, "SAMPLE", "数据\U0001f600")
    assert "no shape for" in wrong()["certificate font"].found


def test_the_store_need_not_exist_yet(healthy):
    assert not Path(healthy.config["DOCUMENT_STORE"]).exists()
    assert doctor.check_store().fine
