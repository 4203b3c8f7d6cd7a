"""Django's settings. What differs between installations comes from the environment (see env.py)."""

import os
from datetime import timedelta
from pathlib import Path

from examhall.config import databases, env, logs, openapi, secret

_SOURCE_ROOT = Path(__file__).resolve().parents[3]
_PACKAGE = Path(__file__).resolve().parents[1]
_read = env.Reader(os.environ)

# --- Where things are -------------------------------------------------------------------------------------------------
_CHECKOUT = _SOURCE_ROOT if (_SOURCE_ROOT / "pyproject.toml").is_file() else Path.cwd()
EXAMHALL_DATA_DIR: Path = _read.read(env.DATA_DIR) or _CHECKOUT / "var"
try:
    EXAMHALL_DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as _error:
    _read.refuse(env.DATA_DIR, f"must be a directory that can be made and written: {_error}")
_database_url = _read.read(env.DATABASE_URL)

# --- examhall's own ---------------------------------------------------------------------------------------------------
EXAMHALL_ALLOW_LOSSY_DATABASE: frozenset[str] = _read.read(env.ALLOW_LOSSY_DATABASE)
EXAMHALL_TEACHER_REGISTRATION: str = _read.read(env.TEACHER_REGISTRATION)
EXAMHALL_GRACE_SECONDS: int = _read.read(env.GRACE_SECONDS)
EXAMHALL_DIFFICULTY_WEIGHTS = _read.read(env.DIFFICULTY_WEIGHTS)
EXAMHALL_TRUSTED_PROXIES: int = _read.read(env.TRUSTED_PROXIES)
EXAMHALL_LOGIN_FAILURES: int = _read.read(env.LOGIN_FAILURES)
EXAMHALL_LOGIN_COOLOFF_SECONDS: int = _read.read(env.LOGIN_COOLOFF_SECONDS)
EXAMHALL_IDEMPOTENCY_HOURS: int = _read.read(env.IDEMPOTENCY_HOURS)
EXAMHALL_METRICS: str = _read.read(env.METRICS)
EXAMHALL_LANGUAGE: str = _read.read(env.LANGUAGE)
EXAMHALL_LOG_FORMAT: str = _read.read(env.LOG_FORMAT)
_log_level = _read.read(env.LOG_LEVEL)
_workers = _read.read(env.WORKERS)
_threads = _read.read(env.THREADS)
_hashing_slots = _read.read(env.HASHING_SLOTS)
_line = _read.read(env.LINE)
EXAMHALL_SAVE_LINE: int = _read.read(env.SAVE_LINE)
EXAMHALL_CONNECTIONS: int = _read.read(env.CONNECTIONS)

# --- Django -----------------------------------------------------------------------------------------------------------
DEBUG: bool = _read.read(env.DEBUG)
_secret_key = _read.read(env.SECRET_KEY)
ALLOWED_HOSTS: list[str] = _read.read(env.ALLOWED_HOSTS)
_cookie_secure = _read.read(env.COOKIE_SECURE)
_read.finish()

SECRET_KEY: str = _secret_key or secret.development_key(EXAMHALL_DATA_DIR)
EXAMHALL_SECRET_KEY_IS_DEVELOPMENT: bool = not _secret_key

ROOT_URLCONF = "examhall.config.urls"
WSGI_APPLICATION = "examhall.config.wsgi.application"
EXAMHALL_SERVER_TARGET = "examhall.config.server:application"
AUTH_USER_MODEL = "examhall.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "axes",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "examhall.store",
    "examhall.config",
    "examhall.facades.cli",
]

# Only what every answer needs: this is the way that each saved answer takes. Sessions, CSRF and messages are wrapped
# around the views that use them.
MIDDLEWARE = [
    "examhall.facades.httpkit.observe.Observe",
    "examhall.facades.httpkit.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]

SILENCED_SYSTEM_CHECKS = [
    # A locked-out sign-in is answered by each door in its own words, not by a middleware.
    "axes.W002",
    # The headers are set by our own middleware; HSTS and the redirect to HTTPS belong to the proxy with the certificate.
    "security.W001",
    "security.W002",
    # Tokens in a header need no CSRF protection; the door that takes cookies wraps its own views in it.
    "security.W003",
]

DATABASES = {"default": databases.database_config(_database_url, data_dir=EXAMHALL_DATA_DIR)}

# More than one process of writers starve each other on SQLite (p99 above one second).
EXAMHALL_WORKERS: int = _workers or (1 if DATABASES["default"]["ENGINE"] == databases.SQLITE else 2)
EXAMHALL_THREADS: int = _threads or 16
EXAMHALL_HASHING_SLOTS: int = _hashing_slots or max(1, (os.cpu_count() or 1) // (2 * EXAMHALL_WORKERS))
EXAMHALL_LINE: int = _line or max(1, 1024 // EXAMHALL_WORKERS)

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
# The wire's language, not to be changed: Django's own sentences (on weak passwords) are part of the APIs' answers.
# People are spoken to in EXAMHALL_LANGUAGE.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [_PACKAGE / "locale"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

STATIC_URL = "/static/"
# The packages' own files are served from where they are: nothing to collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = EXAMHALL_DATA_DIR / "media"

# --- Signing in -------------------------------------------------------------------------------------------------------
PASSWORD_HASHERS = ["examhall.config.hashers.LeanArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

AXES_FAILURE_LIMIT = EXAMHALL_LOGIN_FAILURES
AXES_COOLOFF_TIME = timedelta(seconds=EXAMHALL_LOGIN_COOLOFF_SECONDS)
# The inner list means "both together": a whole exam hall sits behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Under its default, the model's login field, Django would mask the account ("…key" looks like a secret to it), and
# the failures of all accounts would count as those of one.
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "examhall.facades.httpkit.login.throttled_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": SECRET_KEY,
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": False,
}

# --- Cookies and headers ----------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _cookie_secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if EXAMHALL_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Requests ---------------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# The contracts' addresses end in a slash; a redirect would turn a POST without one into a GET.
APPEND_SLASH = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = openapi.SPECTACULAR

# --- Logs -------------------------------------------------------------------------------------------------------------
LOGGING_CONFIG = None
logs.configure(style=EXAMHALL_LOG_FORMAT, level=_log_level)
