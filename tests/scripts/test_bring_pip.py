import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts import bring_pip

FORGED = b"not the wheel that was pinned"


class Index(BaseHTTPRequestHandler):
    """An index like PyPI's that offers a forged wheel of pip."""

    def do_GET(self):
        link = f'<a href="/files/{bring_pip.WHEEL}#sha256={bring_pip.DIGEST}">pip</a>'
        pages = {"/simple/pip/": link.encode(), f"/files/{bring_pip.WHEEL}": FORGED, "/empty/pip/": b""}
        self.send_response(200 if self.path in pages else 404)
        self.end_headers()
        self.wfile.write(pages.get(self.path, b""))

    def log_message(self, *_args):
        """Quiet: a test's output is for its failure."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Index) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(("link", "address"), [
    ("../../files/{}", "https://mirror.test/files/{}"),
    ("https://files.test/a/{}", "https://files.test/a/{}"),
])
def test_the_wheel_is_found_on_the_index_page(link, address):
    page = f'<a href="{link.format(bring_pip.WHEEL)}#sha256=0">pip</a>'

    found = bring_pip.wheel_address(page, "https://mirror.test/simple/pip/")

    assert found == address.format(bring_pip.WHEEL)


def test_a_forged_wheel_is_never_installed(server, monkeypatch, capsys):
    monkeypatch.setenv("PIP_INDEX_URL", f"{server}/simple/")

    assert bring_pip.main("/bin/false") == 1

    assert "is not the pip-26.3-py3-none-any.whl that is pinned here" in capsys.readouterr().err


@pytest.mark.parametrize(("index", "reason"), [
    ("empty", "does not list pip-26.3-py3-none-any.whl"), ("nowhere", "404"),
])
def test_an_index_without_the_wheel_says_so(server, index, reason):
    with pytest.raises(bring_pip.BringingError, match=reason):
        bring_pip.download(f"{server}/{index}")


def test_an_unreachable_index_names_the_line_for_root(monkeypatch, capsys):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")

    assert bring_pip.main("/bin/false") == 1

    assert "sudo apt-get install python3-venv" in capsys.readouterr().err


def test_the_wheel_is_run_from_its_own_archive(tmp_path):
    python, said = tmp_path / "python", tmp_path / "said"
    python.write_text(f'#!/bin/sh\necho "$*" > {said}\n')
    python.chmod(0o755)

    bring_pip.install(b"", str(python))

    assert f"{bring_pip.WHEEL}/pip install" in said.read_text()
