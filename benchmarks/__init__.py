"""What is measured, and how what ships is trained; run as `python -m benchmarks.NAME`, never by the service."""

import os

# Before anything loads NumPy: figures are of one core.
os.environ.setdefault("OMP_NUM_THREADS", "1")
