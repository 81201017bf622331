"""Every setting: its variable, its kind, its default, what it is for.  Read once, from the environment."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("production", "demo", "development", "test")
SHORTEST_SECRET = 32


class ConfigurationError(Exception):
    """A setting is missing or unsafe; the sentence says the cure."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    read: Callable[[str], Any]
    purpose: str


def _switch(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _path(text: str) -> Path:
    return (ROOT / text).resolve()


SETTINGS = (
    Setting("ENVIRONMENT", "production", str,
            "production, demo, development or test; production refuses to start unsafe"),
    Setting("SECRET_KEY", "", str, "signs cookies and links; at least 32 random characters"),
    Setting("FIELD_KEY", "", str,
            "seals identity numbers in the database; keep it apart from its backups"),
    Setting("DATABASE_URL", f"sqlite:///{ROOT}/var/broker_admin.sqlite3", str,
            "where the records are; PostgreSQL as postgresql+psycopg://user@host/name"),
    Setting("DOCUMENT_STORE", "var/documents", _path, "folder of uploaded and issued files"),
    Setting("BASE_URL", "http://127.0.0.1:8000", str,
            "how people reach the site; used in mails and QR codes"),
    Setting("REGIME", "guangdong", str, "folder of broker_admin/rules/regimes with the law in force"),
    Setting("DEBUG", "0", _switch, "Flask's debugger; never in production"),
    Setting("MAX_UPLOAD_MEGABYTES", "10", int, "largest file that may be uploaded"),
    Setting("TRUSTED_PROXIES", "0", int,
            "number of reverse proxies in front whose X-Forwarded headers count"),
    Setting("TRUSTED_HOSTS", "", lambda text: [h for h in re.split(r"[ ,]+", text) if h] or None,
            "host names that are answered; empty answers all"),
    Setting("SESSION_IDLE_MINUTES", "30", int, "sign-in ends after so long without a request"),
    Setting("SESSION_HOURS", "12", int, "sign-in ends after so long in any case"),
    Setting("STAFF_SESSION_IDLE_MINUTES", "15", int, "the same for the authority's staff"),
    Setting("STAFF_SESSION_HOURS", "8", int, "the same for the authority's staff"),
    Setting("MAIL_SERVER", "", str, "SMTP host; empty keeps mail in the outbox"),
    Setting("MAIL_PORT", "25", int, "SMTP port"),
    Setting("MAIL_STARTTLS", "0", _switch, "encrypt the connection to the SMTP host"),
    Setting("MAIL_USERNAME", "", str, "SMTP user, where the host asks for one"),
    Setting("MAIL_PASSWORD", "", str, "SMTP password"),
    Setting("MAIL_FROM", "noreply@broker-admin.invalid", str, "sender of the mails"),
    Setting("CONTACT_PHONE", "12345", str, "number shown in the footer"),
    Setting("TIMEZONE", "Asia/Shanghai", ZoneInfo, "zone in which times are shown"),
)


def load(environ: Mapping[str, str]) -> dict[str, Any]:
    """Every setting, typed.  Raises :class:`ConfigurationError` naming the variable that cannot be read."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except (ValueError, KeyError) as error:
            raise ConfigurationError(
                f"{setting.name} cannot be read ({setting.purpose}): {error}"
            ) from error
    return values


def check(values: Mapping[str, Any]) -> None:
    """Refuse what is unsafe in production; anywhere, what cannot work."""
    if values["ENVIRONMENT"] not in ENVIRONMENTS:
        raise ConfigurationError(f"ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}.")
    # A test or a demonstration has keys of its own making, and nothing in it is worth stealing.
    if values["ENVIRONMENT"] != "production":
        return
    if values["DEBUG"]:
        raise ConfigurationError("DEBUG is on in production: unset DEBUG.")
    for name in ("SECRET_KEY", "FIELD_KEY"):
        if is_weak(values[name]):
            raise ConfigurationError(
                f"{name} is missing or weak: set it to at least {SHORTEST_SECRET} random characters, "
                "for example the output of: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
    # Whoever can sign cookies could otherwise also read every identity number in a stolen backup.
    if values["SECRET_KEY"] == values["FIELD_KEY"]:
        raise ConfigurationError("FIELD_KEY equals SECRET_KEY: give each its own random value.")


def is_weak(secret: str) -> bool:
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < SHORTEST_SECRET // 4
