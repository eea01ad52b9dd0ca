#!/usr/bin/env python3
"""Django's command-line utility for this portal."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    # So that what is half done is cleared away, as after Ctrl-C: a backup begins with a copy of the database.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(128 + signal.SIGTERM))
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)  # what shells expect of whoever was stopped
