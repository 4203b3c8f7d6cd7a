#!/bin/sh
# Make or update the virtual environment: install.sh VENV runtime|dev
set -eu

venv=$1
set_name=$2
here=$(dirname "$0")

fits() {
  command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null
}

python=
for candidate in python3.11 python3 python; do
  if fits "$candidate"; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "examhall needs Python 3.11: no python3.11, python3 or python of that version was found." >&2
  exit 1
fi

# No stamp: never completed. Whatever is there may be half an installation.
if [ ! -e "$venv/.installed-runtime" ] && [ ! -e "$venv/.installed-dev" ] || ! fits "$venv/bin/python"; then
  "$python" -m venv --clear "$venv"
fi
rm -f "$venv/.installed-runtime" "$venv/.installed-dev"

echo "Installing the $set_name requirements into $venv (once; they are pinned by hash) ..."
pip="$venv/bin/python -m pip -qq --disable-pip-version-check"
# The pins are complete, so nothing is resolved: older versions of pip would take a new release for a pin with extras.
$pip install --require-hashes --no-deps --requirement "$here/$set_name.txt"
# With the pinned build backend of the requirements, so that nothing unpinned is fetched for it.
$pip install --no-deps --no-build-isolation --editable "$here/.."

touch "$venv/.installed-runtime"
if [ "$set_name" = dev ]; then
  touch "$venv/.installed-dev"
fi
