"""A worker of the tests: its jobs note their effect in the database, slowly, so that it dies amid them."""

import sys
import time
from datetime import timedelta

from broker_admin import create_app
from broker_admin.jobs import runner, worker
from broker_admin.sequences import next_number


def note(payload, at):
    next_number(f"effect-{payload['number']}", 2026)
    time.sleep(0.02)


if __name__ == "__main__":
    runner.HANDLERS["note"] = note
    # A dead worker's job is free again at once, or the test would wait for minutes.
    runner.LEASE = timedelta(seconds=1)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.run_forever(create_app(), worker.stop_on_signals())
