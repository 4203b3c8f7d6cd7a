"""The data: one Django application, one migration line; models and named querysets, no rules."""
