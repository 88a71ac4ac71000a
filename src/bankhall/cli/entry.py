"""`bankhall COMMAND …`: one table of commands; only the module of the chosen one is loaded.

Exit: 0 done; 1 done, and the answer is no; 2 used wrongly; 3 the input is bad; 130 interrupted.
"""

import argparse
import importlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bankhall import __version__
from bankhall.kernel.errors import BadInput, BankhallError

# Linear algebra on one thread, said before numpy is loaded: work is spread over branches, small matrices only wait for
# one another, and the same sums in the same order give the same bytes on any number of cores. Children inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives: module, its function that adds arguments, the one that runs it, and one line of help."""

    module: str
    add: str
    run: str
    summary: str


COMMANDS = {
    "import": Command(
        "import_export", "add_import_arguments", "run_import", "bring records in, every row accounted for"
    ),
    "export": Command("import_export", "add_export_arguments", "run_export", "write an exchange folder"),
    "templates": Command("import_export", "add_templates_arguments", "run_templates", "write empty XLSX templates"),
    "synthesise": Command("synthesise", "add_arguments", "run", "write a synthetic bank as an exchange folder"),
    "forecast": Command("forecast", "add_arguments", "run", "how many customers will come"),
    "backtest": Command("backtest", "add_arguments", "run", "the forecast's past error beside naive baselines"),
    "staff": Command("scenario", "add_staff_arguments", "run_staff", "people needed in each slot of a scenario"),
    "simulate": Command("scenario", "add_simulate_arguments", "run_simulate", "waits that a scenario would give"),
    "roster": Command("roster", "add_roster_arguments", "run_roster", "a week's roster for a branch"),
    "replan": Command("replan", "add_arguments", "run", "a published week mended after somebody is missing"),
    "check-roster": Command("roster", "add_check_arguments", "run_check", "breaches of law, agreement and wishes"),
    "plan": Command("plan", "add_arguments", "run", "forecast, requirement, roster and proof in one"),
    "compare": Command("compare", "add_arguments", "run", "two rosters of a week, person by person, slot by slot"),
    "what-if": Command("what_if", "add_arguments", "run", "what a change would do to a week: waits, cost, people"),
    "lend": Command("lend", "add_arguments", "run", "loans between branches, with what they save and cost"),
    "attendance": Command("attendance", "add_arguments", "run", "was the plan kept, the promise, and who was at fault"),
    "demo": Command("demo", "add_arguments", "run", "build the demo bank, plan its week, serve it"),
    "serve": Command("serve", "add_serve_arguments", "run_serve", "web server, workers and keeper under one parent"),
    "worker": Command("serve", "add_worker_arguments", "run_worker", "one worker of one lane"),
    "doctor": Command("serve", "add_doctor_arguments", "run_doctor", "what this site lacks, and what to do"),
    "verify-audit": Command("serve", "add_verify_arguments", "run_verify", "check the audit trail's seals and chain"),
}


def main(arguments: list[str] | None = None) -> int:
    """Parse, run, and turn errors into exit codes with one clear line on stderr."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        options = _parser(words).parse_args(words)
    except BadInput as error:  # an option that cannot be read
        return _tell(error, "--json" in words, exit_code=2)
    try:
        return int(options.run(options))
    except BadInput as error:
        return _tell(error, options.json, exit_code=3)
    except BankhallError as error:
        return _tell(error, options.json, exit_code=1)
    except KeyboardInterrupt:
        print("interrupted; nothing was changed by halves", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bankhall", description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    parser.add_argument("--version", action="version", version=f"bankhall {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chosen = next((word for word in words if word in COMMANDS), None)
    for name, command in COMMANDS.items():
        _add(commands, name, command, loaded=name == chosen)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, command: Command, *, loaded: bool
) -> None:
    if not loaded:
        commands.add_parser(name, help=command.summary, add_help=False)
        return
    module = importlib.import_module(f"bankhall.cli.{command.module}")
    parser = commands.add_parser(
        name, help=command.summary, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path(), metavar="DIR", help="exchange folder (default: here)")
    parser.add_argument("--json", action="store_true", help="answer as JSON on stdout")
    getattr(module, command.add)(parser)
    parser.set_defaults(run=getattr(module, command.run))


def help_of(name: str) -> str:
    """The full help of a command, for the generated reference."""
    parser = _parser([name])
    actions = next(a for a in parser._subparsers._group_actions if a.choices)  # type: ignore[union-attr]  # noqa: SLF001
    return str(actions.choices[name].format_help())  # type: ignore[index]


def _tell(error: BankhallError, as_json: bool, *, exit_code: int) -> int:
    from bankhall.cli.language import terminal_language
    from bankhall.wording.say import say_error

    print(say_error(error, terminal_language()), file=sys.stderr)
    if as_json:
        print(
            json.dumps({"error": error.code, "facts": {k: str(v) for k, v in error.facts.items()}}, ensure_ascii=False)
        )
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
