"""Unpack the libraries and C headers of a TensorFlow wheel: unpack_wheel.py WHEEL FOLDER LIBRARY..."""

import sys
import zipfile


def main(wheel, folder, *libraries):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        missing = [name for name in libraries if name not in names]
        if missing:
            sys.exit("the wheel does not hold " + ", ".join(missing))
        headers = [n for n in names if n.startswith("tensorflow/include/") and n.endswith((".h", ".inc"))]
        archive.extractall(folder, [*libraries, *headers])


main(*sys.argv[1:])
