"""The command `news-alerts`: one file per noun, text for people, `--json` for programs.

Data goes to stdout, everything else to stderr. `main` is the one place where an error becomes an
exit code (`exits`); commands raise errors of the tree and print nothing of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from streams.cli.exits import Exit, exit_of
from streams.cli.group import cli
from streams.cli.output import complain, complain_of, hang_up, note
from streams.errors import NewsAlertsError


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and end the process with its exit code.

    Args:
        arguments: The command line without the program's name; None for this process's own.
    """
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; expected errors are told without traceback."""
    try:
        code = cli.main(args=arguments, prog_name="news-alerts", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        note(error.format_message())
        return Exit.USAGE
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "news-alerts"
        complain(error.format_message().rstrip("."), hint=f"{where} --help")
        return Exit.USAGE
    except NewsAlertsError as error:
        complain_of(error)
        return exit_of(error)
    except BrokenPipeError:
        hang_up()
        return Exit.DONE
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return code if isinstance(code, int) else Exit.DONE
