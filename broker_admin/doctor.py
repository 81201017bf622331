"""Looks an installation over: one line per check, each with its cure."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from broker_admin import config, pdf, schema
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.glyphs import missing_glyphs
from broker_admin.jobs import worker
from broker_admin.rules.calendar import SHIPPED

LEAST_PYTHON = (3, 11)
LEAST_FREE = 500 * 1024**2
LOOKING_AHEAD = 60
SAMPLE = "广东省数据经纪人资格证书 龘䶮𠮷 Data Broker License 0123456789"


@dataclass(frozen=True)
class Diagnosis:
    """What a check found, and what to do about it where something is wrong."""

    check: str
    fine: bool
    found: str
    cure: str = ""

    def __str__(self) -> str:
        mark = "ok  " if self.fine else "FAIL"
        return f"{mark} {self.check}: {self.found}" + ("" if self.fine else f"\n     cure: {self.cure}")


def examine() -> list[Diagnosis]:
    """Every check in turn; those of a database only where it answers."""
    diagnoses = [check() for check in MACHINE]
    database = check_database()
    return [*diagnoses, database, *(check() for check in RECORDS if database.fine)]


def check_python() -> Diagnosis:
    found = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis("Python", sys.version_info >= LEAST_PYTHON, found,
                     "install Python 3.11 or newer, and make the environment anew")


def check_secrets() -> Diagnosis:
    weak = [name for name in ("SECRET_KEY", "FIELD_KEY") if config.is_weak(current_app.config[name])]
    return Diagnosis(
        "keys", not weak, f"{' and '.join(weak)} missing or weak" if weak else "long and random",
        "set each to the output of: python3 -c 'import secrets; print(secrets.token_hex(32))'")


def check_environment() -> Diagnosis:
    found = current_app.config["ENVIRONMENT"]
    safe = found != "production" or current_app.config["BASE_URL"].startswith("https://")
    return Diagnosis("environment", safe, found if safe else "production without https",
                     "set BASE_URL to the https address of the site")


def check_store() -> Diagnosis:
    store = Path(current_app.config["DOCUMENT_STORE"])
    nearest = next(folder for folder in (store, *store.parents) if folder.exists())
    fine = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    return Diagnosis("document store", fine, f"{store} {'can' if fine else 'cannot'} be written",
                     f"let the service's user write there: chown -R $(whoami) {nearest}")


def check_disk() -> Diagnosis:
    store = Path(current_app.config["DOCUMENT_STORE"])
    nearest = next(folder for folder in (store, *store.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    return Diagnosis("disk", free >= LEAST_FREE, f"{free // 1024**2} MB free",
                     "make room: below 500 MB uploads and the database are at risk")


def check_pdf() -> Diagnosis:
    fine = pdf.available()
    return Diagnosis(
        "PDF libraries", fine, "certificates can be printed" if fine else "Pango is missing",
        "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0; without root: scripts/no-root-pdf")


def check_font() -> Diagnosis:
    missing = missing_glyphs(SAMPLE)
    return Diagnosis(
        "certificate font", not missing,
        f"no shape for {' '.join(missing)}" if missing else "draws common and rare names",
        "restore broker_admin/static/fonts from the repository: git checkout broker_admin/static/fonts")


def check_mail() -> Diagnosis:
    server = current_app.config["MAIL_SERVER"]
    fine = bool(server) or current_app.config["ENVIRONMENT"] != "production"
    return Diagnosis("mail", fine, f"through {server}" if server else "kept in the inbox, not sent",
                     "set MAIL_SERVER, MAIL_PORT and MAIL_FROM")


def check_clock() -> Diagnosis:
    moment = now()
    fine = moment.year >= SHIPPED.notices[0].year
    return Diagnosis("clock", fine, f"{moment:%Y-%m-%d %H:%M} UTC, in Guangdong {day_of(moment)}",
                     "set the machine's clock: timedatectl set-ntp true")


def check_calendar() -> Diagnosis:
    today = day_of(now())
    last = SHIPPED.add_working(today, LOOKING_AHEAD)
    computed = "" if not SHIPPED.is_provisional(last) else f"; {last.year} is computed, not announced"
    return Diagnosis(
        "working days", not SHIPPED.is_provisional(today),
        f"{LOOKING_AHEAD} working days from today end on {last}{computed}",
        "import the State Council's notice of this year")


def check_database() -> Diagnosis:
    try:
        db.engine.connect().close()
    except SQLAlchemyError as error:
        return Diagnosis("database", False, type(error).__name__,
                         "check DATABASE_URL, and that its server runs and its folder exists")
    return Diagnosis("database", True, db.engine.dialect.name)


def check_schema() -> Diagnosis:
    found, newest = schema.current(), schema.newest()
    return Diagnosis("migrations", found == newest, f"at {found or 'none'} of {newest}",
                     "make a backup, then run: broker-admin init")


def check_worker() -> Diagnosis:
    # Before the first migration there is no table to look into.
    fine = schema.current() == schema.newest() and worker.is_alive(now())
    return Diagnosis("worker", fine, "alive" if fine else "nobody does the queued jobs",
                     "start one beside the web server: broker-admin jobs run")


MACHINE: tuple[Callable[[], Diagnosis], ...] = (
    check_python, check_environment, check_secrets, check_store, check_disk, check_pdf, check_font,
    check_mail, check_clock, check_calendar,
)
RECORDS: tuple[Callable[[], Diagnosis], ...] = (check_schema, check_worker)
