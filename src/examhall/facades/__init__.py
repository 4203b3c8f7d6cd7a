"""The doors: translate in, one engine call, translate out."""
