"""`python -m streams` is the command `news-alerts`."""

from streams.cli import main

if __name__ == "__main__":
    main()
