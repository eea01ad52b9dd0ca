"""What the portal costs, in one table beside its floors: see `__main__`."""
