"""A read file, into a conference: planned row by row, then written whole or not at all."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from events.importing.cast import known_on_stage, settle_links, settle_speakers
from events.importing.finding import Finder
from events.importing.texts import language_of, settle_texts
from events.imports.words import languages_of
from events.models import Session, SessionMaterial, Speaking
from portal import dates
from portal.import_report import Line, Report
from portal.importing import Memory
from portal.locking import locked
from portal.models import Occasion
from portal.search import rebuilt_afterwards


def import_programme(conference, read_file, *, language="", write=False, user=None, progress=lambda done, total: None):
    """Compare a file (`imports.rows.ReadFile`) with a conference and return the `Report`; write it if told to.

    `language` is that of texts that do not say theirs; told by the texts where it is empty. Whatever the import makes
    belongs to `user`. All is one transaction: an error leaves everything as it was. `progress` is told while writing
    how many rows of how many are saved.
    """
    language = language or read_file.language or language_of(read_file)
    with locked(conference) as conference:
        plan = Plan(conference, read_file, language, user)
        if write and plan.is_changing:
            with rebuilt_afterwards():
                plan.write(progress)
        elif write:
            plan.remember()
    plan.report.is_written = write
    return plan.report


class Plan:
    """What the file would change; making one writes nothing."""

    def __init__(self, conference, read_file, language, user):
        self.conference, self.read_file, self.language, self.user = conference, read_file, language, user
        self.memory = Memory(read_file.source, conference.pk)
        self.finder = Finder(conference, self.memory, read_file)
        self.report = Report(read_file.source, language, remarks=list(read_file.remarks))
        self.report.refused += [Line(where, why) for where, why in read_file.refused]
        self.rooms, self.forums, self.people = self.finder.rooms(), self.finder.forums(), self.finder.people()
        self._settle_names()
        self.sessions, self.afterwards, self.needed, self.unneeded = [], [], {}, {}
        existing = _existing(conference)
        for read in read_file.sessions:
            self._plan_session(read, existing)
        self._tell_the_rest()
        self._tell_other_days()
        self._tell_what_is_left()

    @property
    def rows(self):
        return [*self.rooms.values(), *self.forums.values(), *self._people_to_save, *self.sessions]

    @property
    def _people_to_save(self):
        """Everyone in the file but those who turned out to be somebody on stage already, wherever they are named."""
        return [
            row
            for row in self.people.values()
            if id(row.instance) in self.needed or id(row.instance) not in self.unneeded
        ]

    @property
    def is_changing(self):
        return bool(self.afterwards) or any(row.is_changed for row in self.rows)

    def _settle_names(self):
        for key, row in self.rooms.items():
            if row.is_new:
                settle_texts(row, "name", self.read_file.rooms[key], self.language, 120)
        for key, row in self.forums.items():
            if row.is_new:
                settle_texts(row, "title", self.read_file.forums[key], self.language, 160)
        for key, row in self.people.items():
            if key in self.finder.exported_people:
                continue  # our own file tells the name of that day, which is not the person's
            settle_texts(row, "name", self.read_file.people[key].names, self.language, 120)
            settle_texts(row, "bio", self.read_file.people[key].bios, self.language)
            if row.is_new:
                row.instance.entered_by = row.instance.published_by = self.user

    def _plan_session(self, read, existing):
        row = self.finder.session(read)
        title = next(text for text in read.titles.values() if text)
        if row is None:
            self.report.kept.append(Line(read.where, title, _("It was deleted here, so it is not imported again.")))
            return
        self.sessions.append(row)
        for title_said in read.titles.values():
            if len(title_said) > 240:
                read.keep("title", title_said, _("longer than allowed"))
        settle_texts(row, "title", read.titles, self.language, 240)
        settle_texts(row, "abstract", read.abstracts, self.language)
        for name in ("kind", "level", "is_cancelled"):
            if getattr(read, name) is not None:
                row.settle(name, getattr(read, name))
        if read.language is not None:
            current = row.instance.language
            row.settle("language", current if languages_of(current) == read.language else read.language)
        if read.has_time:
            row.settle("starts_at", self._aware(read.starts))
            row.settle("ends_at", self._aware(read.ends))
            _mend_times(row)
        self._settle_place(row, read, "room", self.rooms, self.finder.rooms_called)
        self._settle_place(row, read, "forum", self.forums, self.finder.forums_called)
        row.memory.unread = [one.__dict__ for one in (*read.unread, *read.left)]
        speakings, materials = existing
        people = [self.people[key].instance for key in read.speakers or [] if key in self.people]
        known = known_on_stage(people, speakings.get(row.instance.pk, []))
        self.unneeded |= {id(person): person for person in people if not any(person is one for one in known)}
        self.needed |= {id(person): person for person in known}
        people = known
        after = [settle_speakers(row, read, people, speakings), settle_links(row, read, materials)]
        after = [one for one in after if one is not None]
        self.afterwards += after
        self._tell(read, row, title, is_changed=row.is_changed or bool(after))

    def _settle_place(self, row, read, name, known, called):
        """Let a session be in the room or forum that the file names: its own, where that is called so."""
        key, own = getattr(read, name), getattr(row.instance, name)
        if key is None:
            return
        texts = getattr(self.read_file, f"{name}s").get(key, {})
        meant = called.meant_by(texts)
        if not key or own in meant:
            row.settle(name, own if key else None)
        elif key in known:
            row.settle(name, known[key].instance)
        else:
            why = _("several are called so here; write one of these: %(names)s")
            read.keep(name, " / ".join(filter(None, texts.values())), why % {"names": called.labels_of(meant)})

    def _aware(self, moment):
        if moment is None or moment.tzinfo is not None:
            return moment
        if self.read_file.zone is not None:
            return moment.replace(tzinfo=self.read_file.zone)
        remark = _("Times without a time zone were taken as local to the conference: %(zone)s.")
        remark %= {"zone": self.conference.time_zone}
        if remark not in self.report.remarks:
            self.report.remarks.append(remark)
        return moment.replace(tzinfo=self.conference.tzinfo)

    def _tell(self, read, row, title, is_changed):
        names = [str(Session._meta.get_field(name).verbose_name) for name in row.changed]
        line = Line(read.where, title, "" if row.is_new else ", ".join(dict.fromkeys(names)))
        (self.report.new if row.is_new else self.report.changed if is_changed else self.report.same).append(line)
        for name in row.kept:
            told = _("%(field)s; the file says: %(said)s")
            said = getattr(read, name, "") or " / ".join(read.titles.values())
            field = Session._meta.get_field(name).verbose_name
            self.report.kept.append(Line(read.where, title, told % {"field": field, "said": str(said)[:200]}))
        for one in read.unread:
            self.report.unread.append(Line(read.where, title, f"{one.field}: “{one.said[:200]}” – {one.why}"))

    def _tell_the_rest(self):
        self.report.gone = [Line("", str(session), session.code) for session in self.finder.gone(self.sessions)]
        self.report.matched = [Line("", str(person), person.slug) for person in self.finder.matched]
        named = {_("rooms"): self.rooms.values(), _("forums"): self.forums.values(), _("people"): self._people_to_save}
        counts = {word: sum(1 for row in rows if row.is_new) for word, rows in named.items()}
        self.report.made = {word: count for word, count in counts.items() if count}
        if self.conference.published_at is None and any(row.is_new for row in self._people_to_save):
            self.report.remarks.append(_("The new people stay drafts, as the conference is one."))

    def _tell_other_days(self):
        """Name the days that are not the conference's: it may be the file of another one."""
        if self.conference.precision not in Occasion.TO_THE_DAY:
            return
        zone = self.conference.tzinfo
        starts = [row.instance.starts_at.astimezone(zone).date() for row in self.sessions if row.instance.starts_at]
        first, last = dates.first_day(self.conference), dates.last_day(self.conference)
        others = [day for day in starts if not first <= day <= last]
        if others:
            sentence = _(
                "Sessions outside the days of the conference: %(count)d, from %(first)s to %(last)s. Is it its file?"
            )
            days = {"first": min(others).isoformat(), "last": max(others).isoformat()}
            self.report.remarks.append(sentence % {"count": len(others), **days})

    def _tell_what_is_left(self):
        """Name the fields that there is no place for here, and how often; each is kept with its session."""
        counts = Counter(one.field for read in self.read_file.sessions for one in read.left)
        if counts:
            fields = ", ".join(f"{name} ({count})" for name, count in counts.items())
            sentence = _("Kept as text with each session, since there is no field for it here: %(fields)s.")
            self.report.remarks.append(sentence % {"fields": fields})

    def write(self, progress):
        rows = [row for row in self.rows if row.is_changed]
        for number, row in enumerate(rows, 1):
            self._save(row.instance)
            progress(number, len(rows))
        for after in self.afterwards:
            after()
        self.remember()

    def _save(self, instance):
        venue = getattr(instance, "venue", None)
        if venue is not None and venue.pk is None:
            venue.save()
            instance.venue = venue
        instance.save()

    def remember(self):
        self.memory.keep(self.rows)


def _existing(conference):
    """Return the speakings and the materials of a conference, each by the primary key of the session."""
    speakings, materials = defaultdict(list), defaultdict(list)
    for who in Speaking.objects.filter(session__conference=conference).select_related("person"):
        speakings[who.session_id].append(who)
    for material in SessionMaterial.objects.filter(session__conference=conference):
        materials[material.session_id].append(material)
    return speakings, materials


def _mend_times(row):
    """Where only one of two times could be taken over, the end must not come before the start."""
    session = row.instance
    if session.ends_at and (session.starts_at is None or session.ends_at <= session.starts_at):
        session.ends_at = None
