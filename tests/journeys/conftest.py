"""A browser, a running server and a worker, for one journey at a time."""

import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from broker_admin import config
from tests.journeys.scenery import copy_of, prepared
from tests.journeys.server import running
from tests.journeys.theatre import Theatre

PICTURES = config.ROOT / "var" / "journeys"
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
def chromium():
    path = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def scenery(tmp_path_factory):
    """The database that the journeys of this process begin with."""
    with prepared(tmp_path_factory.mktemp("scenery")) as url:
        yield url


@pytest.fixture
def theatre(request, scenery, chromium, tmp_path):
    """Everything around a journey in the manner that the test is parametrised with."""
    manner, pictures = request.param, PICTURES / str(request.param)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    name = f"journey_{manner}".replace("-", "_")
    with copy_of(scenery, name, tmp_path) as url, running(url, tmp_path, manner.language) as server:
        yield Theatre(chromium, server, manner, pictures)
