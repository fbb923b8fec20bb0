"""The desk for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "letterdesk.desk.config")
application = get_wsgi_application()
