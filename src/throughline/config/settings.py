"""Django settings for both settings that Throughline runs in: embedded (one machine) and shared (many people)."""

import sqlite3
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from throughline.config.environment import is_yes, kept_secret, read

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(read("THROUGHLINE_VAR")).resolve()
SETTING = read("THROUGHLINE_SETTING")
if SETTING not in {"embedded", "shared"}:
    raise ImproperlyConfigured(f"THROUGHLINE_SETTING is '{SETTING}'. Give 'embedded' or 'shared'.")
EMBEDDED = SETTING == "embedded"
DEVELOPMENT = EMBEDDED and is_yes("THROUGHLINE_DEVELOPMENT")
DEBUG = False

SECRET_KEY = read("THROUGHLINE_SECRET_KEY")
if not SECRET_KEY:
    if not EMBEDDED:
        raise ImproperlyConfigured("The shared setting needs THROUGHLINE_SECRET_KEY: 50 or more random characters.")
    SECRET_KEY = kept_secret(VAR / "secret-key")
elif not EMBEDDED and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("THROUGHLINE_SECRET_KEY is too short. Give 50 or more random characters.")

ALLOWED_HOSTS = (
    ["localhost", "127.0.0.1", "[::1]"]
    if EMBEDDED
    else [host.strip() for host in read("THROUGHLINE_HOSTS").split(",") if host.strip()]
)
if not EMBEDDED and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("The shared setting needs THROUGHLINE_HOSTS: the host names under which it answers.")
BASE_URL = read("THROUGHLINE_BASE_URL").rstrip("/")
SERVE_ADDRESS, SERVE_PORT = read("THROUGHLINE_ADDRESS"), read("THROUGHLINE_PORT")
CSRF_TRUSTED_ORIGINS = [] if EMBEDDED else [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "throughline.ui",
    "throughline.history",
    "throughline.partners",
    "throughline.files",
    "throughline.jobs",
    "throughline.notify",
    "throughline.evidence",
    "throughline.inspections",
    "throughline.library",
    "throughline.plans",
    "throughline.suggestions",
    "throughline.statements",
    "throughline.assurance",
    "throughline.impact",
    "throughline.returns",
    "throughline.scrutiny",
    "throughline.line",
    "throughline.reports",
    "throughline.example",
]

MIDDLEWARE = [
    "throughline.ui.middleware.ClockMiddleware",
    "throughline.ui.middleware.PageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "throughline.partners.middleware.SignedInMiddleware",
]

ROOT_URLCONF = "throughline.config.urls"
WSGI_APPLICATION = "throughline.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "partners" / "templates"],  # before allauth's own pages, which look like nothing of ours
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "throughline.ui.context.page",
            ],
            "builtins": ["throughline.ui.templatetags.components", "throughline.ui.templatetags.printed"],
        },
    }
]
FORM_RENDERER = "throughline.ui.forms.Renderer"

# -- data ------------------------------------------------------------------------------------------------------------

# SQLite before 3.51.3 can corrupt a database in write-ahead mode (its own changelog, "WAL-reset bug").
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
JOURNAL_MODE = "WAL" if WAL_IS_SAFE else "DELETE"
DATABASES = {
    "default": dj_database_url.parse(read("DATABASE_URL"), conn_max_age=60)
    if read("DATABASE_URL")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR / "throughline.sqlite3")}
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # FULL: an acknowledged save survives a power cut. IMMEDIATE: a transaction of ours always writes, so it takes
        # the write lock at its start and never fails half-way because another took it.
        init_command=f"PRAGMA journal_mode={JOURNAL_MODE}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        transaction_mode="IMMEDIATE",
        timeout=20,
    )
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Sign-in limits are kept here: too small a cache would forget them under an attack with many addresses.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
FILES_ROOT = VAR / "files"

# -- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "throughline.partners.signin.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "throughline.partners.signin.SingleSignOnAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "throughline.partners.signin_forms.SignIn",
    "change_password": "throughline.partners.signin_forms.ChangePassword",
    "reset_password": "throughline.partners.signin_forms.AskForReset",
    "reset_password_from_key": "throughline.partners.signin_forms.ChoosePassword",
    "reauthenticate": "throughline.partners.signin_forms.ShowPassword",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who owns an account hears of every change to how it is signed in to
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Throughline: "
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# The shared setting stands behind one proxy, which says whose request it is; the embedded one behind none.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if EMBEDDED else 1
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account exists only because its address answered an invitation
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key,50/5m/ip"}
MFA_ADAPTER = "throughline.partners.signin.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "throughline.partners.signin_forms.ShowCode",
    "reauthenticate": "throughline.partners.signin_forms.ShowCodeAgain",
    "activate_totp": "throughline.partners.signin_forms.SetUpCodes",
    "add_webauthn": "throughline.partners.signin_forms.AddPasskey",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address answered an invitation, which allauth does not know of
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Throughline"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "single-sign-on",
                    "name": read("THROUGHLINE_OIDC_NAME") or "Single sign-on",
                    "client_id": read("THROUGHLINE_OIDC_CLIENT"),
                    "secret": read("THROUGHLINE_OIDC_SECRET"),
                    "settings": {"server_url": read("THROUGHLINE_OIDC_SERVER")},
                }
            ],
        }
    }
    if read("THROUGHLINE_OIDC_SERVER")
    else {}
)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 12 * 60 * 60 if EMBEDDED else 15 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "throughline.ui.errors.csrf_failed"
if not EMBEDDED:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# -- pages -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing may be stored by way of Django
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # files are served from the package itself: nothing to collect, nothing to forget
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["throughline.files.uploads.LimitedUploadHandler"]

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if read("THROUGHLINE_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = read("THROUGHLINE_MAIL_HOST")
EMAIL_PORT = int(read("THROUGHLINE_MAIL_PORT"))
EMAIL_HOST_USER = read("THROUGHLINE_MAIL_USER")
EMAIL_HOST_PASSWORD = read("THROUGHLINE_MAIL_PASSWORD")
EMAIL_USE_TLS = is_yes("THROUGHLINE_MAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("THROUGHLINE_MAIL_FROM")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"throughline": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
