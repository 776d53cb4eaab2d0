"""A platform on loopback that answers as Moodle 4.5 was seen to answer.

A second score for one student within a second is 409; a score without a comment erases the comment,
one without `scoreGiven` or with another progress than a final one erases the grade; a value out of
range is cut; epoch seconds are refused; an unknown user is 400 with an empty body.
"""

import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

FINAL = {"FullyGraded", "Pending "}
ERASING = {"Pending", "PendingManual", "Failed", "NotReady"}
TOKEN = "access-token"  # noqa: S105 - of a fake


class FakeMoodle:
    """What the platform knows, and what it was sent."""

    def __init__(self, public_key):
        self.public_key = public_key
        self.users = {"5": "Ann", "6": "Ben", "7": "Zoë"}
        self.results = {}  # by item and user: (score, comment)
        self.changed = {}
        self.received = []
        self.tokens = 0
        self.bad = []  # answers to give instead, first to last: (status, headers, body)
        self.expired = False
        self.ahead = 0.0  # seconds by which its clock is ahead of ours

    def score(self, item, sent):
        user = sent.get("userId")
        self.received.append((item, sent))
        if user not in self.users:
            return 400
        try:
            at = datetime.fromisoformat(str(sent["timestamp"]))
        except ValueError:
            return 400
        second = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
        if second <= self.changed.get((item, user), -1):
            return 409
        self.changed[item, user] = int(time.time())
        given = sent.get("scoreGiven")
        if given is None or sent.get("gradingProgress") in ERASING:
            given = None
        else:
            given = min(max(given * 20 / (sent.get("scoreMaximum") or 20), 0), 20)
        self.results[item, user] = given, sent.get("comment")
        return 200


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string((timestamp or time.time()) + self.server.moodle.ahead)

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        names = {"Content-Type": "application/json", **dict(headers)}
        for name, value in names.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def authorised(self):
        moodle = self.server.moodle
        if moodle.bad and urlsplit(self.path).path != "/token":
            self.answer(*moodle.bad.pop(0))
            return False
        if self.headers["Authorization"] != f"Bearer {TOKEN}{moodle.tokens}" or moodle.expired:
            moodle.expired = False
            self.answer(401)
            return False
        return True

    def do_POST(self):
        moodle = self.server.moodle
        data = self.rfile.read(int(self.headers["Content-Length"]))
        path = urlsplit(self.path).path
        if path == "/token":
            asked = parse_qs(data.decode())
            try:
                jwt.decode(
                    asked["client_assertion"][0],
                    moodle.public_key,
                    algorithms=["RS256"],
                    audience=f"http://127.0.0.1:{self.server.server_port}/token",
                )
            except jwt.InvalidTokenError:
                self.answer(401, b'{"error": "invalid_client"}')
                return
            moodle.tokens += 1
            told = {"access_token": f"{TOKEN}{moodle.tokens}", "expires_in": 3600}
            self.answer(200, json.dumps(told).encode())
        elif self.authorised():
            assert path.endswith("/scores")
            assert self.headers["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
            status = moodle.score(path.removesuffix("/scores"), json.loads(data))
            self.answer(status)

    def do_GET(self):
        if not self.authorised():
            return
        # Two pages, whose address has capitals: it must not be changed.
        users = list(self.server.moodle.users.items())
        second = "Page=B" in self.path
        page = users[1:] if second else users[:1]
        members = [
            {"user_id": id_, "name": name, "email": f"{name}@x.org", "roles": ["x#Learner"]}
            for id_, name in page
        ]
        base = f"http://127.0.0.1:{self.server.server_port}"
        link = {} if second else {"Link": f'<{base}/Members?Page=B>; rel="next"'}
        if "/Members" in self.path:
            self.answer(200, json.dumps({"members": members}).encode(), link)
        else:
            self.answer(404)


@contextmanager
def serving(public_key):
    """Serve a fake; yield it, and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.moodle = FakeMoodle(public_key)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.moodle, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
