"""The plan of the house holds: floors import downwards, and rooms have the names they should."""

import subprocess
import sys

from tests.installation import PROJECT

FLOORS = ["config", "governance", "benefits", "services", "programme", "accounts", "core"]
BANNED = {"services.py", "utils.py", "helpers.py", "managers.py", "misc.py"}
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint_imports(folder):
    command = [sys.executable, "-c", LINT, "--no-cache", "--config", str(PROJECT / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_import_contracts_are_kept():
    result = lint_imports(PROJECT)
    assert (result.returncode, result.stdout.split("Contracts: ")[-1].strip()) == (0, "2 kept, 0 broken.")


def test_import_contract_is_broken_by_an_import_from_above_inside_a_function(tmp_path):
    for floor in FLOORS:
        (tmp_path / floor / "rules").mkdir(parents=True)
        (tmp_path / floor / "__init__.py").touch()
        (tmp_path / floor / "rules" / "__init__.py").touch()
    (tmp_path / "core" / "clock.py").write_text("def today():\n    import programme\n")
    (tmp_path / "core" / "rules" / "money.py").write_text("from django.db import models\n")
    result = lint_imports(tmp_path)
    assert (result.returncode, "Contracts: 0 kept, 2 broken." in result.stdout) == (1, True)


def test_no_module_has_a_name_that_says_nothing():
    found = [path for floor in FLOORS for path in (PROJECT / floor).rglob("*.py") if path.name in BANNED]
    assert found == []
