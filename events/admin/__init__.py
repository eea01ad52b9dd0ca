"""The organizers' side of conferences."""
