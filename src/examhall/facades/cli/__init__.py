"""The command line: management commands that call the engine as any other door does."""
