"""Bring pip into an environment on a Debian without python3-venv and without root.

Only the standard library is at hand here, perhaps without ca-certificates.
"""

import hashlib
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

WHEEL = "pip-26.3-py3-none-any.whl"
DIGEST = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
INDEX = "https://pypi.org/simple"


class BringingError(Exception):
    """pip cannot be brought; the sentence says why."""


def fetch(address: str) -> bytes:
    # A bare machine has no certificates to check a server by.  None are needed: what
    # arrives is used only if it has the pinned digest.
    unchecked = ssl._create_unverified_context()  # noqa: S323
    try:
        with urllib.request.urlopen(address, timeout=60, context=unchecked) as answer:  # noqa: S310
            return bytes(answer.read())
    except OSError as error:
        raise BringingError(f"{address}: {error}") from error


def wheel_address(page: str, address: str) -> str:
    """Where the index page says that the wheel lies."""
    link = re.search(rf'href="([^"#]*/{re.escape(WHEEL)})', page)
    if link is None:
        raise BringingError(f"{address} does not list {WHEEL}")
    return urllib.parse.urljoin(address, str(link[1]))


def checked(content: bytes, address: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != DIGEST:
        raise BringingError(f"{address} is not the {WHEEL} that is pinned here")
    return content


def download(index: str) -> bytes:
    """The pinned wheel, from an index such as PyPI or a mirror of it."""
    page = f"{index.rstrip('/')}/pip/"
    address = wheel_address(fetch(page).decode(), page)
    return checked(fetch(address), address)


def install(content: bytes, python: str) -> None:
    """A wheel of pip runs from its archive, and so installs itself."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / WHEEL
        wheel.write_bytes(content)
        subprocess.run(
            [python, f"{wheel}/pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)],
            check=True,
        )


def main(python: str) -> int:
    try:
        install(download(os.environ.get("PIP_INDEX_URL", INDEX)), python)
    except (BringingError, subprocess.CalledProcessError) as reason:
        print(f"pip cannot be brought here: {reason}", file=sys.stderr)
        print("With root, this line brings it: sudo apt-get install python3-venv", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
