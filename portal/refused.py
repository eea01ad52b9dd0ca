"""The word for what cannot be done, shared by all verbs."""


class Refused(Exception):
    """Something cannot be done, for a reason told in a sentence meant for the person asking."""
