"""Says so before an installation would run out of disk: `space.py GIGABYTES`. Standard library only."""

import shutil
import sys

free = shutil.disk_usage(".").free / 1e9
if free < float(sys.argv[1]):
    sys.exit(f"Bankhall needs about {sys.argv[1]} GB of free disk here to set itself up; {free:.1f} GB are free.")
