"""The process that does jobs until it is asked to stop."""

import logging
import os
import signal
import socket
import threading
from datetime import datetime, timedelta
from types import FrameType

from flask import Flask
from sqlalchemy import String, bindparam, delete, func, select, text
from sqlalchemy.exc import OperationalError

from broker_admin.clock import now
from broker_admin.db import UtcDateTime, db, transaction
from broker_admin.jobs.models import Heartbeat
from broker_admin.jobs.nightly import run_nightly
from broker_admin.jobs.runner import run_one

PAUSE_SECONDS = 1.0
# A busy machine may miss several beats before anybody is alarmed.
BEAT_EVERY = timedelta(seconds=10)
ALIVE_WITHIN = timedelta(seconds=60)

log = logging.getLogger(__name__)

_BEAT = text(
    "INSERT INTO heartbeat (worker, at) VALUES (:worker, :at) "
    "ON CONFLICT (worker) DO UPDATE SET at = :at"
).bindparams(bindparam("worker", type_=String), bindparam("at", type_=UtcDateTime))


def run_forever(app: Flask, stop: threading.Event) -> None:
    """Work until ``stop`` is set; the job at hand is finished first."""
    last_beat: datetime | None = None
    while not stop.is_set():
        at, worked = now(), False
        # Locked by a long writer, or restarted: a worker that ended here would do nothing ever after.
        try:
            with app.app_context():
                if last_beat is None or at - last_beat >= BEAT_EVERY:
                    beat(at)
                    run_nightly(at)
                    last_beat = at
                worked = run_one(at)
        except OperationalError as error:
            log.error("database unavailable: %s", type(error.orig).__name__)
        if not worked:
            stop.wait(PAUSE_SECONDS)


def stop_on_signals() -> threading.Event:
    """Set when the process is asked to end, by the keyboard or by whoever started it."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


def beat(at: datetime) -> None:
    """Show that this worker is alive; forget those that have long been silent."""
    with transaction():
        db.session.execute(_BEAT, {"worker": f"{socket.gethostname()}:{os.getpid()}", "at": at})
        db.session.execute(delete(Heartbeat).where(Heartbeat.at < at - timedelta(days=1)))


def last_heartbeat() -> datetime | None:
    return db.session.scalar(select(func.max(Heartbeat.at)))


def is_alive(at: datetime) -> bool:
    """Whether any worker has shown itself lately."""
    last = last_heartbeat()
    return last is not None and at - last <= ALIVE_WITHIN
