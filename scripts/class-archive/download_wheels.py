"""Download wheels for another Python and platform than this one: download_wheels.py RELEASE SYSTEM MACHINE PIP_ARGUMENT..."""

import sys

from pip._internal.cli.main import main as pip
from pip._vendor.packaging import markers

release, system, machine, *arguments = sys.argv[1:]
version = release.rpartition(".")[0]
own = markers.default_environment
asked = []


def environment():
    asked.append(True)
    theirs = {"python_version": version, "platform_machine": machine}
    for name in ("python_full_version", "implementation_version"):
        theirs[name] = release
    theirs["sys_platform"] = system
    theirs["platform_system"] = {"linux": "Linux", "darwin": "Darwin"}[system]
    return own() | theirs


# pip's options choose among wheels, but conditions such as 'python_version < "3.11"' in what these require are still
# asked of the Python that runs.
markers.default_environment = environment
status = pip(["download", "--python-version", release, *arguments])
if status == 0 and not asked:
    sys.exit("this pip reads conditions in another way than this script knows: use Python 3.10 to 3.14 with its own pip")
sys.exit(status)
