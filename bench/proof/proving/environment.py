"""Puts the calling tool into a Python environment that has the pinned Kafka client.

The client is confluent-kafka from PyPI with a librdkafka of its own: a reader that shares no code
with the engine, not even the library's version.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
REQUIREMENTS = PROJECT / "bench/proof/requirements.txt"
FOLDER = Path(os.environ.get("ARKA_VENV", PROJECT / ".build/venv"))


def enter():
    """Restarts this program inside the environment, which is made first where it is missing."""
    if Path(sys.prefix).resolve() == FOLDER.resolve():
        return
    provide()
    python = str(FOLDER / "bin/python")
    os.execv(python, [python, *sys.argv])


def provide():
    """Makes the environment unless it is complete; safe where several tools start at once."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    complete = FOLDER / "arka-requirements.sha256"
    with open(FOLDER.parent / f".{FOLDER.name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if complete.exists() and complete.read_text() == wanted:
            return
        print(f"making {FOLDER} with {REQUIREMENTS.read_text().strip()} from PyPI", file=sys.stderr)
        try:
            subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True, stdout=sys.stderr)
            subprocess.run([FOLDER / "bin/pip", "install", "--quiet", "--disable-pip-version-check",
                            "--requirement", REQUIREMENTS], check=True, stdout=sys.stderr)
        except subprocess.CalledProcessError as error:
            sys.exit(f"cannot make {FOLDER}: {error} (Debian: apt-get install python3-venv)")
        complete.write_text(wanted)
