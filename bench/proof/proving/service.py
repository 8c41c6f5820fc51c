"""The service of `bench/calls`, as `bench/calls/with-service` starts it beside a proof."""

import os
import urllib.request


def put_into(phase):
    """Puts the service into a phase for good, whatever its plan was."""
    urllib.request.urlopen(f"{os.environ['CALLS_ENDPOINT']}/phase/{phase}", timeout=5).read()
