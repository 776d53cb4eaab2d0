#!/usr/bin/env bash
# PyLTI1p3 asks for the next page of a list at an address in small letters.
#
# Versions: PyLTI1p3 2.0.0 (PyPI), Python 3.
# Sources: names and roles (NRPS 2.0, section 2.5) and line items (AGS 2.0) are read page by page: the
# header `Link: <address>; rel="next"` names the next one. An address is case-sensitive behind the host
# (RFC 3986, section 6.2.2.1).
#
# Seen: pylti1p3/service_connector.py lowers the whole header before it looks for the address. A platform
# whose next page is …/Members?Page=B is asked for …/members?page=b: an error there, or
# another page; everybody on later pages is missing. Nothing is said.
# What helps: take the header from the answer's own headers, and read it with requests.utils.parse_header_links.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet PyLTI1p3==2.0.0

env/bin/python - <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector


class Platform(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        body = json.dumps({"members": []}).encode()
        self.send_response(200)
        self.send_header("Link", f'<http://127.0.0.1:{self.server.server_port}/Members?Page=B>; rel="next"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = HTTPServer(("127.0.0.1", 0), Platform)
threading.Thread(target=server.serve_forever, daemon=True).start()
connector = ServiceConnector(Registration())
connector.get_access_token = lambda scopes: "token"
page = connector.make_service_request([], f"http://127.0.0.1:{server.server_port}/Members")
print("the header:     ", page["headers"]["Link"])
print("the next page:  ", page["next_page_url"])
assert page["next_page_url"].endswith("/members?page=b"), "this has changed"
PYTHON
