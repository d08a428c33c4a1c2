"""``notelint test``: runs the examples that every rule carries."""

from __future__ import annotations

import typer

from notelint.errors import UsageError, did_you_mean


def register(app: typer.Typer) -> None:
    @app.command("test")
    def test(
        rules: list[str] = typer.Argument(
            None, metavar="[RULES]", help="Codes, names or prefixes; all by default."
        ),
        listing: bool = typer.Option(
            False, "--list", help="List the examples without running them."
        ),
        plain: bool = typer.Option(
            False, "--plain", help="Run the examples only as they are written."
        ),
    ) -> None:
        """Run every rule's examples, also under changes that keep their meaning."""
        from notelint.rulebook.pack import load_examples, load_pack
        from notelint.rulebook.selection import strength

        pack = load_pack()
        chosen = [r for r in pack.rules if not rules or any(strength(s, r) for s in rules)]
        for selector in rules or ():
            if not any(strength(selector, r) for r in pack.rules):
                names = [r.name for r in pack.rules]
                raise UsageError(
                    f"unknown rule '{selector}'.", remedy=did_you_mean(selector, names)
                )
        examples = load_examples()
        if listing:
            for rule in chosen:
                own = examples[rule.name]["examples"]
                typer.echo(
                    f"{rule.code} {rule.name}: {len(own.get('bad', []))} bad, {len(own.get('good', []))} good"
                )
            return
        from notelint.testing import ExampleRunner

        runner = ExampleRunner(pack)
        run = failed = 0
        for rule in chosen:
            for outcome in runner.run(rule, examples[rule.name]["examples"], perturb=not plain):
                run += 1
                if not outcome.passed:
                    failed += 1
                    typer.echo(str(outcome))
        typer.echo(f"{run - failed} of {run} example runs passed, {len(chosen)} rules.")
        if failed:
            raise typer.Exit(1)
