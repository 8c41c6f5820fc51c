"""AWS Secrets Manager on this machine: moto, behind a check that computes each signature anew.

Prints its port. The signature is botocore's, from what came over the wire; a request whose own differs
never reaches moto. A test creates and rotates secrets through `POST /test` with `{name: text}`.
"""

import base64
import json
import sys
import time
from calendar import timegm
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from moto import mock_aws

REGION, KEY_ID, KEY, TOKEN = sys.argv[1:5]

mock_aws().start()
CLIENT = boto3.client("secretsmanager", region_name=REGION, aws_access_key_id="moto",
                      aws_secret_access_key="moto")


class Refusal(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def check(headers, body):
    """Compares a request's signature with botocore's."""
    given = dict(part.strip().split("=", 1) for part in
                 headers["Authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(","))
    key_id, _, region, service, end = given["Credential"].split("/")
    if (key_id, region, service, end) != (KEY_ID, REGION, "secretsmanager", "aws4_request"):
        raise Refusal("UnrecognizedClientException", "The security token included is invalid.")
    if headers.get("X-Amz-Security-Token", "") != TOKEN:
        raise Refusal("UnrecognizedClientException", "The security token included is invalid.")
    signed = given["SignedHeaders"].split(";")
    needed = {"host", "x-amz-date", "x-amz-target", "content-type"} | (
        {"x-amz-security-token"} if TOKEN else set())
    if not needed <= set(signed):
        raise Refusal("IncompleteSignature", f"not signed: {needed - set(signed)}")
    request = AWSRequest(method="POST", url=f"http://{headers['Host']}/", data=body,
                         headers={name: headers[name] for name in signed})
    request.context["timestamp"] = headers["X-Amz-Date"]
    auth = SigV4Auth(Credentials(KEY_ID, KEY, TOKEN or None), "secretsmanager", REGION)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    if auth.signature(text, request) != given["Signature"]:
        raise Refusal("InvalidSignatureException", "The request signature we calculated does not match")
    moment = timegm(time.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ"))
    if abs(moment - time.time()) > 300:
        raise Refusal("InvalidSignatureException", "Signature expired")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status = None

    def log_message(self, *arguments):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/test":
            return self.change(json.loads(body))
        try:
            check(self.headers, body)
            if Handler.status:
                return self.answer(Handler.status, {"__type": "InternalServiceError"})
            if self.headers["X-Amz-Target"] != "secretsmanager.GetSecretValue":
                raise Refusal("UnknownOperationException", "")
            found = CLIENT.get_secret_value(**json.loads(body))
            answer = {"Name": found["Name"], "VersionId": found["VersionId"]}
            if "SecretString" in found:
                answer["SecretString"] = found["SecretString"]
            else:
                answer["SecretBinary"] = base64.b64encode(found["SecretBinary"]).decode()
            self.answer(200, answer)
        except Refusal as refusal:
            self.answer(400, {"__type": refusal.kind, "message": str(refusal)})
        except ClientError as error:
            self.answer(400, {"__type": error.response["Error"]["Code"],
                              "Message": error.response["Error"]["Message"]})

    def change(self, body):
        Handler.status = body.get("status")
        for name, text in body.get("secrets", {}).items():
            try:
                CLIENT.create_secret(Name=name, SecretString=text)
            except ClientError:
                CLIENT.put_secret_value(SecretId=name, SecretString=text)
        for name in body.get("binary", []):
            CLIENT.create_secret(Name=name, SecretBinary=b"\xff\x00")
        for name in body.get("deleted", []):
            CLIENT.delete_secret(SecretId=name)
        self.answer(200, {})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
