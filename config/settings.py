"""Django settings, from the environment variables that config/environment.py reads."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config.broker import broker_settings
from config.environment import read_environment

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_environment(os.environ, BASE_DIR)

DEMONSTRATION = ENVIRONMENT.demonstration
DEBUG = ENVIRONMENT.debug
IS_PRODUCTION = not DEMONSTRATION and not DEBUG
SECRET_KEY = ENVIRONMENT.secret_key
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts or ([] if IS_PRODUCTION else LOCAL_HOSTS)
BASE_URL = ENVIRONMENT.base_url
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.csrf_trusted_origins
CSRF_FAILURE_VIEW = "accounts.views.old_form.csrf_failure"
DATA_DIR = ENVIRONMENT.data_dir
REDIS_URL = ENVIRONMENT.redis_url

INSTALLED_APPS = [
    "config",
    "governance",
    "benefits",
    "services",
    "programme",
    "accounts",
    "core",
    "axes",
    "csp",
    "django_filters",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.private_pages.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.kept_words.KeepWords",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.page",
            ],
        },
    },
]
FORM_RENDERER = "core.forms.renderer.GovukRenderer"

# Database, cache, sessions

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_AGE = 12 * 60 * 60

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PersonBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Ten wrong passwords for one person from one address close that pair for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# What the sign-in form and the token route call the address; left out, attempts are kept without a name.
AXES_USERNAME_FORM_FIELD = "username"
# One person is one name, however an address is typed; else each mix of capitals would get its own ten tries.
AXES_USERNAME_CALLABLE = "accounts.signed_in.attempted_address"
# Behind a proxy all come from one address; then ten tries of anybody would close it to everybody.
AXES_CLIENT_IP_CALLABLE = "core.throttling.visitor_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Uploaded documents: under the data folder, served by no address but a view that asks who may read.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.StaticStorage",
    },
}
MEDIA_ROOT = DATA_DIR / "documents"

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Charts offer a picture of themselves, which the browser holds as a data address.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
if ENVIRONMENT.secure_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
# A grid of 200 lines over ten years is sent whole.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Mail

EMAIL_BACKEND = ENVIRONMENT.email["EMAIL_BACKEND"]
EMAIL_FILE_PATH = ENVIRONMENT.email.get("EMAIL_FILE_PATH")
EMAIL_HOST = ENVIRONMENT.email.get("EMAIL_HOST", "")
EMAIL_PORT = ENVIRONMENT.email.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = ENVIRONMENT.email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENVIRONMENT.email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENVIRONMENT.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENVIRONMENT.email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = ENVIRONMENT.email.get("EMAIL_TIMEOUT")
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from

# What carries reminders; all other mail goes as EMAIL_URL says.
REMINDER_CHANNEL = ENVIRONMENT.reminder_channel
NOTIFY_API_KEY = ENVIRONMENT.notify_api_key
NOTIFY_TEMPLATE_ID = ENVIRONMENT.notify_template_id
NOTIFY_CALLBACK_TOKEN = ENVIRONMENT.notify_callback_token
NOTIFY_URL = ENVIRONMENT.notify_url

# Tasks

CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = broker_settings(REDIS_URL, DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 60
CELERY_TASK_DEFAULT_QUEUE = "concordat"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 9 * 60
CELERY_TASK_TIME_LIMIT = 10 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# API

# How often one address may ask for pages and data that nobody signs in for.
OPEN_REQUESTS_A_MINUTE = 120

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.JsonParser"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.OrderingFilter",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.problems.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # Whose address counts: what the one trusted proxy says, or who is connected.
    "NUM_PROXIES": 1 if ENVIRONMENT.secure_proxy else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Concordat",
    "DESCRIPTION": "Programmes of councils that share services: milestones, decisions, savings against plan.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "CallInOutcomeEnum": "governance.enums.CallInOutcome",
        "DecisionKindEnum": "governance.enums.DecisionKind",
        "AgreementKindEnum": "programme.enums.AgreementKind",
        "DeliveryConfidenceEnum": "programme.api.judgements.POINTS",
        "SubjectEnum": "benefits.enums.EquitySubject",
        "JudgementSubjectEnum": "programme.enums.JudgementSubject",
        "BodyTypeEnum": "governance.enums.BodyType",
        "InterestKindEnum": "governance.enums.InterestKind",
        "BenefitKindEnum": "benefits.enums.BenefitKind",
        "BenefitStateEnum": "benefits.enums.BenefitState",
        "BenefitStepEnum": "benefits.enums.BenefitStep",
        "PartnershipModelEnum": "programme.enums.PartnershipModel",
        "ProposalStateEnum": "benefits.enums.ProposalState",
        "MapStepKindEnum": "benefits.enums.MapStepKind",
        "KeyBasisEnum": "services.enums.KeyBasis",
        "LineKindEnum": "services.enums.LineKind",
        "CaseStateEnum": "services.enums.CaseState",
        "ConfidenceEnum": "services.enums.Confidence",
        "DoubleCountKindEnum": "benefits.enums.DoubleCountKind",
        "DoubleCountOutcomeEnum": "benefits.enums.DoubleCountOutcome",
        "UrgencyEnum": "governance.enums.Urgency",
        "GateUrgencyEnum": "programme.enums.GateUrgency",
        "DayUnitEnum": "programme.enums.DayUnit",
        "CompensationBasisEnum": "services.enums.TestBasis",
        "ConsultationKindEnum": "services.enums.ConsultationKind",
        "MeasureKindEnum": "services.enums.MeasureKind",
        "MilestoneKindEnum": "programme.enums.MilestoneKind",
        "MilestoneStateEnum": "programme.enums.MilestoneState",
        "PhaseStateEnum": "programme.enums.PhaseState",
        "ScrutinyResponseStateEnum": "governance.enums.ResponseState",
        "MailStageEnum": "programme.enums.Stage",
        "StageEnum": "services.enums.CaseStage",
        "ReviewStateEnum": "services.enums.ReviewState",
        "ServiceKindEnum": "services.enums.ServiceKind",
        "ServiceStatusEnum": "services.enums.ServiceStatus",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Deep links would be links inside buttons, which some screen readers cannot reach.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False, "persistAuthorization": False},
}

# Messages of the running product go to standard error, one line each, for whatever gathers them.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django": {"handlers": [], "propagate": True},
        # Both tell every step of every document.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
