"""The floors and doors of the house (setup.cfg) hold."""

from importlinter.cli import lint_imports

from broker_admin.config import ROOT


def test_every_import_contract_is_kept(capsys):
    code = lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True)
    assert code == 0, capsys.readouterr().out
