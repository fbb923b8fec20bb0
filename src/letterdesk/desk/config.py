"""Django's settings, from letterdesk.toml of the folder that LETTERDESK_FOLDER names."""

import hashlib
import os
import secrets
from pathlib import Path

from letterdesk import settings as newsrooms
from letterdesk.desk.database import database

_folder = os.environ.get("LETTERDESK_FOLDER", "")
NEWSROOM = newsrooms.read(Path(_folder)) if _folder else newsrooms.Settings()
_HERE = Path(__file__).parent


def _fingerprint(folder: Path) -> str:
    """Give 10 hex digits that change with any style or script, for their addresses."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


SECRET_KEY = NEWSROOM.session_key or secrets.token_urlsafe(48)
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
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "letterdesk.desk",
]
MIDDLEWARE = [
    "letterdesk.desk.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "letterdesk.desk.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "letterdesk.desk.middleware.clean_pages",  # before the one above counts the bytes
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "letterdesk.desk.middleware.staying",
    "letterdesk.desk.middleware.readable",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
            ],
        },
    }
]

# A picture is uploaded within the memory's bound; a larger body's files are dropped, and no
# file is ever spooled to a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 << 20

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ko", "한국어"),
    ("zh-hans", "简体中文"),
    ("ug", "ئۇيغۇرچە"),
]
LOCALE_PATHS = [_HERE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = f"static/{_fingerprint(_HERE / 'static')}/"
STATICFILES_DIRS = [_HERE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = "."  # every file: another content has another address

# Signing in: allauth, so that passkeys and one-time codes find their place. Accounts are
# made by an admin, never by whoever comes along. The counters live in memory: so many that
# nobody pushes an account's out with names that she makes up. What allauth counts for an
# IP address, it counts for what the adapter gives in its place.
ACCOUNT_ADAPTER = "letterdesk.desk.views.adapter.Adapter"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False  # a sign-in ends with the browser
ACCOUNT_PRESERVE_USERNAME_CASING = True
CACHES = {
    "default": {
        "BACKEND": "letterdesk.desk.counters.Counters",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

# A second factor: an app's codes, or a passkey that the device unlocks for its owner. An
# IP address and plain http are for trying things out: browsers allow localhost only.
MFA_ADAPTER = "letterdesk.desk.views.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not NEWSROOM.desk.secure
MFA_TOTP_ISSUER = f"Letterdesk {NEWSROOM.site.name}"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "letterdesk.desk.actions.sessions"
SESSION_COOKIE_AGE = NEWSROOM.desk.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = NEWSROOM.desk.secure
CSRF_FAILURE_VIEW = "letterdesk.desk.views.problems.forged"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = NEWSROOM.desk.secure
SESSION_COOKIE_NAME = "__Host-desk" if NEWSROOM.desk.secure else "desk"
CSRF_COOKIE_NAME = "__Host-csrf" if NEWSROOM.desk.secure else "csrf"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if NEWSROOM.desk.secure else None
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing of a reader reaches a log: of an error only its type and its place in the code.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "letterdesk": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "terse"}},
    "formatters": {"terse": {"()": "letterdesk.failures.Terse"}},
}
