#!/usr/bin/env python3
"""Run examhall's management commands."""

from examhall.config.commands import main

if __name__ == "__main__":
    main()
