import os

import pytest
from click.testing import CliRunner

from broker_admin import create_app, showroom
from broker_admin.accounts.models import User
from broker_admin.cli import main
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.documents import service as documents
from broker_admin.documents import storage
from broker_admin.permissions import SYSTEM, Role
from tests.conftest import settings
from tests.documents import files


@pytest.fixture
def environ(fresh_database_url, tmp_path):
    """The settings of an installation of this test's own."""
    return {**settings(fresh_database_url), "DOCUMENT_STORE": str(tmp_path / "documents"),
            "SECRET_KEY": os.urandom(20).hex(), "FIELD_KEY": os.urandom(20).hex()}


@pytest.fixture
def call(environ):
    """Calls a command there; returns exit code and output."""
    def called(*words, **changes):
        result = CliRunner(env={**environ, **changes}).invoke(main, words)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return called


COMMANDS = (["init"], ["create-user"], ["doctor"], ["jobs", "run"], ["verify"], ["routes"], ["demo"])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(call, command):
    code, output = call(*command, "--help")
    assert code == 0
    assert f"Example: broker-admin {' '.join(command)}" in output.replace("\n  ", " ")


def test_init_makes_the_tables_and_bears_repetition(call):
    assert "(before: none)" in call("init")[1]
    code, output = call("init")
    assert code == 0
    assert "(before: none)" not in output


@pytest.mark.parametrize("command", [["verify"], ["jobs", "run", "--once"]])
def test_commands_on_an_empty_database_name_the_cure(call, command):
    code, output = call(*command)
    assert code == 2
    assert "run: broker-admin init" in output


def test_a_wrong_setting_is_told_with_its_cure(call):
    code, output = call("init", ENVIRONMENT="production", SECRET_KEY="short")
    assert code == 2
    assert "SECRET_KEY is missing or weak" in output


def test_an_absent_database_is_told_in_a_sentence(call, tmp_path):
    code, output = call("verify", DATABASE_URL=f"sqlite:///{tmp_path}/absent/x.sqlite3")
    assert code == 2
    assert "The database cannot be used" in output


def test_the_first_administrator_gets_a_link(call, environ):
    call("init")
    code, output = call("create-user", "li@example.org", "--name", "Li Hua")
    link = output.split()[-1]
    app = create_app(environ)
    assert code == 0
    assert link.startswith("http://127.0.0.1:8000/zh/account/invitation/")
    assert app.test_client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    with app.app_context():
        user = db.session.scalars(db.select(User)).one()
        assert (user.name, user.roles) == ("Li Hua", {Role.ADMINISTRATOR})
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("words", "says"), [
    (["li@example.org"], "an account with this address already"),
    (["nobody"], "not an e-mail address"),
    (["wang@example.org", "--role", "administrator", "--role", "decider"], "hold no other role"),
    (["wang@example.org", "--role", "king"], "is not one of"),
])
def test_a_wrong_account_is_refused_with_a_sentence(call, words, says):
    call("init")
    call("create-user", "li@example.org", "--name", "Li Hua")
    code, output = call("create-user", *words, "--name", "Wang")
    assert code == 2
    assert says in output


def test_doctor_reports_what_is_wrong_by_its_exit_code(call):
    call("init")
    code, output = call("doctor")
    assert code == 1
    assert "FAIL worker" in output
    assert "ok   migrations" in output


def test_jobs_are_done_once_and_counted(call):
    call("init")
    code, output = call("jobs", "run", "--once")
    assert code == 0
    assert "jobs were tried." in output


def test_verify_finds_nothing_in_an_honest_record(call):
    call("init")
    assert call("verify") == (0, "Everything is explained by the record.\n")


def test_verify_finds_a_file_that_was_lost(call, environ):
    call("init")
    app = create_app(environ)
    with app.app_context():
        with transaction():
            kept = documents.keep(files.pdf(), name="a.pdf", media_type="application/pdf",
                                  subject="x", slot="y", actor=SYSTEM, at=now())
        storage.path_of(kept.sha256).unlink()
        db.session.remove()
        db.engine.dispose()
    code, output = call("verify")
    assert code == 1
    assert "file: document-1: is not in the store" in output


def test_routes_lists_every_page_with_its_permission(call):
    code, output = call("routes")
    assert code == 0
    assert any(line.split()[1:] == ["/audit/", "audit.search", "audit_read"]
               for line in output.splitlines())


def test_a_word_that_is_no_command_is_refused(call):
    assert call("dance")[0] == 2


def test_the_demonstration_may_be_named_by_a_flag(call, tmp_path, monkeypatch):
    monkeypatch.setattr(showroom, "FOLDER", tmp_path / "demo")
    monkeypatch.setattr(showroom.environ, "__defaults__", (tmp_path / "demo",))
    assert call("--demo", "init")[0] == 0
    assert (tmp_path / "demo" / "demo.sqlite3").exists()
