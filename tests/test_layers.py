"""The house stands: portal is the ground, events and meetups are wings that do not know each other.

Read from the source: imports, strings ("events.Forum", apps.get_model("events", ...),
migration dependencies, template names) and the tags of templates.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINGS = {"events", "meetups"}
FORBIDDEN = {"portal": WINGS, "events": {"meetups"}, "meetups": {"events"}}
# Where the parts are put together; they may name the wings in strings, and import none.
COMPOSITION_ROOT = {"portal/urls.py", "portal/settings.py"}

NAMES_AN_APP = re.compile(r"^(events|meetups)(?:$|[./:])")
IN_A_TEMPLATE = re.compile(r"""{%[^%]*?["'](events|meetups)[/.:]|{%\s*load\b[^%]*?\b(events|meetups)\b""")


def apps_imported(node):
    """Return the top-level packages that an import statement loads; a relative one cannot leave its app."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {node.module.split(".")[0]} if node.level == 0 else set()


def docstrings(tree):
    """Return the ids of the string nodes that only document."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def trespasses_in_python(source, path):
    """Return "path:line: what" for each place in a module where its app reaches where it may not."""
    app, composes = path.split("/")[0], path in COMPOSITION_ROOT
    tree = ast.parse(source)
    silent = docstrings(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            reached = apps_imported(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent and not composes:
            match = NAMES_AN_APP.match(node.value)
            reached = {match[1]} if match else set()
        else:
            continue
        found += [f"{path}:{node.lineno}: {app} reaches {other}" for other in reached & FORBIDDEN[app]]
    return found


def trespasses_in_template(source, path):
    """The same for a template; `path` begins with templates/, and the admin has a folder for each app."""
    folders = path.split("/")[1:-1]
    folder = next((name for name in folders if name in FORBIDDEN), "the site")
    forbidden = FORBIDDEN.get(folder, WINGS)
    return [
        f"{path}:{number}: {folder} reaches {other}"
        for number, line in enumerate(source.splitlines(), 1)
        for match in IN_A_TEMPLATE.finditer(line)
        for other in forbidden & set(match.groups())
    ]


def sources(pattern):
    return [(path.read_text(), path.relative_to(ROOT).as_posix()) for path in sorted(ROOT.glob(pattern))]


def test_no_module_reaches_where_it_may_not():
    modules = [module for app in FORBIDDEN for module in sources(f"{app}/**/*.py")]
    assert len(modules) > 30

    assert [trespass for module in modules for trespass in trespasses_in_python(*module)] == []


def test_no_template_reaches_where_it_may_not():
    templates = sources("templates/**/*.html") + sources("templates/**/*.txt")
    assert templates

    assert [trespass for template in templates for trespass in trespasses_in_template(*template)] == []


def test_the_reading_finds_every_way_to_trespass():
    planted = {
        "portal/views/home.py": [
            "import events",
            "from meetups.models import Meetup",
            "def home(request):\n    from events.models import Forum",
            'Forum = apps.get_model("events", "Forum")',
            'forum = models.ForeignKey("events.Forum", on_delete=models.CASCADE)',
            'render(request, "meetups/meetup.html")',
            'reverse("events:conference")',
        ],
        "events/migrations/0002_more.py": ['dependencies = [("meetups", "0001_initial")]'],
        "meetups/views.py": ["from events import models", "import events.models as m"],
        "portal/urls.py": ["from events import views"],
    }
    for path, snippets in planted.items():
        for snippet in snippets:
            assert trespasses_in_python(snippet, path), f"not found in {path}: {snippet}"

    for snippet in ['{% include "events/_forum.html" %}', "{% load events %}", "{% extends 'events/base.html' %}"]:
        assert trespasses_in_template(snippet, "templates/meetups/meetup.html"), snippet
        assert trespasses_in_template(snippet, "templates/portal/home.html"), snippet
        assert trespasses_in_template(snippet, "templates/base.html"), snippet


def test_the_reading_lets_through_what_is_allowed():
    allowed = {
        "portal/urls.py": 'include("events.urls")',
        "portal/models/albums.py": '"""Albums of events.Conference."""\nalbums = "events and meetups"',
        "events/views/forum.py": 'from ..models import Forum\nrender(r, "events/forum.html")',
        "meetups/models/meetup.py": 'ForeignKey("portal.City", related_name="meetups")',
    }
    for path, source in allowed.items():
        assert trespasses_in_python(source, path) == []

    assert trespasses_in_template('{% include "portal/_photo.html" %}', "templates/events/conference.html") == []
