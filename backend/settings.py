"""Settings, all from the environment. With none set: SQLite, files on disk, this machine only."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from backend.env import (
    read_bool,
    read_choices,
    read_database,
    read_int,
    read_list,
    read_path,
    read_rate,
    read_text,
    read_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = read_path("DATA_DIR", BASE_DIR / "var")
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"

DEBUG = read_bool("DEBUG", False)
PRODUCTION = read_bool("PRODUCTION", False)
DEMONSTRATION = read_bool("DEMONSTRATION", False)
DEMO_PASSWORD = read_text("DEMO_PASSWORD", "zhiyu-yanshi-2026")
HAS_OUTBOX = DEMONSTRATION and not PRODUCTION


def _secret_key() -> str:
    """From the environment in production; elsewhere made once and kept beside the data, never in the repository."""
    given = read_text("SECRET_KEY")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set in production")
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = _secret_key()
PUBLIC_BASE_URL = read_url("PUBLIC_BASE_URL", f"http://127.0.0.1:{read_int('PORT', 8000, low=1, high=65535)}")
BEHIND_PROXY = read_bool("BEHIND_PROXY", False)
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS", [PUBLIC_BASE_URL])

APPS = ["core", "accounts", "documents", "programmes", "assessments", "pools", "support", "publication", "operations"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "allauth.usersessions",
    *[f"cultivation.{app}" for app in APPS if (BASE_DIR / "cultivation" / app / "apps.py").exists()],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cultivation.accounts.adapters.middleware.Refusals",
]
ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
ASGI_APPLICATION = "backend.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": read_database("DATABASE_URL", DATA_DIR / "zhiyu.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
SIGNING_KEY_DIR = read_path("SIGNING_KEY_DIR", DATA_DIR / "signing")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
UPLOAD_MAX_BYTES = read_int("UPLOAD_MAX_MB", 50, low=1, high=2048) * 2**20
FIRM_FILES_MAX_BYTES = read_int("FIRM_FILES_MAX_MB", 2048, low=1, high=2**20) * 2**20

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Codes are typed where they were asked for, so a mail may be read on a phone; nothing in a link signs anybody in.
SMS_BACKEND = read_text("SMS_BACKEND", "cultivation.accounts.adapters.outbox.OutboxSms" if HAS_OUTBOX else "")
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_ADAPTER = "cultivation.accounts.adapters.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"} if SMS_BACKEND else {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "cultivation.accounts.adapters.forms.PersonForm"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Asking who one is takes a first try away, and many people of one office share an address.
ACCOUNT_RATE_LIMITS = {"change_phone": "5/m/user", "verify_phone": "1/30s/key,10/m/ip"}
MFA_ADAPTER = "cultivation.accounts.adapters.mfa.SecondFactorAdapter"
MFA_TOTP_ISSUER = "知育"
MFA_TOTP_TOLERANCE = 1
MFA_REQUIRED_FOR = read_choices("MFA_REQUIRED_FOR", ["bureau", "admin"] if PRODUCTION else [], {"bureau", "admin"})
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_BASE_URL}/verify-email",
    "account_reset_password": f"{PUBLIC_BASE_URL}/forgot",
    "account_reset_password_from_key": f"{PUBLIC_BASE_URL}/forgot",
    "account_signup": f"{PUBLIC_BASE_URL}/signup",
}

EMAIL_HOST = read_text("EMAIL_HOST")
EMAIL_PORT = read_int("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = read_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = read_text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = read_bool("EMAIL_USE_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = read_bool("EMAIL_USE_TLS", not EMAIL_USE_SSL)
EMAIL_TIMEOUT = read_int("EMAIL_TIMEOUT", 10, low=1, high=120)
DEFAULT_FROM_EMAIL = read_text("DEFAULT_FROM_EMAIL", "知育 <no-reply@localhost>")


CONSOLE_MAIL = "django.core.mail.backends.console.EmailBackend"


def _email_backend() -> str:
    """Mail carries sign-in codes, so production sends it or refuses to start; elsewhere it stays on this machine."""
    if PRODUCTION and not EMAIL_HOST:
        raise ImproperlyConfigured("EMAIL_HOST must be set in production: accounts are confirmed by mail")
    if EMAIL_HOST:
        return "django.core.mail.backends.smtp.EmailBackend"
    return "cultivation.accounts.adapters.outbox.OutboxMail" if HAS_OUTBOX else CONSOLE_MAIL


EMAIL_BACKEND = read_text("EMAIL_BACKEND") or _email_backend()
OUTBOX_DIR = DATA_DIR / "outbox"
INVITATION_DAYS = 7

# Limits on codes and sign-ins hold across processes and machines, so they are counted in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = read_int("HSTS_SECONDS", 0)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["cultivation.accounts.authentication.PersonAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {
        "public_check": read_rate("PUBLIC_CHECK_RATE", "60/minute"),
        "try": read_rate("TRY_RATE", "120/minute"),
        "joining": "60/hour",
        "inviting": "60/hour",
        "uscc": "60/minute",
    },
    # Behind one proxy the last address it names counts; without one nobody may name another address than his own.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "EXCEPTION_HANDLER": "cultivation.core.api.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "知育 Zhiyu API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "ApplicationKindEnum": "cultivation.programmes.states.KIND_CHOICES",
        "RightKindEnum": "cultivation.assessments.states.RIGHT_KINDS",
    },
}

JOB_LEASE_SECONDS = read_int("JOB_LEASE_SECONDS", 30, low=2, high=3600)
JOB_POLL_SECONDS = 0.5
SMALLEST_GROUP = read_int("SMALLEST_GROUP", 5, low=5, high=1000)  # quartiles of fewer give away single scores
ARCHIVE_DAYS = read_int("ARCHIVE_DAYS", 7, low=1, high=365)
RENDER_PROCESSES = read_int("RENDER_PROCESSES", 2, low=1, high=64)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read_text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        # what it says of files that strangers send is said to them
        "pyhanko.pdf_utils": {"level": "CRITICAL"},
        "pyhanko.sign.validation": {"level": "CRITICAL"},
    },
}
