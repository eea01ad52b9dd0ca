"""What a wing (events, meetups) may hand to the ground it stands on.

The ground never imports a wing. Each wing registers one `Wing` object in its
`AppConfig.ready()`; the home page, search, the calendar, the sitemap and the
rights ask every registered wing.
"""


class Wing:
    """The sockets; a wing overrides those it has something for.

    `name` is stored in `Occasion.wing` and names the kind of occasion; `occasions` is their list in the API.
    `permissions` says what each group may do with the wing's models, as in
    `portal.permissions.GRANTS`. `demo` is the folder of its demo data files.
    """

    name = ""
    occasions = ""
    permissions = {}
    demo = None

    def mandate_groups(self, user):
        """Return the set of names of the groups that the user's mandates of today put them in."""
        return set()

    def occasion_url(self, occasion):
        """Return the address of the occasion's page in the active language."""
        raise NotImplementedError

    def labels_of(self, occasions):
        """Return a dict of primary key -> `portal.dressing.Label` of occasions of this wing, in one query."""
        raise NotImplementedError

    def colours(self):
        """Return a dict of primary key -> "#rrggbb" of the occasions of this wing that do not wear the community's."""
        return {}

    def home_sections(self):
        """Return a list of `portal.front_page.Section`: this wing's parts of the home page."""
        return []

    def needs_of(self, occasions):
        """Return a dict of primary key -> list of `portal.readiness.Need` of occasions of this wing."""
        return {}

    def accents(self):
        """Return a list of (slug, "#rrggbb"): the colours that /theme.css makes classes of."""
        return []

    def occasions_within_mandates_of(self, user):
        """Return a queryset of primary keys of occasions that the user's mandates reach."""
        raise NotImplementedError

    def appearances_of_person(self, person):
        """Return a list of `portal.appearances.Appearance`: what the person did in this wing's public rows."""
        return []

    def appearances_of_organization(self, organization):
        """Return a list of `portal.appearances.Appearance` for an organization."""
        return []

    def findable(self):
        """Return a list of `portal.search.Source`: which rows visitors may find. The wing's app registers them."""
        return []

    def moments(self, now):
        """Yield the next moments after `now` at which a public page of this wing changes by the clock."""
        return iter(())

    def waiting(self, user):
        """Return a list of (words, count, address in the admin): what others wait for the user to answer."""
        return []

    def first_steps(self):
        """Return a list of `portal.first_steps.Step`: what a new community makes first of this wing."""
        return []

    def tend(self, now, dry_run):
        """Do this wing's daily chores; yield (sentence, count) of each. A dry run only counts."""
        return iter(())

    def announce(self, now):
        """Queue what webhooks are to be told of this wing's rows and no verb has told yet; return how many messages."""
        return 0

    def api(self):
        """Return a list of `portal.api.resources.Resource`: what programs may read of this wing."""
        return []

    def sitemap(self):
        """Return a dict of section name -> `django.contrib.sitemaps.Sitemap` instance."""
        return {}


_wings = {}


def register(wing):
    """Add a wing; the same name twice is a mistake and raises ValueError."""
    if wing.name in _wings:
        raise ValueError(f"two wings are called {wing.name}")
    _wings[wing.name] = wing


def every():
    """Return all wings in the order of their registration."""
    return list(_wings.values())


def get(name):
    """Return the wing of that name; raises KeyError."""
    return _wings[name]
