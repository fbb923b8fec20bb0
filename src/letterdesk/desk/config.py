"""Django's settings, from letterdesk.toml of the folder that LETTERDESK_FOLDER names."""

import os
import secrets
from pathlib import Path

from letterdesk import settings as newsrooms
from letterdesk.desk.database import database

_folder = os.environ.get("LETTERDESK_FOLDER", "")
NEWSROOM = newsrooms.read(Path(_folder)) if _folder else newsrooms.Settings()
_HERE = Path(__file__).parent


def _secret(file: Path) -> str:
    """Give the key that signs sessions: made by `letterdesk init`, kept beside the others."""
    return file.read_text() if file.exists() else secrets.token_urlsafe(48)


SECRET_KEY = _secret(NEWSROOM.folder / "keys" / "desk.session")
DEBUG = False
ALLOWED_HOSTS = list(NEWSROOM.desk.hosts)
ROOT_URLCONF = "letterdesk.desk.urls"
WSGI_APPLICATION = "letterdesk.desk.wsgi.application"
AUTH_USER_MODEL = "desk.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(NEWSROOM)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "letterdesk.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文"), ("ug", "ئۇيغۇرچە")]
LOCALE_PATHS = [_HERE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = NEWSROOM.desk.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = NEWSROOM.desk.secure
SESSION_COOKIE_NAME = "__Host-desk" if NEWSROOM.desk.secure else "desk"
CSRF_COOKIE_NAME = "__Host-csrf" if NEWSROOM.desk.secure else "csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NEWSROOM.desk.secure else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing of a reader reaches a log: Django's own request log would hold addresses and paths.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {
        "django": {"handlers": [], "propagate": False},
        "letterdesk": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "handlers": {"console": {"class": "logging.StreamHandler"}},
}
