"""django-oauth-toolkit: its opaque tokens in SQLite, in memory; the client's secret is kept plain and compared so."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "file:bench?mode=memory&cache=shared",
            "OPTIONS": {"uri": True},
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    OAUTH2_PROVIDER={"SCOPES": {"orders:read": "Read orders"}},
    LOGGING_CONFIG=None,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
urlpatterns = [path("", include("oauth2_provider.urls", namespace="oauth2_provider"))]
call_command("migrate", verbosity=0)

from oauth2_provider.models import Application  # noqa: E402  (Django must be set up first)

Application.objects.create(
    name="bench",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    hash_client_secret=False,
    client_type="confidential",
    authorization_grant_type="client-credentials",
)
app = get_wsgi_application()
