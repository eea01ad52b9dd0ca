"""The one settings file: everything comes from the environment and fails loudly.

Every variable is named and explained in `.env.example`. Paths are relative to
the repository; whatever the portal writes goes under `PORTAL_VAR` (default
`var/`), so that code and data can live apart.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from environs import Env, validate

from portal import mail_server
from portal.media_store import held_beside, storage_of
from portal.watching.probes import WITHOUT_TLS

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

VAR = Path(env.str("PORTAL_VAR", BASE_DIR / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)


def kept_secret(name):
    """Return the secret stored in `VAR/name`, made on first use and readable by the owner only."""
    path = VAR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


# Core

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret("secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HOST, PORT = env.str("HOST", "127.0.0.1"), env.str("PORT", "8000")  # where gunicorn.conf.py lets it listen
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "portal",
    "events",
    "meetups",
    "modeltranslation",  # before the admin, which it extends
    "portal.admin_app.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "simple_history",
    "post_office",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "portal.watching.requests.watched",
    "django.middleware.security.SecurityMiddleware",
    "portal.other_releases.StaticFilesOfAnyRelease",
    # Outside of whatever may refuse a request, so that the refusal bears these headers as well.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.headers.safe_headers",
    "portal.watching.probes.answered",
    "portal.nul.nul_unknown",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.addresses.RedirectMovedMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.community",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    },
]
FORM_RENDERER = "portal.form_rendering.QuickRenderer"

# Database: SQLite by default, where IMMEDIATE makes every transaction the lock
# (the only way it never answers "database is locked") and whoever waits stands in line; or DATABASE_URL.
# What was committed is on the disk (FULL), so that no sign-up that was answered goes with the power.

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "portal.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-2000;",
    }
# A connection serves a thread for a minute: opening one costs more than most pages.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# Whether an empty database is filled with the demo; 0 for a community that starts with its own content.

PORTAL_DEMO = env.bool("PORTAL_DEMO", True)
# The password of the first account; a random one is printed where there is none.
PORTAL_ADMIN_PASSWORD = env.str("PORTAL_ADMIN_PASSWORD", "")

# Languages: these two, in code, since the columns of the tables follow from them.

LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
# Of the two, whoever asks for neither gets this one, and leads are written to in it.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "zh-hans", validate=validate.OneOf(dict(LANGUAGES)))
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("zh-hans", "en"), "zh-hans": ("en",), "en": ("zh-hans",)}
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Asia/Shanghai")

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# A folder, or s3://key:secret@host/bucket: any store that speaks S3.
MEDIA_STORE = env.str("MEDIA_STORE", "")
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.RefuseTheHuge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.uploads.TemporaryFiles",
]
STORAGES = {
    "default": storage_of(MEDIA_STORE),
    "held": held_beside(storage_of(MEDIA_STORE), VAR / "imports"),
    "staticfiles": {"BACKEND": "portal.stylesheets.OneStylesheetStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing asks for the others, and compressing them doubles the first start

# Whole pages for anonymous visitors: a folder shared by the workers of one machine, a redis:// address, or "off".

PAGE_CACHE = env.str("PAGE_CACHE", "off" if DEBUG else str(VAR / "pages"))
# A folder from which nginx answers kept pages by itself (see docs/scale.md); empty where it does not.
PAGE_FILES = env.str("PAGE_FILES", "")
# How long a CDN may answer a page without asking whether it changed; 0 where there is none.
CDN_SECONDS = env.int("CDN_SECONDS", 0)

# Counters that all workers share (limits, codes of second factors used up), in the database; and drawn pictures, which
# each worker keeps for itself.

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "drawings": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Accounts: organizers only. Visitors, volunteers and attendees have none.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["portal.permissions.RightsBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "admin:index"
PASSWORD_RESET_TIMEOUT = 2 * 3600

ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "portal.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator wrote the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from whoever types their address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Wrong passwords are counted by portal.accounts.guessing; "login_failed" is left for codes of second factors.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key",
    "reset_password": "60/h/ip,3/h/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_ADAPTER = "portal.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "portal.accounts.forms.SecondFactorByPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.EditPasskeyForm",
    "login_webauthn": "portal.accounts.forms.SignInByPasskeyForm",
    "reauthenticate_webauthn": "portal.accounts.forms.ShowAgainByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # phones' clocks
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow it on localhost only

# Signing in with an OpenID Connect provider, where one is set.
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "") or urlsplit(OIDC_ISSUER).hostname
SOCIALACCOUNT_ADAPTER = "portal.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "oidc",
            "name": OIDC_NAME,
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    )

# Safety

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = WITHOUT_TLS
# True behind a proxy that sets X-Forwarded-Proto and X-Forwarded-For itself.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_ENGINE = "portal.accounts.session_store"
SESSION_IDLE_HOURS = env.int("SESSION_IDLE_HOURS", 72, validate=validate.Range(min=1))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # A browser takes these names from this very host over https only: no neighbour under the same domain can set them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_FAILURE_VIEW = "portal.views.errors.without_token"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
# What no page of ours asks a browser for. Fullscreen and autoplay stay with the players of films.
# Names that Chromium does not know make it complain on every page.
UNUSED_POWERS = """accelerometer camera display-capture geolocation gyroscope hid idle-detection
magnetometer microphone midi payment serial usb xr-spatial-tracking"""
PERMISSIONS_POLICY = {name: [] for name in UNUSED_POWERS.split()}

# Mail: an outbox in the database, sent by a worker.

EMAIL_BACKEND = "post_office.EmailBackend"
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL",
    "portal@localhost",
    validate=validate.Regexp(r"(?:.*<)?[^@<>\s]+@[^@<>\s]+>?$", error="an address, or a name and <an address>"),
)
POST_OFFICE = {
    "BACKENDS": {"default": env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")},
    "MAX_RETRIES": 8,
    # The same on every attempt, so that a mail sent twice is one mail to whoever receives it.
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": urlsplit(SITE_URL).hostname,
}
vars().update(mail_server.settings_of(env.str("EMAIL_URL", "smtp://localhost:25")))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Watching: text for people, or json, one object a line, for whatever collects logs.

LOG_FORMAT = env.str("LOG_FORMAT", "text", validate=validate.OneOf(["text", "json"]))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "portal.logs.Private"}, "request": {"()": "portal.watching.ids.WithRequestId"}},
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
        "json": {
            "()": "portal.logs.PrivateJson",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "json_ensure_ascii": False,
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["private", "request"], "formatter": LOG_FORMAT}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Without a handler of its own it installs one that tells of every empty round.
    "loggers": {"post_office": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
# Queries that take longer, in milliseconds, are logged without their values; 0 for none.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
# Who shows this token gets /metrics; without one nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN:
    # Where the web processes count; prometheus_client knows it by this name alone.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(VAR / "metrics"))
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
# Errors are sent there, without anything about a person.
SENTRY_DSN = env.str("SENTRY_DSN", "")
