"""Django's backend for SQLite, where whoever waits to write stands in line: see `base`, as Django names it."""
