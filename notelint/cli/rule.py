"""``notelint rule``: what a rule says, why, by which authority, with examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notelint.rulebook.rule import Rule


def register(app: typer.Typer) -> None:
    @app.command("rule")
    def rule(
        name: str = typer.Argument("", metavar="CODE|NAME", help="The rule, by code or name."),
        every: bool = typer.Option(False, "--all", help="List all rules."),
        output_format: str = typer.Option("text", "--output-format", help="text or json."),
    ) -> None:
        """Explain a rule: what it finds, why, by which authority, with examples."""
        from notelint.rulebook.packfile import load_examples, load_rules

        if output_format not in ("text", "json"):
            raise UsageError(f"unknown format '{output_format}'.", remedy="Use text or json.")
        if every:
            rows = list(load_rules())
            typer.echo(
                _json([as_dict(r, {}) for r in rows]) if output_format == "json" else _list(rows)
            )
            return
        if not name:
            raise UsageError("name a rule, or use --all.")
        found = next(iter(load_rules(name)), None)
        if found is None:
            from notelint.suppress.own import OWN_RULES

            own = next(
                (r for r in OWN_RULES.values() if name.upper() == r.code or name == r.name), None
            )
            if own is not None:
                typer.echo(
                    f"{own.code} {own.name}  [{own.severity}]\n\n{own.summary}\n\nAsk: {own.ask}"
                )
                return
            rules = load_rules()
            known = [r.name for r in rules] + [r.code for r in rules]
            raise UsageError(f"unknown rule '{name}'.", remedy=did_you_mean(name, known))
        examples = load_examples().get(found.name, {}).get("examples", {})
        typer.echo(
            _json(as_dict(found, examples)) if output_format == "json" else text_of(found, examples)
        )


def as_dict(rule: Rule, examples: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a rule as plain data, for JSON and for the generated pages."""
    return {
        "code": rule.code,
        "name": rule.name,
        "category": rule.category,
        "class": rule.rule_class,
        "check": rule.check,
        "status": rule.status,
        "since": rule.since,
        "needs": sorted(rule.needs),
        "severity": [
            {"when": {k: sorted(v) for k, v in case.when.items()}, "is": case.severity}
            for case in rule.severity
        ],
        "summary": rule.summary,
        "message": rule.message,
        "why": rule.why,
        "ask": rule.ask,
        "rewrite": rule.rewrite,
        "authority": [str(a) for a in rule.authority],
        "url": f"notelint:rule/{rule.name}",
        "examples": examples,
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _list(rules: list[Rule]) -> str:
    rows = []
    for rule in rules:
        level = rule.severity[-1].severity
        mark = "" if rule.status == "stable" else f" ({rule.status})"
        rows.append(
            f"{rule.code}  {rule.name:34} {level:8} {rule.rule_class:10} {rule.summary}{mark}"
        )
    return "\n".join(rows)


def text_of(rule: Rule, examples: Mapping[str, Any]) -> str:
    """Returns the page of a rule for a terminal."""
    lines = [
        f"{rule.code} {rule.name}  [{rule.category}, {rule.rule_class}, {rule.status}]",
        "",
        rule.summary,
    ]
    if rule.why:
        lines += ["", rule.why]
    lines += ["", "Severity"]
    lines += [f"  {case.severity:8} {_when(case.when)}" for case in rule.severity]
    if rule.needs:
        lines += ["", "Needs: " + ", ".join(sorted(rule.needs))]
    lines += ["", f"Ask: {rule.ask}"]
    if rule.rewrite:
        lines += [f"Rewrite: {rule.rewrite}"]
    lines += ["", "Authority"]
    lines += [f"  {authority}" for authority in rule.authority]
    for kind, title in (("bad", "Fires"), ("good", "Silent")):
        lines += ["", title]
        for example in examples.get(kind, []):
            text = example.get("text") or f"{len(example.get('notes', []))} notes"
            shown = " ⏎ ".join(str(text).splitlines())
            trap = f"  — {example['trap']}" if example.get("trap") else ""
            lines.append(f"  {shown}{trap}")
    return "\n".join(lines)


def _when(when: Mapping[str, frozenset[str]]) -> str:
    if not when:
        return "otherwise"
    return "when " + " and ".join(f"{k} is {' or '.join(sorted(v))}" for k, v in when.items())
