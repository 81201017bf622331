"""Bring pip into an environment on a Debian without python3-venv and without root.

Only the standard library is at hand here.  PyPI is asked first; where it cannot be
reached (a machine without ca-certificates), Debian's own wheel of pip is unpacked.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

WHEEL = "pip-26.3-py3-none-any.whl"
DIGEST = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
INDEX = "https://pypi.org/simple"
DEBIAN_PACKAGE = "python3-pip-whl"


class WayClosedError(Exception):
    """One way to pip is closed; the sentence says why."""


def wheel_address(page: str, address: str) -> str:
    """Where the index page says that the wheel lies."""
    link = re.search(rf'href="([^"#]*/{re.escape(WHEEL)})', page)
    if link is None:
        raise WayClosedError(f"{address} does not list {WHEEL}")
    return urllib.parse.urljoin(address, str(link[1]))


def fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            return bytes(answer.read())
    except OSError as error:
        raise WayClosedError(f"{address}: {error}") from error


def from_index(folder: Path) -> Path:
    """The pinned wheel from PyPI, or the mirror that PIP_INDEX_URL names."""
    address = os.environ.get("PIP_INDEX_URL", INDEX).rstrip("/") + "/pip/"
    content = fetch(wheel_address(fetch(address).decode(), address))
    if hashlib.sha256(content).hexdigest() != DIGEST:
        raise WayClosedError(f"{address} gave another {WHEEL} than the pinned one")
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    return wheel


def run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise WayClosedError(f"{' '.join(command)}: {error}") from error


def from_debian(folder: Path) -> Path:
    """The wheel inside Debian's package; apt verifies it, and needs no root to download."""
    (folder / "lists" / "partial").mkdir(parents=True)
    private = ["-o", f"Dir::State::lists={folder}/lists", "-o", f"Dir::Cache={folder}"]
    run(["apt-get", *private, "update"], folder)
    run(["apt-get", *private, "download", DEBIAN_PACKAGE], folder)
    for package in folder.glob("*.deb"):
        run(["dpkg", "-x", package.name, "unpacked"], folder)
    wheels = sorted(folder.glob("unpacked/usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise WayClosedError(f"{DEBIAN_PACKAGE} holds no wheel of pip")
    return wheels[-1]


def install(wheel: Path, python: str) -> None:
    """A wheel of pip can run from its archive, and so install itself."""
    subprocess.run(
        [python, f"{wheel}/pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)],
        check=True,
    )


def bring(python: str, ways: tuple[Callable[[Path], Path], ...]) -> list[str]:
    """Tries each way in turn; returns why they failed, empty when pip is there."""
    reasons = []
    for way in ways:
        with tempfile.TemporaryDirectory() as folder:
            try:
                install(way(Path(folder)), python)
            except WayClosedError as reason:
                reasons.append(str(reason))
            else:
                return []
    return reasons


def main(python: str) -> int:
    reasons = bring(python, (from_index, from_debian))
    if reasons:
        print("pip could not be brought here:", *reasons, sep="\n  ", file=sys.stderr)
        print("With root: sudo apt-get install python3-venv", file=sys.stderr)
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
