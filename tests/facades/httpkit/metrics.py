"""Reading what the server counted."""

from prometheus_client.parser import text_string_to_metric_families

from examhall.facades.httpkit.observe import exposition

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


def series_of(text: str) -> Series:
    """Return the values of an exposition by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(series: Series, name: str, **labels: str) -> float:
    """Return one value, 0 where nothing was counted yet."""
    return series.get((name, frozenset(labels.items())), 0.0)


class Counted:
    """What this process counts from now on."""

    def __init__(self) -> None:
        self._before = _now()

    def since(self, name: str, **labels: str) -> float:
        """Return by how much a counter has grown."""
        return value(_now(), name, **labels) - value(self._before, name, **labels)


def _now() -> Series:
    return series_of(exposition(open_sessions=None).decode())
