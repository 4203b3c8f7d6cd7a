"""Crash tests: students answer over HTTP while things break; afterwards nothing acknowledged may be missing."""
