"""``python -m tierslieu_adapters.cli``: the same as ``tierslieu``."""

import sys

from tierslieu_adapters.cli import main

if __name__ == "__main__":
    sys.exit(main())
