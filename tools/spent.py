"""Runs a command, then prints the processor time that it and all its processes took."""

import resource
import subprocess
import sys
import time

start = time.monotonic()
code = subprocess.run(sys.argv[1:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    f"{used.ru_utime + used.ru_stime:.0f} s of processor time"
    f" ({used.ru_utime:.0f} user, {used.ru_stime:.0f} system), {time.monotonic() - start:.0f} s by the clock"
)
sys.exit(code)
