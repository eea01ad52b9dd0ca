"""The organizers' side of the ground."""
