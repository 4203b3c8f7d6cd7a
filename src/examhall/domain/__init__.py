"""The rules of examinations: pure functions and frozen dataclasses, standard library only."""
