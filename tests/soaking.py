"""True under `make soak`, which tries every case where `make test` tries a sample."""

import os

IS_SOAKING = "NEWSARCHIVE_SEQUENCES" in os.environ
"""The variable says how many sequences of changes to try."""
