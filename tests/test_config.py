import re
from pathlib import Path

import pytest

from broker_admin import create_app
from broker_admin.config import ROOT, SETTINGS, ConfigurationError, check, is_weak, load
from broker_admin.schema import require_newest

GOOD = {
    "ENVIRONMENT": "production", "SECRET_KEY": "k3Jx9Qm2Vt7Lw4Zp8Rc1Ns6Hd5Bf0Gy!",
    "FIELD_KEY": "w8Ty2Pq6Xn4Mc9Vb1Zl5Kd3Hf7Js0Gr?",
}


def refusal(**changes):
    with pytest.raises(ConfigurationError) as refused:
        check(load({**GOOD, **changes}))
    return str(refused.value)


def test_production_starts_with_good_settings():
    assert check(load(GOOD)) is None


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEY"])
@pytest.mark.parametrize("value", ["", "short", "s" * 64, "abc" * 20, "changeme"])
def test_production_refuses_a_weak_secret(name, value):
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"{name} is missing or weak")
    assert "secrets.token_hex(32)" in sentence


def test_production_refuses_debugging():
    assert refusal(DEBUG="1") == "DEBUG is on in production: unset DEBUG."


def test_production_refuses_one_secret_for_both():
    assert "FIELD_KEY equals SECRET_KEY" in refusal(FIELD_KEY=GOOD["SECRET_KEY"])


def test_an_unknown_environment_is_refused():
    assert refusal(ENVIRONMENT="staging").startswith("ENVIRONMENT must be one of production, demo")


@pytest.mark.parametrize("environment", ["demo", "development", "test"])
def test_elsewhere_weak_secrets_are_let_through(environment):
    assert check(load({"ENVIRONMENT": environment, "SECRET_KEY": "x"})) is None


def test_production_is_the_default():
    assert load({})["ENVIRONMENT"] == "production"
    with pytest.raises(ConfigurationError):
        create_app({})


@pytest.mark.parametrize(("name", "value"), [
    ("MAX_UPLOAD_MEGABYTES", "ten"), ("TRUSTED_PROXIES", ""), ("TIMEZONE", "Mars/Olympus"),
    ("SESSION_HOURS", "12h"),
])
def test_a_value_that_cannot_be_read_is_named(name, value):
    with pytest.raises(ConfigurationError, match=f"{name} cannot be read"):
        load({name: value})


@pytest.mark.parametrize(("typed", "read"), [
    ("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("", False),
    ("no", False), ("2", False),
])
def test_switches_are_read_in_words(typed, read):
    assert load({"DEBUG": typed})["DEBUG"] is read


@pytest.mark.parametrize(("typed", "read"), [
    ("", None), ("a.example", ["a.example"]), ("a.example, b.example", ["a.example", "b.example"]),
])
def test_hosts_are_read_as_a_list(typed, read):
    assert load({"TRUSTED_HOSTS": typed})["TRUSTED_HOSTS"] == read


def test_a_relative_path_begins_at_the_checkout():
    assert load({})["DOCUMENT_STORE"] == ROOT / "var/documents"
    assert load({"DOCUMENT_STORE": "/srv/x"})["DOCUMENT_STORE"] == Path("/srv/x")


def test_every_setting_says_its_purpose_once():
    names = [setting.name for setting in SETTINGS]
    assert len(names) == len(set(names))
    assert all(len(setting.purpose) > 5 for setting in SETTINGS)


@pytest.mark.parametrize(("secret", "weak"), [
    ("", True), ("a" * 40, True), ("0123456789abcdef" * 2, False), ("k3Jx9Qm2", True),
])
def test_a_secret_is_long_and_varied(secret, weak):
    assert is_weak(secret) is weak


def test_a_foreign_host_is_not_answered():
    app = create_app({"ENVIRONMENT": "test", "SECRET_KEY": "s", "FIELD_KEY": "f",
                      "DATABASE_URL": "sqlite://", "TRUSTED_HOSTS": "good.example"})
    client = app.test_client()
    assert client.get("/healthz", base_url="http://good.example").status_code == 200
    assert client.get("/healthz", base_url="http://evil.example").status_code == 400


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_can_be_read(setting):
    assert setting.name in load({})
    setting.read(setting.default)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting):
    rows = (ROOT / "docs/configuration.md").read_text("utf-8")
    assert f"`{setting.name}`" in rows


def test_no_setting_is_documented_that_is_not_read():
    documented = re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/configuration.md").read_text("utf-8"),
                            re.M)
    of_tests = {"TEST_DATABASE", "TEST_POSTGRES_URL"}
    assert set(documented) - of_tests == {setting.name for setting in SETTINGS}


def test_an_unmigrated_database_is_refused_with_the_cure(fresh_database_url):
    app = create_app({**GOOD, "DATABASE_URL": fresh_database_url})
    with pytest.raises(ConfigurationError, match="run: broker-admin init"):
        require_newest(app)


def test_no_secret_is_shown_in_a_refusal():
    assert "hunter2" not in refusal(SECRET_KEY="hunter2")
