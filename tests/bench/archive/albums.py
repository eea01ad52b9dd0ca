"""Albums with their photos, of which no file is made, and articles."""

from datetime import timedelta

from portal.models import Album, Article, Photo
from tests.bench.archive.rows import ALBUMS, ARTICLES, AT_ONCE, PHOTOS, both, put


class Albums:
    """A part of `Archive`."""

    def make_albums(self):
        count, photos = self.some(ALBUMS, 50), self.some(PHOTOS, 500)
        occasions = [*self.conferences, *(one for one in self.meetups if one.starts_at < self.now)]
        self.albums = put(
            Album, (self.an_album(n, occasions[n % len(occasions)]) for n in range(count)), "albums", count
        )
        put(Photo, (self.a_photo(n, self.albums[n % count]) for n in range(photos)), "photos", photos)

    def an_album(self, number, occasion):
        return Album(
            slug=f"album-{number}",
            occasion_id=occasion.pk,
            taken_on=occasion.starts_at.date(),
            licence="CC-BY-4.0",
            credit="A photographer",
            **self.title(number),
            **both("summary", "简介。", "A summary."),
            **self.public,
        )

    def a_photo(self, number, album):
        return Photo(
            album=album,
            image=f"originals/{number:032x}.jpg",
            width=4000,
            height=3000,
            size=3_000_000,
            sha256=f"{number:064x}",
            key=f"{number:032x}",
            widths=[320, 640, 1280, 2048],
            fallback="jpeg",
            position=0,
            taken_at=self.now - timedelta(minutes=number),
            **both("caption", "一张照片", "A photo"),
        )

    def make_articles(self):
        count = self.some(ARTICLES, 10)
        articles = [
            Article(
                slug=f"article-{n}",
                kind="recap",
                dated=(self.today - timedelta(days=9 * n)).date(),
                **self.title(n),
                **both("summary", "摘要。", "A summary."),
                **self.told("body"),
                **self.public,
            )
            for n in range(count)
        ]
        articles = put(Article, articles, "articles", count)
        tie = Article.occasions.through
        tie.objects.bulk_create(
            [
                tie(article=one, occasion_id=self.meetups[(100 + 7 * n) % len(self.meetups)].pk)
                for n, one in enumerate(articles)
            ],
            AT_ONCE,
        )
