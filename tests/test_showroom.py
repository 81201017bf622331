import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from broker_admin import config, showroom
from broker_admin.db import db

SCRIPT = """
import sys
from pathlib import Path
from broker_admin import showroom
folder, port = Path(sys.argv[1]), int(sys.argv[2])
app = showroom.prepare(port, lambda progress: None, print, folder)
showroom.serve(app, port, showroom.environ(port, folder))
"""


def fill(progress):
    progress(1, 1)


def prepare(folder, fill=fill):
    told = []
    app = showroom.prepare(8000, fill, lambda *step: told.append(step), folder)
    with app.app_context():
        db.engine.dispose()
    return told


def answer(port, path):
    """Code and text, once somebody answers."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            error.close()
        except urllib.error.URLError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{path} never answered well")


@pytest.fixture
def running(tmp_path):
    port = showroom.free_port(8700)
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path / "demo"), str(port)],
                               cwd=config.ROOT)
    yield process, port
    process.kill()
    process.wait()


def workers_of(process):
    """The processes that this one has started."""
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def is_over(pid):
    for _ in range(100):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                if file.read().split()[2] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_keys_are_made_once_and_are_secret(tmp_path):
    first = showroom.environ(8000, tmp_path)
    assert showroom.environ(8001, tmp_path)["FIELD_KEY"] == first["FIELD_KEY"]
    assert first["SECRET_KEY"] != first["FIELD_KEY"]
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert json.loads((tmp_path / "keys.json").read_text()).keys() == {"SECRET_KEY", "FIELD_KEY"}


def test_the_settings_are_safe_enough_to_start(tmp_path):
    values = config.load(showroom.environ(8000, tmp_path))
    assert values["ENVIRONMENT"] == "demo"
    assert not any(config.is_weak(values[name]) for name in ("SECRET_KEY", "FIELD_KEY"))


def test_the_history_is_made_up_once(tmp_path):
    assert prepare(tmp_path) == [(1, 1)]
    assert prepare(tmp_path) == []


def test_an_interrupted_history_is_made_up_anew(tmp_path):
    def interrupted(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(tmp_path, interrupted)
    assert prepare(tmp_path) == [(1, 1)]


def test_a_reset_forgets_everything(tmp_path):
    prepare(tmp_path / "demo")
    showroom.reset(tmp_path / "demo")
    showroom.reset(tmp_path / "demo")
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_leads_to_the_next():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert showroom.free_port(port) > port


def test_pages_and_jobs_end_together(running):
    process, port = running
    assert answer(port, "/healthz") == (200, "ok\n")
    assert answer(port, "/readyz") == (200, "schema ok\nworker ok\n")
    workers = workers_of(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert len(workers) == 1
    assert is_over(workers[0])


def test_a_worker_does_not_outlive_a_killed_server(running):
    process, port = running
    answer(port, "/readyz")
    workers = workers_of(process)
    os.kill(process.pid, signal.SIGKILL)
    assert all(is_over(pid) for pid in workers)
