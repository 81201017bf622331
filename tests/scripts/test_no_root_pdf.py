"""The script that brings the PDF libraries without root, on a machine made of stand-in programs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "no-root-pdf"
TOOLS = ("sh", "dirname", "grep", "sort", "cat", "tail", "mkdir", "rm", "find", "tr")
DEPENDS = """\
libpangoft2-1.0-0
  Depends: libc6
  Depends: libfontconfig1
libc6
libgcc-s1
libfontconfig1
<debconf-2.0>
fontconfig-config
liblocale-gettext-perl
libharfbuzz-subset0
libthai0
"""


@pytest.fixture
def machine(tmp_path):
    """A folder of programs, the only ones that the script finds."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))
    program(programs, "python3", f'exec "{Path(sys.executable).resolve()}" "$@"')
    return programs


def program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def debian(machine, log, depends=DEPENDS):
    """libthai0 is installed, the rest is not."""
    program(machine, "apt-cache", f'[ "$1" = show ] || cat <<END\n{depends}END')
    program(machine, "dpkg-query", 'for name; do :; done; [ "$name" = libthai0 ] && '
                                   'echo "install ok installed"')
    program(machine, "apt-get", f'echo "$@" >"{log}"; shift; for p; do echo x >"$p.deb"; done')
    program(machine, "dpkg", 'mkdir -p "$3/usr/lib" "$3/usr/share/doc"; echo x >"$3/usr/lib/$$.txt"')


def run(machine, folder):
    return subprocess.run(
        [SCRIPT, folder], capture_output=True, text=True, check=False,
        env={"PATH": str(machine), "HOME": os.environ.get("HOME", "/")})


def test_other_systems_are_told_what_to_install(machine, tmp_path):
    done = run(machine, tmp_path / "weasy")
    assert done.returncode == 1
    assert "Debian and Ubuntu only" in done.stderr
    assert not (tmp_path / "weasy").exists()


def test_without_package_lists_the_line_is_given(machine, tmp_path):
    debian(machine, tmp_path / "log")
    program(machine, "apt-cache", "exit 100")
    done = run(machine, tmp_path / "weasy")
    assert done.returncode == 1
    assert "apt-get install --no-install-recommends libpangoft2-1.0-0" in done.stderr


def test_a_machine_without_lists_gets_its_own(machine, tmp_path):
    debian(machine, tmp_path / "log")
    program(machine, "apt-cache",
            f'if [ "$1" = show ]; then [ -n "$APT_CONFIG" ]; exit; fi\ncat <<END\n{DEPENDS}END')
    done = run(machine, tmp_path / "weasy")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "weasy").iterdir()) == ["fonts.conf", "usr"]


def test_only_missing_libraries_are_downloaded(machine, tmp_path):
    debian(machine, tmp_path / "log")
    done = run(machine, tmp_path / "weasy")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "log").read_text(encoding="ascii").split() == [
        "download", "libfontconfig1", "libharfbuzz-subset0", "libpangoft2-1.0-0",
        "fonts-dejavu-core"]


def test_a_second_c_library_is_never_unpacked(machine, tmp_path):
    debian(machine, tmp_path / "log")
    run(machine, tmp_path / "weasy")
    asked = (tmp_path / "log").read_text(encoding="ascii")
    assert "libc6" not in asked
    assert "libgcc" not in asked


def test_the_folder_holds_libraries_and_font_settings(machine, tmp_path):
    debian(machine, tmp_path / "log")
    folder = tmp_path / "weasy"
    run(machine, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["fonts.conf", "usr"]
    assert not (folder / "usr/share/doc").exists()
    assert f"<dir>{folder}/usr/share/fonts</dir>" in (folder / "fonts.conf").read_text("utf-8")


def test_a_failed_download_is_shown_with_the_line(machine, tmp_path):
    debian(machine, tmp_path / "log")
    program(machine, "apt-get", "echo 'E: Unable to fetch' >&2; exit 100")
    done = run(machine, tmp_path / "weasy")
    assert done.returncode == 1
    assert "Unable to fetch" in done.stderr
    assert "An administrator can run" in done.stderr


def test_running_again_changes_nothing(machine, tmp_path):
    debian(machine, tmp_path / "log")
    folder = tmp_path / "weasy"
    run(machine, folder)
    before = (folder / "fonts.conf").read_bytes()
    assert run(machine, folder).returncode == 0
    assert (folder / "fonts.conf").read_bytes() == before
