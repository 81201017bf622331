"""The floors and doors of the house (setup.cfg) hold."""

import subprocess
import sys

from broker_admin.config import ROOT


def test_every_import_contract_is_kept():
    # In a process of its own: it would silence the log of every module for the tests after it.
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--config", str(ROOT / "setup.cfg"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
