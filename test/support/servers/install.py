"""install.py REQUIREMENTS VENV: a virtual environment with exactly these packages, made once.

The kernel holds the lock and frees it when a run dies, so two runs at once wait for each other. An environment without
its mark was left half-made and is made anew.
"""

import fcntl
import pathlib
import shutil
import subprocess
import sys
import venv

requirements, home = sys.argv[1], pathlib.Path(sys.argv[2])
complete = home / ".complete"
home.parent.mkdir(parents=True, exist_ok=True)

with open(f"{home}.lock", "w", encoding="utf-8") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not complete.exists():
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True, symlinks=True)
        pip = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*pip, "--only-binary", ":all:", "-r", requirements], check=True)
        complete.touch()
