"""Writes the YAML blocks of a page that begin with `# some/path` to files, so that the checks read what people read.

usage: snippets.py PAGE FOLDER
"""

import pathlib
import re
import sys

page, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
if not blocks:
    sys.exit(f"error: {page} has no YAML block with a path")
for path, text in blocks:
    file = folder / path
    if file.exists():
        sys.exit(f"error: {page} has two blocks for {path}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
