"""The public pages of conferences, a file for each kind of page."""
