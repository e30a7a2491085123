"""install.py REQUIREMENTS VENV: a virtual environment with exactly these packages, made once.

The kernel holds the lock and frees it when a run dies, so two runs at once wait for each other. An environment without
its mark was left half-made and is made anew. An installation that is stopped removes what it has made.
"""

import fcntl
import pathlib
import shutil
import signal
import subprocess
import sys
import venv

signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))

requirements, home = sys.argv[1], pathlib.Path(sys.argv[2])
complete = home / ".complete"
home.parent.mkdir(parents=True, exist_ok=True)

with open(f"{home}.lock", "w", encoding="utf-8") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not complete.exists():
        shutil.rmtree(home, ignore_errors=True)
        try:
            venv.create(home, with_pip=True, symlinks=True)
            pip = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
            subprocess.run([*pip, "--only-binary", ":all:", "-r", requirements], check=True)
            complete.touch()
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
