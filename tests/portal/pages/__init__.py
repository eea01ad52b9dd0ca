"""The public pages of the ground, one file a view."""
