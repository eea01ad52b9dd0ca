"""The data files: where they are and what they hold.

The ground's lie in this folder; a wing names its own in `Wing.demo`. A file
maps the labels of models to lists of entries, and files are read in the order
of their names. README.md in this folder tells how to write one.
"""

from pathlib import Path

import yaml
from django.apps import apps

from portal import wings

SAMPLES = "samples.yaml"


class DemoError(Exception):
    """An entry cannot be loaded; the message says which one, in which file, and why."""


def data_files():
    """Return the paths of all data files, in the order of loading: the ground's, then each wing's."""
    folders = [Path(__file__).parent, *(wing.demo for wing in wings.every() if wing.demo)]
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


def read(path):
    """Return a list of (model, entries) of a file; raises DemoError where it is not as it should be."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DemoError(f"{name_of(path)}: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(entries, list) for entries in content.values()):
        raise DemoError(f"{name_of(path)}: write the label of a model and under it a list of entries")
    return [(_model(label, path), entries) for label, entries in content.items()]


def name_of(path):
    """Return the file as messages name it: `events/demo/coscon-2017.yaml`."""
    return "/".join(path.parts[-3:])


def _model(label, path):
    try:
        return apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise DemoError(f"{name_of(path)}: there is no model {label}") from error
