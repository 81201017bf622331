"""The server and its worker as processes of their own, on a database that was prepared before."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from os import environ
from socket import socket

from flask import Flask

from broker_admin import config, create_app, showroom
from broker_admin.db import db
from tests.conftest import settings
from tests.journeys.patience import until
from tests.journeys.stage import speak

SCRIPT = """
import os, sys
from broker_admin import create_app, showroom
showroom.serve(create_app(), int(sys.argv[1]), {})
"""


@dataclass(frozen=True)
class Server:
    """What a test knows of it: its address, and its records, which it reads as a clerk would."""

    app: Flask
    address: str

    @contextmanager
    def records(self):
        with self.app.app_context():
            yield db.session
            db.session.rollback()


@contextmanager
def running(database_url, folder, language):
    port = _any_port()
    address = f"http://{showroom.HOST}:{port}"
    given = settings(database_url, BASE_URL=address, DOCUMENT_STORE=str(folder / "documents"))
    app = create_app(given)
    with app.app_context():
        speak(language)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port)], cwd=config.ROOT, env={**environ, **given})
    try:
        until(lambda: _is_ready(port), "the server and its worker are ready")
        yield Server(app, address)
    finally:
        process.terminate()
        process.wait(30)
        with app.app_context():
            db.engine.dispose()


def _any_port():
    """The system's choice: two journeys that look for a free one at once would find the same."""
    with socket() as probe:
        probe.bind((showroom.HOST, 0))
        return probe.getsockname()[1]


def _is_ready(port):
    line = HTTPConnection(showroom.HOST, port)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        line.close()
