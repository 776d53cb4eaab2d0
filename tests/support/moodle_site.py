"""A Moodle site on the loopback address, as far as `grader moodle` speaks to one.

It answers as a real one was seen to: with status 200 whatever happens, null for a grade out of
range, of which it stores "no grade" and the comment; a comment that is not sent along is lost; the
files of a draft area replace all that were there.
"""

import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "a1b2c3d4e5f60718293a4b5c6d7e8f90"  # noqa: S105 - of a site that is none
OTHER = "ffffffffffffffffffffffffffffffff"
FUNCTIONS = [
    "core_webservice_get_site_info",
    "mod_assign_get_assignments",
    "mod_assign_get_submissions",
    "mod_assign_get_grades",
    "mod_assign_get_user_flags",
    "mod_assign_list_participants",
    "mod_assign_get_submission_status",
    "mod_assign_save_grade",
    "core_enrol_get_enrolled_users",
    "core_group_get_course_groups",
]
ASSIGNMENT, CMID, COURSE = 5, 42, 3


@dataclass
class Request:
    """One request as it came."""

    path: str
    query: str
    form: dict[str, str]
    headers: dict[str, str]

    @property
    def function(self) -> str:
        return self.form.get("wsfunction", self.path)


@dataclass
class Fault:
    """What the next requests of a function get instead of an answer."""

    function: str
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False  # the function is done, and the answer lost
    drop: bool = False  # the connection ends without an answer


@dataclass
class Held:
    """What the site holds of one student."""

    grade: Decimal | None = None
    modified: int = 0
    comment: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    workflow: str = ""


class FakeSite:
    """The data of the site; tests change it as people would."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.functions = list(FUNCTIONS)
        self.tokens = {TOKEN: (7, "Thea Teacher"), OTHER: (8, "Otto Other")}
        self.clock = 1_800_000_000
        self.assignment: dict[str, Any] = {
            "id": ASSIGNMENT,
            "cmid": CMID,
            "course": COURSE,
            "name": "Softmax",
            "grade": 4,
            "duedate": 1_790_000_000,
            "teamsubmission": 0,
            "markingworkflow": 0,
            "blindmarking": 0,
            "introattachments": [],
        }
        self.people: dict[int, dict[str, Any]] = {}
        self.submissions: dict[int, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.flags: dict[int, dict[str, Any]] = {}
        self.held: dict[int, Held] = {}
        self.drafts: dict[int, dict[str, bytes]] = {}
        self.groups = [{"id": 110, "name": "Green", "courseid": COURSE}]
        self.address = ""

    def person(self, user: int, name: str, team: int = 0, **more: Any) -> None:
        found = {
            "id": user,
            "username": f"u{user}",
            "email": f"{user}@x.org",
            "idnumber": "",
            **more,
        }
        self.people[user] = {
            "fullname": name,
            "groupid": team,
            "groupname": f"Team {team}",
            **found,
        }

    def hand_in(
        self,
        user: int,
        files: dict[str, bytes],
        *,
        status: str = "submitted",
        team: int = 0,
        text: str = "",
        attempt: int = 0,
    ) -> None:
        """Let somebody hand in, or a team where ``user`` is 0."""
        number = 1000 + (team or user)
        self.clock += 10
        stored = []
        for path, data in files.items():
            folder, _, name = path.rpartition("/")
            place = f"9/assignsubmission_file/{number}/{len(self.files)}"
            url = f"{self.address}/webservice/pluginfile.php/{place}"
            self.files[urlsplit(url).path] = data
            stored.append(
                {
                    "filename": name,
                    "filepath": f"/{folder}/" if folder else "/",
                    "filesize": len(data),
                    "fileurl": url,
                    "timemodified": self.clock,
                    "mimetype": "text/x-python",
                }
            )
        plugins: list[dict[str, Any]] = [
            {
                "type": "file",
                "name": "File submissions",
                "fileareas": [{"area": "submission_files", "files": stored}],
            },
            {"type": "comments", "name": "Submission comments"},
        ]
        if text:
            field_ = {"name": "onlinetext", "description": "", "text": text, "format": 1}
            plugins.append({"type": "onlinetext", "name": "Online text", "editorfields": [field_]})
        self.submissions[number] = {
            "id": number,
            "userid": user,
            "groupid": team,
            "attemptnumber": attempt,
            "timecreated": 1,
            "timemodified": self.clock,
            "status": status,
            "latest": 1,
            "plugins": plugins,
            "gradingstatus": "notgraded",
        }

    def of(self, function: str) -> list[Request]:
        return [one for one in self.requests if one.function == function]

    # -- the functions -----------------------------------------------------------------------------

    def answer(self, user: int, form: dict[str, str]) -> Any:
        function = form["wsfunction"]
        if function not in self.functions:
            return _error("accessexception", "Access control exception")
        if user != 7 and function != "core_webservice_get_site_info":
            return self._of_another(function)
        return getattr(self, function)(form)

    def _of_another(self, function: str) -> Any:
        if function == "mod_assign_get_assignments":
            return {"courses": [], "warnings": []}
        return _error("nopermissions", "Sorry, you do not have permissions to do that (Grade)")

    def core_webservice_get_site_info(self, form: dict[str, str]) -> Any:
        user, name = self.tokens[form["wstoken"]]
        functions = [{"name": one, "version": "2024100700"} for one in self.functions]
        return {"sitename": "X", "userid": user, "fullname": name, "functions": functions}

    def mod_assign_get_assignments(self, form: dict[str, str]) -> Any:
        assert form["capabilities[0]"] == "mod/assign:grade"
        course = {"id": COURSE, "fullname": "Neural networks", "assignments": [self.assignment]}
        return {"courses": [course], "warnings": []}

    def mod_assign_get_submissions(self, form: dict[str, str]) -> Any:
        return self._of_assignment(form, "submissions", list(self.submissions.values()))

    def mod_assign_get_grades(self, form: dict[str, str]) -> Any:
        grades = [
            {
                "id": user,
                "userid": user,
                "attemptnumber": 0,
                "timemodified": held.modified,
                "grader": 7,
                "grade": f"{Decimal(-1) if held.grade is None else held.grade:.5f}",
            }
            for user, held in self.held.items()
        ]
        return self._of_assignment(form, "grades", grades)

    def mod_assign_get_user_flags(self, form: dict[str, str]) -> Any:
        flags = [
            {
                "id": user,
                "userid": user,
                "locked": 0,
                "mailed": 0,
                "extensionduedate": 0,
                "workflowstate": None,
                "allocatedmarker": 0,
                **more,
            }
            for user, more in self.flags.items()
        ]
        return self._of_assignment(form, "userflags", flags)

    def _of_assignment(self, form: dict[str, str], name: str, found: list[Any]) -> Any:
        assert form["assignmentids[0]"] == str(ASSIGNMENT)
        if not found:
            warning = {
                "item": "module",
                "itemid": ASSIGNMENT,
                "warningcode": "3",
                "message": "none",
            }
            return {"assignments": [], "warnings": [warning]}
        return {"assignments": [{"assignmentid": ASSIGNMENT, name: found}], "warnings": []}

    def mod_assign_list_participants(self, form: dict[str, str]) -> Any:
        assert form["assignid"] == str(ASSIGNMENT)
        known = ("id", "fullname", "groupid", "groupname")
        return [{name: one[name] for name in known} for one in self.people.values()]

    def core_enrol_get_enrolled_users(self, form: dict[str, str]) -> Any:
        assert form["courseid"] == str(COURSE)
        known = ("id", "username", "email", "idnumber", "lang")
        return [{name: one[name] for name in known if name in one} for one in self.people.values()]

    def core_group_get_course_groups(self, form: dict[str, str]) -> Any:
        assert form["courseid"] == str(COURSE)
        return self.groups

    def mod_assign_get_submission_status(self, form: dict[str, str]) -> Any:
        held = self.held.get(int(form["userid"]))
        if held is None:
            return {"lastattempt": {}, "warnings": []}
        raw = form.get("moodlewssettingraw") == "1"
        text = held.comment or ""
        comment = text if raw else re.sub("<[^>]*>", "", text)
        files = []
        for name, data in held.files.items():
            path = f"/webservice/pluginfile.php/9/assignfeedback_file/{form['userid']}/{name}"
            self.files[f"{urlsplit(self.address).path}{path}"] = data
            files.append(
                {
                    "filename": name,
                    "filepath": "/",
                    "filesize": len(data),
                    "fileurl": f"{self.address}{path}",
                    "timemodified": 1,
                }
            )
        fields = [{"name": "comments", "description": "", "text": comment, "format": 1}]
        plugins = [
            {"type": "comments", "name": "Feedback comments", "editorfields": fields},
            {
                "type": "file",
                "name": "Files",
                "fileareas": [{"area": "feedback_files", "files": files}],
            },
        ]
        return {
            "feedback": {"grade": {"grade": "1"}, "gradefordisplay": "1", "plugins": plugins},
            "lastattempt": {},
            "warnings": [],
        }

    def mod_assign_save_grade(self, form: dict[str, str]) -> Any:
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", form["grade"]):
            return _error("invalidparameter", "Invalid parameter value detected")
        points, user = Decimal(form["grade"]), int(form["userid"])
        team = self.people[user]["groupid"]
        whole = form["applytoall"] == "1" and self.assignment["teamsubmission"] and team
        users = (
            [one for one, data in self.people.items() if data["groupid"] == team]
            if whole
            else [user]
        )
        self.clock += 10
        for one in users:
            held = self.held.setdefault(one, Held())
            held.grade = points if 0 <= points <= self.assignment["grade"] else None
            held.modified = self.clock
            held.comment = form.get("plugindata[assignfeedbackcomments_editor][text]")
            held.workflow = form["workflowstate"]
            if "plugindata[files_filemanager]" in form:
                held.files = dict(self.drafts[int(form["plugindata[files_filemanager]"])])
        return None

    def upload(self, form: dict[str, str], name: str, data: bytes) -> Any:
        if form.get("filearea") != "draft":
            return _error("privatefilesupload", "Use the draft area")
        number = int(form.get("itemid", "0")) or 700 + len(self.drafts)
        area = self.drafts.setdefault(number, {})
        if name in area:
            return [{"filename": name, "errortype": "filenameexist", "error": "It exists"}]
        area[name] = data
        return [{"component": "user", "filearea": "draft", "filename": name, "itemid": number}]


def _error(code: str, message: str) -> dict[str, str]:
    return {"exception": "moodle_exception", "errorcode": code, "message": message}


class _Handler(BaseHTTPRequestHandler):
    site: FakeSite
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._send(405, b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = urlsplit(self.path)
        form, name, data = self._form(body)
        request = Request(parts.path, parts.query, form, dict(self.headers.items()))
        self.site.requests.append(request)
        fault = next(
            (one for one in self.site.faults if one.function == request.function and one.times),
            None,
        )
        if fault is not None:
            fault.times -= 1
        if fault is None or fault.after:
            answer = self._answer(parts.path, form, name, data)
        if fault is None:
            self._send(200, answer)
        elif fault.drop or fault.after:
            self.close_connection = True
            self.connection.close()
        else:
            self._send(fault.status, fault.body, fault.headers)

    def _answer(self, path: str, form: dict[str, str], name: str, data: bytes) -> bytes:
        token = form.get("wstoken") or form.get("token") or ""
        if token not in self.site.tokens:
            return json.dumps(_error("invalidtoken", f"Invalid token {token}")).encode()
        base = urlsplit(self.site.address).path
        place = path.removeprefix(base)
        if place == "/webservice/rest/server.php":
            return json.dumps(self.site.answer(self.site.tokens[token][0], form)).encode()
        if place == "/webservice/upload.php":
            return json.dumps(self.site.upload(form, name, data)).encode()
        if path in self.site.files:
            return self.site.files[path]
        return json.dumps(
            _error("filenotfound", "Sorry, the requested file could not be found")
        ).encode()

    def _form(self, body: bytes) -> tuple[dict[str, str], str, bytes]:
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("multipart/"):
            return dict(parse_qsl(body.decode(), keep_blank_values=True)), "", b""
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
        form, name, data = {}, "", b""
        for part in message.iter_parts():
            content = bytes(part.get_payload(decode=True) or b"")
            if part.get_filename() is None:
                key = part.get_param("name", header="content-disposition")
                form[str(key)] = content.decode()
            else:
                name, data = str(part.get_filename()), content
        return form, name, data

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def fake_site(path: str = "/moodle", certificate: Path | None = None) -> Iterator[FakeSite]:
    """Serve a site on a free port; ``certificate``: with its key, over TLS."""
    site = FakeSite()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    scheme = "http" if certificate is None else "https"
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site.address = f"{scheme}://127.0.0.1:{server.server_address[1]}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
