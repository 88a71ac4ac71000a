"""Settings of the product. They load without any environment variable; the environment only changes them.

| variable | what it changes |
|---|---|
| BANKHALL_HOME | folder of database, lake, keys and uploads (default ./var) |
| BANKHALL_DATABASE_URL | postgresql://… instead of SQLite in the home folder |
| BANKHALL_DEMO_DATE | a fixed business date, for example 2026-11-23: the site is a demo |
| BANKHALL_HOSTS | names under which the site is asked, by comma (default: this machine only) |
| BANKHALL_SECURE | 1 when the site stands behind TLS: cookies only travel there |
| BANKHALL_MAIL_…, BANKHALL_ROBOTS_FILE, … | notices by mail and to group chats: see `channels.py` |
"""

import os
from pathlib import Path

from bankhall.config.channels import channels_of
from bankhall.config.clock import clock_of
from bankhall.config.keys import lazy_key
from bankhall.config.stores import sqlite, store_of_url

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("BANKHALL_HOME", "var")).absolute()
LAKE = HOME / "lake"
UPLOADS = HOME / "uploads"
KEYS = HOME / "keys"
SEAL_FILE = Path(os.environ.get("BANKHALL_SEAL_FILE", HOME / "seals.log"))

SECRET_KEY = lazy_key(KEYS, "session")
AUDIT_KEY = lazy_key(KEYS, "audit")
CUSTOMER_KEY = lazy_key(KEYS, "customer")
SECURE = os.environ.get("BANKHALL_SECURE") == "1"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BANKHALL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
CLOCK = clock_of(os.environ.get("BANKHALL_DEMO_DATE", ""), zone=TIME_ZONE)
DEMO = bool(os.environ.get("BANKHALL_DEMO_DATE"))
NOTICE_CHANNELS = channels_of(os.environ)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True

_URL = os.environ.get("BANKHALL_DATABASE_URL", "")
DATABASES = {"default": store_of_url(_URL) if _URL else sqlite(HOME / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "bankhall.apps.audit",
    "bankhall.apps.identity",
    "bankhall.apps.network",
    "bankhall.apps.access",
    "bankhall.apps.people",
    "bankhall.apps.runs",
    "bankhall.apps.imports",
    "bankhall.apps.notices",
    "bankhall.apps.metrics",
    "bankhall.apps.findings",
    "bankhall.apps.rosters",
    "bankhall.web.ui",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bankhall.config.headers.ContentSecurity",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "bankhall.web.ui.visitor.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bankhall.web.ui.errors.SayErrors",
]

ROOT_URLCONF = "bankhall.config.urls"
WSGI_APPLICATION = "bankhall.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "bankhall.web.ui.context.house",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bankhall.config.static.HouseStorage"},
}
MEDIA_ROOT = UPLOADS
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["bankhall.apps.identity.queries.SessionBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": "WARNING"},
}
