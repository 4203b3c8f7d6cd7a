"""The demo school: its content (TOML), its drawings (SVG) and what puts them into a database."""
