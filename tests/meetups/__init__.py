"""The public pages of chapters and meetups."""
