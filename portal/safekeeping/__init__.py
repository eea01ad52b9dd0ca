"""Keeping the portal's data safe: a backup in one file, the way back, the move to another database."""
