"""The posts of a folder, into articles: planned one by one, then written whole or not at all."""

from collections import defaultdict
from datetime import datetime, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.import_report import Line, Report
from portal.importing import Memory, Row, fitting
from portal.importing_posts.articles import Undated, told_by
from portal.importing_posts.occasions import Occasions
from portal.importing_posts.pairs import paired, without_language
from portal.importing_posts.pictures import Pictures
from portal.importing_posts.reading import day_of_name, posts_in
from portal.models import Article, Person
from portal.search import rebuilt_afterwards
from portal.slugs import save_with_free_slug, slug_from

SOURCE = "posts"
UNDATED = "no day: neither a date that can be read, nor one in its name"


def import_posts(folder, *, blog="", write=False, publish=False, user=None):
    """Compare the posts of a folder with the articles, and return the `Report`; write it if told to.

    `blog` tells the posts of several sites apart whose files have the same
    names. New articles are drafts, or public from their own day on if they are
    to `publish`. All is one transaction: an error leaves everything as it was.
    """
    with transaction.atomic():
        plan = Plan(folder, blog, publish, user)
        if write:
            with rebuilt_afterwards():
                plan.write()
    plan.report.is_written = write
    return plan.report


class Plan:
    """What the folder would change; making one writes nothing."""

    def __init__(self, folder, blog, publish, user):
        self.blog, self.publish, self.user = blog, publish, user
        self.pictures = Pictures(Path(folder).resolve())
        self.memory, self.occasions = Memory(SOURCE, 0), Occasions()
        self.articles = {article.pk: article for article in Article.objects.prefetch_related("occasions", "authors")}
        self.people = _by_name()
        self.report = Report(SOURCE, "")
        self.rows, self.taken = [], set()
        posts, refused = posts_in(folder)
        for one in refused:
            self._refuse(one.path, one.line, one.why)
        for together in paired(posts, lambda one: self.memory.of(Article, self._key(one.path)).pk):
            (self._plan_pair if len(together) > 1 else self._plan)(*together)
        self._tell_the_gone({self._key(post.path) for post in posts})

    def _key(self, path):
        return fitting(f"{self.blog}:{path}")

    def _refuse(self, path, line, why):
        self.report.refused.append(Line(f"{path}:{line}", "", why))

    def _plan(self, post):
        told = self._told(post)
        return self._plan_told(post, told) if told else self._refuse(post.path, 1, UNDATED)

    def _plan_pair(self, post, other):
        """Plan two files that are one post in two languages; whose texts are in the same one are two posts."""
        told, of_other = self._told(post), self._told(other)
        told, of_other = told or self._told(post, of_other), of_other or self._told(other, told)
        if not told or told.language == of_other.language:
            return [self._plan(one) for one in (post, other)]
        return self._plan_told(post, told, other, of_other)

    def _plan_told(self, post, told, other=None, of_other=None):
        row = self._row(post, told)
        if row is None:
            return self.report.kept.append(
                Line(post.path, told.title, "it was deleted here, so it is not imported again")
            )
        self._settle(row, told)
        ties = self._ties(row, post, told)
        if other:
            self._settle_texts(row, of_other)
            self._byline(row, other, of_other)
            told.join(of_other)
        notes = [(one, note) for one in (post, other) if one for note in one.notes]
        row.memory.unread = [_kept(one, line, words, post) for one, (line, words) in notes]
        if told.labels:
            row.said["labels"] = told.labels
        self.rows.append((row, ties, told, post.path))
        return self._tell(row, ties, post, told, notes, other)

    def _told(self, post, dated_by=None):
        """Return the `Told` of a post, or None where it has no day; `dated_by` lends it its own."""
        if dated_by is not None:
            post.said["date"] = dated_by.dated.isoformat()
        try:
            told = told_by(post, self.pictures)
        except Undated:
            return None
        finally:
            post.notes[:] = dict.fromkeys(post.notes)  # who is asked twice notes twice
        if told.is_naive:
            self._remark(f"Times without a zone were read by the clock here, {timezone.get_default_timezone_name()}.")
        return told

    def _row(self, post, told):
        """Return the `Row` of the article: the one from before, one that is the same by title and day, or a new one."""
        memory = self.memory.of(Article, self._key(post.path))
        if memory.pk:
            article = self.articles.get(memory.object_id)
            return article and Row(article, False, memory)
        column = f"title_{_column(told.language)}"
        for article in self.articles.values():
            is_same = getattr(article, column) == told.title and article.dated == told.dated
            if is_same and article.pk not in self.taken and not self._is_remembered(article):
                self.taken.add(article.pk)
                self.report.matched.append(Line(post.path, told.title, article.slug))
                return Row(article, False, memory, is_everyones=True)
        article = Article(slug="", kind=told.kind, dated=told.dated, entered_by=self.user)
        return Row(article, True, memory)

    def _is_remembered(self, article):
        return any(one.object_id == article.pk for one in self.memory.of_kind(Article))

    def _settle_texts(self, row, told):
        for name, text in told.texts.items():
            row.settle(f"{name}_{_column(told.language)}", text)

    def _settle(self, row, told):
        self._settle_texts(row, told)
        row.settle("dated", told.dated)
        row.settle("kind", told.kind)
        if told.source_url:
            row.settle("source_url", told.source_url)
        if told.cover:
            row.settle("cover", told.cover)
        if row.is_new and self.publish and not told.is_draft:
            row.instance.published_at = timezone.make_aware(datetime.combine(told.dated, time.min))

    def _ties(self, row, post, told):
        """Return {name of the field: rows} of what the article is to be tied to anew; what people changed stays."""
        words = " ".join([told.title, *told.labels, day_of_name(post.path)[1]])
        occasions, note = self.occasions.of(post, words, told.dated, told.start)
        if note:
            post.note("", note)
        authors = self._byline(row, post, told)
        ties = {}
        for name, rows in (("occasions", occasions), ("authors", authors)):
            wanted = sorted(one.pk for one in rows)
            now = [] if row.is_new else sorted(one.pk for one in getattr(row.instance, name).all())
            before = row.memory.values.get(name, [] if row.is_new or row.is_everyones else now)
            if wanted == now:
                row.said[name] = wanted
            elif now == before or row.is_new:
                ties[name], row.said[name] = rows, wanted
            elif wanted != before:
                row.kept.append(name)
        return ties

    def _byline(self, row, post, told):
        """Settle who wrote it as far as that is nobody here; return those who are."""
        authors, strangers = self._authors(post)
        if strangers:
            row.settle(f"byline_{_column(told.language)}", ", ".join(strangers)[:160])
        return authors

    def _authors(self, post):
        """Return (the people of those names that are known, the names of the others)."""
        found, strangers = [], []
        for name in post.list("authors", "author", "published_by"):
            alike = self.people.get(name.casefold(), set())
            if len(alike) == 1:
                found.append(next(iter(alike)))
            else:
                strangers.append(name)
        return found, strangers

    def _tell(self, row, ties, post, told, notes, other):
        fields = dict.fromkeys([*row.changed, *ties])
        names = [str(Article._meta.get_field(name).verbose_name) for name in fields]
        also = f"together with {other.path}" if other else ""
        line = Line(post.path, told.title, also if row.is_new else ", ".join(dict.fromkeys(names)))
        (self.report.new if row.is_new else self.report.changed if fields else self.report.same).append(line)
        for name in row.kept:
            field = Article._meta.get_field(name).verbose_name
            self.report.kept.append(Line(post.path, told.title, str(field)))
        for one, (number, words) in notes:
            self.report.unread.append(Line(f"{one.path}:{number}", told.title, words))

    def _tell_the_gone(self, keys):
        for memory in self.memory.of_kind(Article):
            article = self.articles.get(memory.object_id)
            if article and memory.key.startswith(f"{self.blog}:") and memory.key not in keys:
                self.report.gone.append(Line(memory.key.partition(":")[2], str(article), article.slug))

    def _remark(self, words):
        if words not in self.report.remarks:
            self.report.remarks.append(words)

    def write(self):
        for row, ties, told, path in self.rows:
            self.pictures.store([*told.names, told.cover])
            if row.is_new:
                save_with_free_slug(row.instance, _wanted_slug(path, told))
            elif row.is_changed:
                row.instance.save()
            for name, rows in ties.items():
                getattr(row.instance, name).set(rows)
        self.memory.keep([row for row, *_rest in self.rows])


def _kept(post, line, words, first):
    """Return a note as the memory keeps it; of the second file of a pair, with its name."""
    return {"field": "" if post is first else post.path, "said": words, "why": f"line {line}"}


def _wanted_slug(path, told):
    _day, rest = day_of_name(without_language(path)[0])
    return slug_from(rest) or slug_from(told.title) or "post"


def _column(language):
    return language.replace("-", "_")


def _by_name():
    """Return a dict of name -> the set of people who are called so."""
    people = defaultdict(set)
    for person in Person.objects.prefetch_related("names"):
        for name in (person.name_zh_hans, person.name_en, *(other.name for other in person.names.all())):
            if name:
                people[name.casefold()].add(person)
    return people
