#!/bin/sh
# A virtual environment in .venv. Debian splits `ensurepip` off Python, so pip may have to come from outside.
set -e
[ -x .venv/bin/python ] && exit 0
"$1" -m venv .venv 2>/dev/null && exit 0
rm -rf .venv
"$1" -m venv --without-pip .venv
"$1" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check pip
