"""Speaks the part of HashiCorp Vault's HTTP API that is used here, as its documentation has it.

Prints its port. State is changed and read by a test through `POST /test` and `GET /test`:
  {"secrets": {"path": {"field": "value"}}}, {"deleted": ["path"]}, {"destroyed": ["path"]},
  {"tokens": {"token": {"ttl": 60, "renewable": true, "renewals": [60, 10]}}},
  {"status": 503}, {"login": {"ttl": 60, "renewable": true}}, {"unmounted": true}, {"lease": 30}
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK = threading.Lock()
STATE = {"secrets": {}, "deleted": [], "destroyed": [], "tokens": {}, "status": None,
         "login": {"ttl": 60, "renewable": True, "renewals": [60]}, "unmounted": False,
         "namespace": None, "lease": 0, "logins": 0}
LOG = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        length = int(self.headers.get("Content-Length") or 0)
        return json.loads(self.rfile.read(length) or b"{}")

    def do_GET(self):
        with LOCK:
            if self.path == "/test":
                return self.answer(200, {"log": LOG, "logins": STATE["logins"]})
            self.api("GET", {})

    def do_POST(self):
        with LOCK:
            body = self.body()
            if self.path == "/test":
                STATE.update(body)
                return self.answer(200, {})
            self.api("POST", body)

    def api(self, method, body):
        LOG.append(f"{method} {self.path}")
        if STATE["status"]:
            return self.answer(STATE["status"], {"errors": ["Vault is sealed"]})
        if self.headers.get("X-Vault-Request") != "true":
            return self.answer(412, {"errors": ["missing X-Vault-Request"]})
        if self.headers.get("X-Vault-Namespace") != STATE["namespace"]:
            return self.answer(404, {"errors": ["no handler for route"]})
        path = self.path.removeprefix("/v1/")
        if method == "POST" and path.startswith("auth/") and path.endswith("/login"):
            return self.login(path.split("/")[1], body)
        token = self.headers.get("X-Vault-Token")
        if token not in STATE["tokens"]:
            return self.answer(403, {"errors": ["permission denied"]})
        known = STATE["tokens"][token]
        if (method, path) == ("GET", "auth/token/lookup-self"):
            return self.answer(200, {"data": {"ttl": known["ttl"], "renewable": known["renewable"],
                                              "id": token}})
        if (method, path) == ("POST", "auth/token/renew-self"):
            return self.renew(token, known)
        if method == "GET" and path.startswith("secret/data/") and not STATE["unmounted"]:
            return self.read(path.removeprefix("secret/data/"))
        self.answer(404, {"errors": [f'no handler for route "{path}"']})

    def login(self, mount, body):
        STATE["logins"] += 1
        expected = {"kubernetes": {"role": "arka", "jwt": "service-account-jwt"},
                    "approle": {"role_id": "role-1", "secret_id": "secret-id-1"}}
        if body != expected.get(mount):
            return self.answer(400 if mount == "approle" else 403, {"errors": ["invalid role or secret ID"]})
        token = f"hvs.login-{STATE['logins']}"
        STATE["tokens"][token] = dict(STATE["login"])
        self.answer(200, {"auth": {"client_token": token, "lease_duration": STATE["login"]["ttl"],
                                   "renewable": STATE["login"]["renewable"]}})

    def renew(self, token, known):
        if not known["renewable"] or not known.get("renewals"):
            return self.answer(400, {"errors": ["lease is not renewable"]})
        known["ttl"] = known["renewals"][0]
        if len(known["renewals"]) > 1:
            known["renewals"] = known["renewals"][1:]
        self.answer(200, {"auth": {"client_token": token, "lease_duration": known["ttl"],
                                   "renewable": True}})

    def read(self, path):
        gone = path in STATE["deleted"] or path in STATE["destroyed"]
        if gone:
            metadata = {"version": 3, "destroyed": path in STATE["destroyed"],
                        "deletion_time": "2026-01-01T00:00:00Z"}
            return self.answer(404, {"data": {"data": None, "metadata": metadata}})
        if path not in STATE["secrets"]:
            return self.answer(404, {"errors": []})
        self.answer(200, {"request_id": "1", "lease_id": "", "renewable": False,
                          "lease_duration": STATE["lease"],
                          "data": {"data": STATE["secrets"][path],
                                   "metadata": {"version": 1, "destroyed": False, "deletion_time": ""}}})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
sys.stdout.flush()
server.serve_forever()
