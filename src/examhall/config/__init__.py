"""The wiring: settings, checks, URLs and the WSGI entry point."""
