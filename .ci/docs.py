"""Every relative link of the documents leads somewhere: to a file, and to a title in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def main() -> int:
    """Print the broken links, and answer 1 when there are any."""
    broken = [
        f"{page}: {target}{'#' + anchor if anchor else ''}"
        for page in pages()
        for target, anchor in LINK.findall(prose(page))
        if not leads_somewhere(page.parent / target if target else page, anchor)
    ]
    print("\n".join(["Liens rompus :", *broken]) if broken else "Documents : tous les liens mènent quelque part.")
    return 1 if broken else 0


def pages() -> list[Path]:
    """Markdown files that are, or could be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],  # noqa: S607  the git of the path
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [page for line in listed.splitlines() if (page := Path(line)).exists()]


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def leads_somewhere(target: Path, anchor: str) -> bool:
    if not target.exists():
        return False
    return not anchor or anchor in {slug(title) for title in TITLE.findall(prose(target))}


def slug(title: str) -> str:
    """Give the anchor that forges derive from a title."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
