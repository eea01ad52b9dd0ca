"""Every address of the portal; the list in DESIGN is a contract. The wings are named here as strings only."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import feeds
from portal.views import (
    api,
    articles,
    calendars,
    downloads,
    errors,
    home,
    machines,
    media,
    my,
    organizations,
    pages,
    people,
    photo,
    photos,
    posters,
    preview,
    reporting,
    searching,
    takedowns,
    watching,
)

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler429 = errors.too_often  # asked for by allauth
handler500 = errors.broken

urlpatterns = [
    path("", home.choose_language, name="root"),
    path("admin/account/", include("portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("posters/<str:signed>.svg", posters.cover, name="cover"),
    path("posters/<str:signed>.png", posters.share_image, name="share-image"),
    path("posters/<slug:shape>/<str:signed>.png", posters.poster, name="poster"),
    path("media/<path:name>", media.media, name="media"),
    path("theme.css", machines.theme, name="theme"),
    path("icon.svg", machines.icon, name="icon"),
    path("icon.png", machines.touch_icon, name="touch-icon"),
    path("favicon.ico", machines.touch_icon),  # asked for by whoever reads no page: feed readers, previews of links
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", reporting.security_txt, name="security-txt"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap-section"),
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.metrics_page, name="metrics"),
    path("api/v1/", include("portal.api.urls")),
    path("embed/", include("events.embed_urls")),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("api/", api.page, name="api-page"),
        path("people/<slug:person>/", people.person, name="person"),
        path("organizations/<slug:organization>/", organizations.organization, name="organization"),
        path("photos/", photos.photos, name="photos"),
        path("photos/<slug:album>/", photos.album, name="album"),
        path("photos/<slug:album>/download/", downloads.album, name="album-download"),
        path("photos/<slug:album>/<key:photo>/", photo.photo, name="photo"),
        path("photos/<slug:album>/<key:photo>/download/", downloads.photo, name="photo-download"),
        path("photos/<slug:album>/<key:photo>/takedown/", takedowns.ask, name="photo-takedown"),
        path("photos/takedown/asked/", takedowns.asked, name="takedown-asked"),
        path("news/", articles.news, name="news"),
        path("news/<slug:article>/", articles.article, name="article"),
        path("pages/<slug:page>/", pages.page, name="page"),
        path("preview/<str:token>/", preview.preview, name="preview"),
        path("search/", searching.search, name="search"),
        path("my/sent/", my.sent, name="check-your-mail"),
        path("my/<str:token>/", my.status, name="my"),
        path("my/<str:token>/edit/", my.edit, name="my-edit"),
        path("my/<str:token>/delete/", my.delete, name="my-delete"),
        path("my/<str:token>/data.json", my.data, name="my-data"),
        path("my/<str:token>/calendar.ics", my.calendar, name="my-calendar"),
        path("my/<str:token>/do/<slug:verb>/", my.act, name="my-act"),
        path("calendar.ics", calendars.calendar, name="calendar"),
        path("feed.xml", feeds.feed, name="feed"),
        path("", include("events.urls")),
        path("", include("meetups.urls")),
    ),
]
