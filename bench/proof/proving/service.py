"""The service of `bench/calls`, as `bench/calls/with-service` starts it beside a proof."""

import json
import os
import urllib.request


def put_into(phase):
    """Puts the service into a phase for good, whatever its plan was."""
    urllib.request.urlopen(f"{os.environ['CALLS_ENDPOINT']}/phase/{phase}", timeout=5).read()


def keys():
    """Which keys requests bore: for each how many, and when the first and the last came (epoch seconds)."""
    with urllib.request.urlopen(f"{os.environ['CALLS_ENDPOINT']}/keys", timeout=5) as answer:
        return json.loads(answer.read())
