"""The system libraries that Qt needs on Linux: found by loading them, installed by apt where possible."""

import contextlib
import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from trouble import TroubleError

# What the Qt of the lock file asks of the system (ELF NEEDED of QtGui, QtWidgets, QtNetwork, the xcb, wayland
# and offscreen platforms and the CUPS plugin), less what every Debian has or what these bring along.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
OLDEST_GLIBC = (2, 34)


def provide() -> None:
    """See to it that Qt can be loaded and a virtual environment made; says nothing when all is there."""
    if not sys.platform.startswith("linux"):
        return
    _check_glibc()
    missing = [soname for soname in LIBRARIES if not _loads(soname)]
    packages = [LIBRARIES[soname] for soname in missing]
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
        missing.append("the module ensurepip of this Python")
    if not packages:
        return
    if not shutil.which("apt-get"):
        msg = f"the system lacks {', '.join(missing)}: install them with its package manager and try again."
        raise TroubleError(msg)
    _install(packages)


def _check_glibc() -> None:
    kind, version = platform.libc_ver()
    if kind != "glibc":
        msg = "Qt's wheels need a Linux with glibc (not musl): use Debian 12, Ubuntu 22.04 or newer."
        raise TroubleError(msg)
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_GLIBC:
        msg = (
            f"Qt's wheels need glibc 2.34 or newer and this system has {version}: use a newer release of it."
        )
        raise TroubleError(msg)


def _loads(soname: str) -> bool:
    with contextlib.suppress(OSError):
        ctypes.CDLL(soname)
        return True
    return False


def _install(packages: list[str]) -> None:
    """Install by apt as root or by sudo; with neither, raise the exact line to give."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", *packages]
    by_hand = f"sudo apt-get update && sudo {' '.join(install)}"
    prefix = _as_root()
    if prefix is None:
        msg = f"Qt needs system libraries that this user may not install; give this line first: {by_hand}"
        raise TroubleError(msg)
    print(f"Installing {len(packages)} system packages: {' '.join(packages)}", flush=True)
    update = ["apt-get", "update"]
    # A fresh machine has no package lists, an old one stale ones; where they are good no update is needed.
    if _has_lists() and _apt(prefix, install) == 0:
        return
    _apt(prefix, update)
    if _apt(prefix, install) != 0:
        msg = f"apt could not install Qt's system libraries (its reason is above); try by hand: {by_hand}"
        raise TroubleError(msg)


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        return ["sudo"]
    silent = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if silent.returncode == 0 else None


def _has_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _apt(prefix: list[str], command: list[str]) -> int:
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command, "-qq"]
    return subprocess.call(quiet, stdin=None if prefix == ["sudo"] else subprocess.DEVNULL)
