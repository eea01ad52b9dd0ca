"""A conference's schedule as files, each in a module of its own; all of the latest release, or live before the first.

A module has `CONTENT_TYPE` and `make(exported)`, which returns the bytes of the file in the active language.
"""
