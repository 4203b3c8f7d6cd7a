"""The Django application that owns every table of examhall."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Register the models under the label ``examhall``."""

    name = "examhall.store"
    label = "examhall"
    verbose_name = "examhall"
