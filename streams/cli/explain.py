"""`news-alerts explain`: the workers' own functions on files, without a broker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from streams.alerts.decision import Decision
from streams.alerts.explanation import explain
from streams.alerts.pipeline import Pipeline, Step
from streams.alerts.stories.storms import StormControl
from streams.cli.case_files import written
from streams.cli.cases import Case, read_case
from streams.cli.checking import differences, run_case
from streams.cli.exits import Exit
from streams.cli.findings import decision_entry, error_entry, say_article, step_entry
from streams.cli.holding import held_in_file
from streams.cli.inputs import article_files, unreadable
from streams.cli.options import json_option, settings_options
from streams.cli.output import complain_of, say, say_json, say_line
from streams.cli.stream import stream_entry, taken
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectMention
from streams.errors import BadInput
from streams.settings import Settings
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.reference import load_master


@click.command("explain")
@settings_options("max_article_bytes", "copy_window_h", "storm_per_minute", "memory_days")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--subscriptions", metavar="FILE", help="NDJSON or JSON of who wants what.")
@click.option("--silences", metavar="FILE", help="NDJSON or JSON of what is muted, and when.")
@click.option("--source", help="The source of articles that name none.")
@click.option("--stream", "as_stream", is_flag=True, help="Take each as received when it was published.")
@click.option("--check", "as_cases", is_flag=True, help="Run golden cases, and tell what differs.")
@click.option("--write", "rewrite", is_flag=True, help="With --check: write what came of them as expected.")
@json_option
def command(
    settings: Settings,
    *,
    paths: tuple[Path, ...],
    subscriptions: str | None,
    silences: str | None,
    source: str | None,
    as_stream: bool,
    as_cases: bool,
    rewrite: bool,
    as_json: bool,
) -> int:
    """Show what was read, linked, rejected and why, and what would be sent to whom and why.

    The files are taken in the order given, as one stream: a copy of an earlier one is a copy. A file
    that cannot be read gets an error entry, the others go on, and the exit code is 5.

    With --stream and --json, a line for each event says what a subscriber to everything gets of it.
    """
    if rewrite and not as_cases:
        raise click.UsageError("--write goes with --check")
    if as_cases:
        return _check(paths, rewrite=rewrite)
    pipeline = Pipeline(
        load_master(),
        held_in_file(SUBSCRIPTION, subscriptions) if subscriptions else (),
        silences=held_in_file(SILENCE, silences) if silences else (),
        storm=StormControl(per_minute=settings.storm_per_minute),
        copy_window=timedelta(hours=settings.copy_window_h),
        keep_for=timedelta(days=settings.memory_days),
    )
    refused = 0
    units = taken(pipeline, paths, source, settings.max_article_bytes, by_published=as_stream)
    for number, (unit, found) in enumerate(units, 1):
        if isinstance(found, BadInput):
            refused += 1
            say_json(error_entry(unit, found)) if as_json else complain_of(found, of=unit.name)
        elif not as_json:
            _say(unit.name, found, pipeline)
        elif as_stream:
            say_json(stream_entry(number, found))
        else:
            say_json(step_entry(unit, found))
    for mention, decision in pipeline.end():
        if as_json:
            say_json({"ended": mention.article.received_at, "alerts": [decision_entry(mention, decision)]})
        else:
            _say_decision(mention, decision, pipeline)
    return Exit.BAD_INPUT if refused else Exit.DONE


def _check(paths: tuple[Path, ...], *, rewrite: bool) -> int:
    """Run golden cases; one line for each, and what differs."""
    master = load_master()
    failed = 0
    for path in article_files(paths, suffixes=(".json",)):
        try:
            case, differing = _judged(path, master, rewrite=rewrite)
        except (BadInput, OSError) as error:
            failed += 1
            bad = error if isinstance(error, BadInput) else unreadable(error)
            complain_of(bad, of=str(path))
            continue
        failed += bool(differing)
        verdict, colour = ("differs", "red") if differing else ("holds", "green")
        say_line((f"{verdict:8}", {"fg": colour}), (str(path), {}))
        for line in (case.about, *differing) if differing else ():
            say(f"  {line}")
    return Exit.BAD_INPUT if failed else Exit.DONE


def _judged(path: Path, master: Master, *, rewrite: bool) -> tuple[Case, tuple[str, ...]]:
    """Run a case and return it with what differs; where it is rewritten, with what still does then."""
    data = path.read_bytes()
    case = read_case(data, unwritten=rewrite)
    found = run_case(case, master)
    if rewrite:
        text = written(data, case, found)
        case = read_case(text.encode())
        path.write_text(text, "utf-8")
    return case, differences(case, found)


def _say(name: str, step: Step | None, pipeline: Pipeline) -> None:
    if step is None:
        say(f"{name}: redelivery, this wording of the article was taken before")
    else:
        say_article(name, step.article)
        for mention, decision in step.decisions:
            _say_decision(mention, decision, pipeline)
    say("")


def _say_decision(mention: SubjectMention, decision: Decision, pipeline: Pipeline) -> None:
    for line in explain(mention, decision, pipeline.subscriptions):
        say(f"  {line}")
