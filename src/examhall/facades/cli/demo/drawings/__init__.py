"""The registry of drawings: every picture of a demo question, by name.

Each module of this package registers its own drawings with `draws`; all of them are found, so that a new module needs no
entry here.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

Draw = Callable[[], str]

_DRAWINGS: dict[str, Draw] = {}


def draws(name: str) -> Callable[[Draw], Draw]:
    """Register the decorated function as the drawing called `name`.

    :raises ValueError: when the name is taken.
    """

    def register(draw: Draw) -> Draw:
        if name in _DRAWINGS:
            message = f"Two drawings are called {name!r}."
            raise ValueError(message)
        _DRAWINGS[name] = draw
        return draw

    return register


def drawing(name: str) -> str:
    """Return the drawing called `name` as one self-contained SVG document.

    :raises LookupError: when no drawing has this name.
    """
    _register_all()
    if name not in _DRAWINGS:
        message = f"No drawing is called {name!r}."
        raise LookupError(message)
    return _DRAWINGS[name]()


def drawing_names() -> frozenset[str]:
    """Return the names of all drawings."""
    _register_all()
    return frozenset(_DRAWINGS)


@cache
def _register_all() -> None:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
