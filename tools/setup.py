"""Set everything up on a machine that has git, make and python3 only; do nothing where it is done already.

    python3 tools/setup.py           what running needs
    python3 tools/setup.py --test    what the tests need besides

Run by the machine's own python3 with nothing but its standard library. Every step says what it does.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "set-up.txt"
OLDEST = (3, 11)

# What must be there -> the Debian packages that bring it.
FOR_RUNNING = {
    "git": ("git",),
    "npm": ("nodejs", "npm"),
    "ensurepip": ("python3-venv",),
}
FOR_TESTS = {
    "chromium": ("chromium",),
    "soffice": ("libreoffice-writer",),
    "pdftoppm": ("poppler-utils",),
}


class SetupError(Exception):
    """Set-up cannot go on. The message says why, and what to do next."""


def say(sentence: str) -> None:
    """One step, at once."""
    print(f"set-up: {sentence}", flush=True)


def is_there(what: str) -> bool:
    """Whether a program, or a module of this python3, is on the machine."""
    if what == "ensurepip":
        # Debian ships venv without the part that puts pip into a new environment.
        return PYTHON.exists() or importlib.util.find_spec("ensurepip") is not None
    if what == "npm" and (ROOT / "node_modules").is_dir():
        return True
    return shutil.which(what) is not None


def apt_command() -> "list[str] | None":
    """How apt-get can be run here without asking anybody; None where it cannot."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    allowed = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["sudo", "-n", "apt-get"] if allowed else None


def system_packages(wanted: "dict[str, tuple[str, ...]]") -> None:
    """Install the Debian packages of what is missing, where this person may."""
    missing = [package for what, packages in wanted.items() if not is_there(what) for package in packages]
    if not missing:
        say("the system packages are there.")
        return
    line = f"apt-get install --no-install-recommends -y {' '.join(missing)}"
    apt = apt_command()
    if apt is None:
        raise SetupError(f"System packages are missing. Have an administrator run this, then try again:\n  {line}")
    say(f"installing {', '.join(missing)}.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "--no-install-recommends", "-y", "-q", *missing]):
        if subprocess.run([*apt, *step], env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            raise SetupError(f"apt-get could not do it. Run this yourself and see what it says:\n  {line}")


def run(command: "list[object]", failed: str) -> None:
    """Run one step; SetupError with `failed` when it does not succeed."""
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode:
        raise SetupError(failed)


def environment() -> None:
    """The virtual environment, with the pinned installer in it."""
    wanted = next(
        line.split("==")[1].split()[0]
        for line in (ROOT / "requirements-setup.lock").read_text(encoding="ascii").splitlines()
        if line.startswith("uv==")
    )
    if not PYTHON.exists():
        say(f"making .venv with Python {sys.version.split()[0]}.")
        run([sys.executable, "-m", "venv", VENV], "The virtual environment could not be made. See the lines above.")
    has = (
        subprocess.run([str(UV), "--version"], capture_output=True, text=True, check=False).stdout
        if UV.exists()
        else ""
    )
    if f" {wanted}" in has:
        return
    say(f"installing uv {wanted} into .venv.")
    lines = ROOT / "requirements-setup.lock"
    run(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lines],
        "The installer could not be fetched. Check the connection to the package index, then try again.",
    )


def fingerprint(lock: Path) -> str:
    """What the installed packages depend on: the lock, our own description, and this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (lock, ROOT / "pyproject.toml", ROOT / "requirements-setup.lock"):
        digest.update(path.read_bytes())
    return f"{lock.name} {digest.hexdigest()}"


def packages(*, test: bool) -> None:
    """The packages of the lock, exactly, and Throughline itself. Test tools that are there already may stay."""
    locks = [ROOT / "requirements-test.lock"] if test else [ROOT / "requirements.lock", ROOT / "requirements-test.lock"]
    installed = STAMP.read_text(encoding="ascii").strip() if STAMP.exists() else ""
    if installed in {fingerprint(lock) for lock in locks} and (VENV / "bin" / "throughline").exists():
        say("the Python packages are those of the lock.")
        return
    lock = locks[0]
    STAMP.unlink(missing_ok=True)
    say(f"installing the packages of {lock.name}.")
    run(
        [UV, "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", lock],
        "The packages could not be fetched. Check the connection to the package index, then try again.",
    )
    say("installing Throughline itself.")
    run(
        [UV, "pip", "install", "-q", "--python", PYTHON, "--no-deps",
         "--build-constraint", ROOT / "requirements-setup.lock", "-e", ROOT],
        "Throughline could not be installed. See the lines above.",
    )  # fmt: skip
    STAMP.write_text(fingerprint(lock) + "\n", encoding="ascii")


def main(arguments: "list[str]") -> int:
    """Do what is needed. 0 when all is in place, 2 with what to do on standard error when it cannot be."""
    test = "--test" in arguments
    try:
        if sys.version_info < OLDEST:
            raise SetupError(
                f"This is Python {sys.version.split()[0]}; Throughline needs 3.11 or later. Install python3.11."
            )
        system_packages({**FOR_RUNNING, **FOR_TESTS} if test else FOR_RUNNING)
        environment()
        packages(test=test)
        run([PYTHON, "tools/assets.py"], "The look could not be put in place. See the lines above.")
    except SetupError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 2
    say("done.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
