"""A browser, a running server and a worker, for one journey at a time."""

import fcntl
import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from broker_admin import config
from tests.conftest import empty_database
from tests.journeys.server import running
from tests.journeys.theatre import Theatre

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Manner:
    """In which language, and whether scripts run."""

    language: str
    script: bool

    def __str__(self):
        return self.language if self.script else f"{self.language}-without-script"


CHINESE, ENGLISH = Manner("zh", True), Manner("en", True)
PLAIN = Manner("zh", False)


@pytest.fixture
def alone():
    """One journey after the other, however many processes run tests."""
    folder = config.ROOT / "var" / "journeys"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield folder


@pytest.fixture
def chromium():
    path = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def theatre(request, alone, chromium, tmp_path):
    """Everything around a journey in the manner that the test is parametrised with."""
    manner, name = request.param, str(request.param).replace("-", "_")
    pictures = alone / str(manner)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir()
    with empty_database(f"journey_{name}", tmp_path) as url, running(url, tmp_path, manner) as server:
        yield Theatre(chromium, server, manner, pictures)
