"""A real LTI 1.3 platform: lti-consumer-xblock behind Django's own server, on loopback alone.

`python platform_server.py FOLDER` reads `tool.pub` there, makes a database, one tool with one line
item, writes `platform.json` (addresses and the client's id) and serves until it is ended.
"""

import json
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

FOLDER = Path(sys.argv[1])


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def configure(base):
    settings.configure(
        SECRET_KEY="only on loopback",  # noqa: S106 - it signs nothing that counts
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
        USE_TZ=True,
        TIME_ZONE="UTC",
        LMS_ROOT_URL=base,
        LMS_BASE=base.partition("//")[2],
        LTI_BASE=base,
        LTI_API_BASE=base,
        USAGE_ID_PATTERN=r"(?P<usage_id>(?:i4x://?[^/]+/[^/]+/[^/]+/[^@]+(?:@[^/]+)?)|(?:[^/]+))",
        ROOT_URLCONF="platform_urls",
        MIDDLEWARE=[],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sites",
            "config_models",
            "rest_framework",
            "lti_consumer",
        ],
        SITE_ID=1,
        FEATURES={},
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "platform.db")}
        },
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )


def main():
    # The port is known before anything is configured with it.
    answer = {}

    def serve(*request):
        return answer["with"](*request)

    server = make_server("127.0.0.1", 0, serve, handler_class=Silent)
    base = f"http://127.0.0.1:{server.server_port}"
    configure(base)
    sys.path.insert(0, str(Path(__file__).parent))
    django.setup()
    # ruff: noqa: PLC0415 - models can be imported once Django is set up
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from lti_consumer.models import Lti1p3Passport, LtiAgsLineItem, LtiConfiguration

    call_command("migrate", verbosity=0)
    passport = Lti1p3Passport.objects.create(
        lti_1p3_tool_public_key=(FOLDER / "tool.pub").read_text()
    )
    tool = LtiConfiguration.objects.create(
        version=LtiConfiguration.LTI_1P3,
        config_store=LtiConfiguration.CONFIG_ON_DB,
        lti_advantage_ags_mode=LtiConfiguration.LTI_ADVANTAGE_AGS_PROGRAMMATIC,
        lti_1p3_passport=passport,
    )
    item = LtiAgsLineItem.objects.create(
        lti_configuration=tool, resource_id="ex11", label="Softmax", score_maximum=20
    )
    answer["with"] = get_wsgi_application()
    told = {
        "issuer": base,
        "client_id": passport.lti_1p3_client_id,
        "token_url": f"{base}/api/lti_consumer/v1/token/{passport.passport_id}",
        "line_item": f"{base}/api/lti_consumer/v1/lti/{tool.id}/lti-ags/{item.id}",
        "other_item": f"{base}/api/lti_consumer/v1/lti/{tool.id}/lti-ags/999",
    }
    (FOLDER / "platform.json.new").write_text(json.dumps(told))
    (FOLDER / "platform.json.new").rename(FOLDER / "platform.json")
    server.serve_forever()


main()
