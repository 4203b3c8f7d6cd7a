"""A module is one topic on a few screens, and its name says which."""

from tests.architecture.tree import SOURCE, name_of, python_modules

MOST_LINES = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}


def test_no_module_is_longer_than_its_limit() -> None:
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in python_modules()}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}


def test_no_module_has_a_vague_name() -> None:
    assert [name_of(path) for path in python_modules() if not VAGUE.isdisjoint({path.stem, path.parent.name})] == []


def test_every_package_is_one_on_purpose() -> None:
    folders = {path.parent for path in python_modules() if path.is_relative_to(SOURCE)}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
