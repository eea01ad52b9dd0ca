"""Which rooms or forums of a conference a name in a file means."""

from collections import defaultdict

from django.utils.translation import get_language

from events.importing.texts import column
from events.imports.texts import compared
from portal.languages import HTML_LANG


class Called:
    """Rows by what they are called: `labels` as `events.unmistakable` gives them, and the translated `field`."""

    def __init__(self, labels, field):
        self.rows = list(labels[next(iter(HTML_LANG))])
        self._labels, self._labelled, self._named = labels, {}, defaultdict(set)
        for code in HTML_LANG:
            for row, label in labels[code].items():
                self._labelled[compared(label)] = row
                self._named[compared(getattr(row, column(field, code)))].add(row)

    def meant_by(self, texts):
        """Return the set of rows that a name, told in one language or several, may mean; empty where there is none.

        What tells a row from all others means that row; any other name means whoever is called so in any language.
        """
        names = list(filter(None, map(compared, texts.values())))
        for name in names:
            if name in self._labelled:
                return {self._labelled[name]}
        return set().union(*(self._named.get(name, ()) for name in names))

    def labels_of(self, rows):
        """Return what to write instead of a name that several rows have, as text."""
        labels = self._labels[get_language()]
        return " / ".join(sorted(labels[row] for row in rows))
