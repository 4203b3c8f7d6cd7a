"""The settings of the test runs: a data directory of their own, no settings of the person's shell, cheap passwords."""

import atexit
import os
import shutil
import tempfile

from examhall.config import env

# DATABASE_URL chooses the database under test; everything else that is set would change what the tests see.
for _setting in env.SETTINGS:
    if _setting not in {env.DATABASE_URL, env.DATA_DIR}:
        os.environ.pop(_setting.name, None)

if env.DATA_DIR.name not in os.environ:
    os.environ[env.DATA_DIR.name] = tempfile.mkdtemp(prefix="examhall-test-")
    atexit.register(shutil.rmtree, os.environ[env.DATA_DIR.name], ignore_errors=True)

# Side by side, each test process has uploads of its own.
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ[env.DATA_DIR.name] = os.path.join(os.environ[env.DATA_DIR.name], _worker)  # noqa: PTH118

from examhall.config.settings import *  # noqa: E402, F403 - what the environment gives is read at this import

# Argon2 costs 30 ms a password, which is what it is for; hundreds of test users need none of it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
