"""The certification API: session cookie, CSRF token, Spanish words (certification-api.es.md)."""
