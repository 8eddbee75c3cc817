"""`news-alerts check`: what keeps a worker from its work, in words."""

from __future__ import annotations

import asyncio
from itertools import groupby

import click

from streams.cli.exits import Exit
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import say, say_json
from streams.errors import ErrorCode
from streams.kafka.checks import check
from streams.settings import Settings

_EXITS = {ErrorCode.BROKER_UNREACHABLE: Exit.UNREACHABLE, ErrorCode.BAD_SETTINGS: Exit.USAGE}


@click.command("check")
@settings_options(*CONNECTION, "group", "memory_days")
@json_option
def command(settings: Settings, *, as_json: bool) -> int:
    """Say what of broker, topics and rights is missing for a worker with these settings; changes nothing."""
    findings = asyncio.run(check(settings))
    for hint, alike in groupby(findings, key=lambda finding: finding.hint):
        for finding in alike:
            say_json(finding) if as_json else say(str(finding))
        if not as_json:
            say(f"  hint: {hint}")
    if not findings:
        if not as_json:
            say("a worker can start")
        return Exit.DONE
    return _EXITS.get(findings[0].code, Exit.INCOMPLETE)
