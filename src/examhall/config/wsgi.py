"""Django as a WSGI application, without anything in front of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")

application = get_wsgi_application()
