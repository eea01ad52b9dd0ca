"""Modules that few requests need, and every start would wait for."""

from functools import partial
from importlib import import_module

from django.utils.functional import SimpleLazyObject


def lazily(name):
    """Return a module that is loaded once something of it is first asked for.

    Not `importlib.util.LazyLoader`: before Python 3.12 one of two threads could find a module half loaded.
    """
    return SimpleLazyObject(partial(import_module, name))
