"""What codes are spelt with that people read from paper and type."""

LEGIBLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without the look-alikes I, O, 0, 1
