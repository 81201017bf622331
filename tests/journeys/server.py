"""The server and its worker as processes of their own, on a database that was prepared before."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from os import environ

from flask import Flask

from broker_admin import config, create_app, schema, showroom
from broker_admin.db import db
from tests.conftest import settings
from tests.journeys.patience import until
from tests.journeys.stage import set_up

SCRIPT = """
import os, sys
from broker_admin import create_app, showroom
showroom.serve(create_app(), int(sys.argv[1]), {})
"""
FIRST_PORT = 8790


@dataclass(frozen=True)
class Server:
    """What a test knows of it: its address, and its records, which it reads as a clerk would."""

    app: Flask
    address: str
    scenery: dict = field(default_factory=dict)

    @contextmanager
    def records(self):
        with self.app.app_context():
            yield db.session
            db.session.rollback()


@contextmanager
def running(database_url, folder, manner):
    port = showroom.free_port(FIRST_PORT)
    address = f"http://{showroom.HOST}:{port}"
    given = settings(database_url, BASE_URL=address, DOCUMENT_STORE=str(folder / "documents"))
    app = create_app(given)
    with app.app_context():
        schema.migrate()
        scenery = set_up(manner.language)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port)], cwd=config.ROOT, env={**environ, **given})
    try:
        until(lambda: _is_ready(port), "the server and its worker are ready")
        yield Server(app, address, scenery)
    finally:
        process.terminate()
        process.wait(30)
        with app.app_context():
            db.engine.dispose()


def _is_ready(port):
    line = HTTPConnection(showroom.HOST, port)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        line.close()
