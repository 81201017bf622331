"""Runs the demonstration: a database and keys of its own under var/, a web server and a worker."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import waitress
from flask import Flask

from broker_admin import config, create_app, schema
from broker_admin.db import db, unsynced

FOLDER = config.ROOT / "var" / "demo"
HOST = "127.0.0.1"
TRIED_PORTS = 20
# Three hundred slow visitors must not keep the others out; waitress' own limit of 100 lets them.
CONNECTIONS = 2_000
THREADS = 8

Progress = Callable[[int, int], None]
Fill = Callable[[Progress], None]


def environ(port: int, folder: Path = FOLDER) -> dict[str, str]:
    """The settings of the demonstration, in place of whatever the machine's are."""
    return {
        **_keys(folder),
        "ENVIRONMENT": "demo",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "DOCUMENT_STORE": str(folder / "documents"),
        "BASE_URL": f"http://{HOST}:{port}",
    }


def _keys(folder: Path) -> dict[str, str]:
    """Made at the first start and kept, as sealed numbers in the database need them again."""
    path = folder / "keys.json"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = {name: secrets.token_hex(32) for name in ("SECRET_KEY", "FIELD_KEY")}
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(made, file)
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept


def reset(folder: Path = FOLDER) -> None:
    """Forget the demonstration, its keys included."""
    shutil.rmtree(folder, ignore_errors=True)


def prepare(port: int, fill: Fill, progress: Progress, folder: Path = FOLDER) -> Flask:
    """The application on a filled database: the one that is there, or a new one.

    What was interrupted half-way is not taken for whole: a mark says that the end was reached.
    """
    mark = folder / "filled"
    if not mark.exists():
        (folder / "demo.sqlite3").unlink(missing_ok=True)
    app = create_app(environ(port, folder))
    with app.app_context():
        schema.migrate()
        if not mark.exists():
            # Without a mark at its end it is filled again, so nothing is lost by a power failure.
            with unsynced(db.engine):
                fill(progress)
                db.session.remove()
            mark.touch()
    return app


def free_port(wanted: int) -> int:
    """The port, or the next one that nobody listens on.  Raises ``OSError`` when all are taken."""
    for port in range(wanted, wanted + TRIED_PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"no port from {wanted} to {wanted + TRIED_PORTS - 1} is free")


def serve(app: Flask, port: int, settings: Mapping[str, str]) -> None:
    """Serve pages and do jobs, until the keyboard or a signal ends both."""
    with _worker(settings), _ended_by_signal():
        server = waitress.create_server(
            app, host=HOST, port=port, threads=THREADS, connection_limit=CONNECTIONS, ident=None)
        try:
            server.run()
        finally:
            server.close()


@contextmanager
def _worker(settings: Mapping[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "broker_admin.cli", "jobs", "run", "--parent", str(os.getpid())]
    process = subprocess.Popen(command, env={**os.environ, **settings},  # noqa: S603 (our own program)
                               cwd=config.ROOT, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """SIGTERM ends it as the keyboard does."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
