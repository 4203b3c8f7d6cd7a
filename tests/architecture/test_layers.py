"""Imports go down only."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, SOURCE, name_of, python_modules

DOMAIN = [path for path in python_modules() if path.is_relative_to(SOURCE / "domain")]


def test_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def _is_foreign(name: str) -> bool:
    ours = "examhall.domain"
    return name.partition(".")[0] not in sys.stdlib_module_names and name != ours and not name.startswith(f"{ours}.")


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    foreign = {name_of(path): [name for name in _imported(path) if _is_foreign(name)] for path in DOMAIN}
    assert foreign
    assert {name: names for name, names in foreign.items() if names} == {}
