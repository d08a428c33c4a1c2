// One finding, as the list and the tooltip show it.

import type { Finding } from "./api";
import { h } from "./dom";

interface Options {
  insert: (finding: Finding) => void;
  go?: (finding: Finding) => void;
  place: "list" | "tooltip";
}

const SEVERITY = { error: "Error", warning: "Warning", info: "Info" };

export function card(finding: Finding, others: Finding[], options: Options): HTMLElement {
  const { rewrite, ask } = finding.suggestion;
  const title = h(
    "span",
    { class: "card-title" },
    h("span", { class: `chip ${finding.severity}` }, SEVERITY[finding.severity]),
    h("span", { class: "code" }, finding.code),
    h("span", { class: "name" }, finding.name),
  );
  const go = options.go;
  const head =
    go && finding.start !== null
      ? h("button", { type: "button", class: "card-head", click: () => go(finding) }, title)
      : h("div", { class: "card-head" }, title);
  const evidence = finding.places.filter((place) => place.role === "evidence" && place.label);
  return h(
    "article",
    { class: `card ${finding.severity} in-${options.place}`, "data-code": finding.code },
    head,
    h("p", { class: "message" }, finding.message),
    ...evidence.map((place) => h("p", { class: "evidence" }, `↳ ${place.label}`)),
    ask ? h("p", { class: "ask" }, ask) : null,
    rewrite ? h("blockquote", { class: "rewrite" }, ...bracketed(rewrite)) : null,
    rewrite && finding.insert_at !== null
      ? h(
          "button",
          { type: "button", class: "insert", click: () => options.insert(finding) },
          "Insert after the sentence",
        )
      : null,
    others.length > 0
      ? h("p", { class: "also" }, `Also: ${others.map((f) => `${f.code} ${f.name}`).join(", ")}`)
      : null,
    finding.authority[0] ? h("p", { class: "authority" }, finding.authority.join(" · ")) : null,
  );
}

/** The rewrite with its placeholders set apart: they are the author's to fill. */
function bracketed(text: string): (Node | string)[] {
  return text
    .split(/(\[[^[\]]+\])/)
    .map((part) => (part.startsWith("[") ? h("mark", {}, part) : part));
}
