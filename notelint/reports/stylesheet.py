"""The style of the HTML report: quiet, readable in the dark, and fit for paper."""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; --ink: #1d2730; --soft: #5b6872; --line: #d9dfe3; --page: #fff;
  --card: #f6f8f9; --error: #b3261e; --warning: #8a5a00; --info: #17618f;
  --error-bg: #fbdedb; --warning-bg: #fdeec4; --info-bg: #d9ecf8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ec; --soft: #9aa7b0; --line: #37424a;
  --page: #14191d; --card: #1c2328; --error: #ff9d94; --warning: #f3c361; --info: #8ecbf2;
  --error-bg: #57221e; --warning-bg: #4d3a0c; --info-bg: #123c57; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; margin: 0 0 .8rem; overflow-wrap: anywhere; }
header p { color: var(--soft); margin: 0; }
section { margin-top: 2.4rem; }
.tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .7rem; padding: 0;
  margin: 1.6rem 0 0; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .6rem 1rem; color: var(--soft); }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; color: var(--ink);
  font-variant-numeric: tabular-nums; }
.tiles .error b { color: var(--error); } .tiles .warning b { color: var(--warning); }
.tiles .info b { color: var(--info); }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; } .n { text-align: right; padding-right: 1.2rem;
  font-variant-numeric: tabular-nums; }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; border-radius: 1rem;
  padding: .05rem .6rem; }
.badge.error { color: var(--error); background: var(--error-bg); }
.badge.warning { color: var(--warning); background: var(--warning-bg); }
.badge.info { color: var(--info); background: var(--info-bg); }
.note { border-top: 1px solid var(--line); padding-top: 1.6rem; }
.text { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
  font: .92rem/1.6 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
mark { color: inherit; background: var(--warning-bg); border-bottom: 2px solid var(--warning); }
mark.error { background: var(--error-bg); border-color: var(--error); }
mark.info { background: var(--info-bg); border-color: var(--info); }
.ref { font-size: .7rem; vertical-align: super; color: var(--soft); text-decoration: none;
  padding: 0 .15rem; }
.note ol { padding-left: 1.4rem; } .note li { margin-bottom: 1.1rem; }
.note li:target { outline: 2px solid var(--info); outline-offset: .5rem; border-radius: .2rem; }
.note li p { margin: .1rem 0; } .where { color: var(--soft); font-size: .85rem; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .15rem .6rem; margin: .4rem 0 0;
  font-size: .92rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .92em; }
a { color: var(--info); } details summary { cursor: pointer; font-weight: 600; }
.problems { border-left: 3px solid var(--error); padding-left: 1rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem;
  color: var(--soft); font-size: .85rem; } footer p { margin: .2rem 0; }
@media print { :root { color-scheme: light; --ink: #000; --page: #fff; --card: #fff; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  .note li, tr { break-inside: avoid; } details > *:not(summary) { display: block; }
  mark { background: none; border-bottom: 1.5pt solid #000; } }
"""
