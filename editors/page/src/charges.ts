// The charges beside the note: a small table whose rows are the author's own numbers.

import type { Charge } from "./api";
import { byId, h } from "./dom";

type Field = "code" | "minutes" | "units" | "modifiers";

const FIELDS: { field: Field; label: string; mode: string }[] = [
  { field: "code", label: "Code", mode: "numeric" },
  { field: "minutes", label: "Minutes", mode: "numeric" },
  { field: "units", label: "Units", mode: "numeric" },
  { field: "modifiers", label: "Modifiers", mode: "text" },
];

export class Charges {
  private readonly body = byId<HTMLTableSectionElement>("charge-rows");

  constructor(private readonly changed: () => void) {
    byId("add-charge").addEventListener("click", () => {
      this.add({ code: "", minutes: null, units: null, modifiers: [] });
      this.body.querySelector<HTMLInputElement>("tr:last-child input")?.focus();
    });
  }

  set(charges: Charge[]): void {
    this.body.replaceChildren();
    for (const charge of charges) this.add(charge);
  }

  /** The rows with a code; a number that is none counts as not entered. */
  get(): Charge[] {
    return [...this.body.rows].flatMap((row) => {
      const value = (field: Field) =>
        row.querySelector<HTMLInputElement>(`[data-field=${field}]`)?.value.trim() ?? "";
      if (!/^[A-Za-z0-9]{5}$/.test(value("code"))) return [];
      return [
        {
          code: value("code").toUpperCase(),
          minutes: number(value("minutes")),
          units: number(value("units")),
          modifiers: value("modifiers").toUpperCase().split(/[\s,]+/).filter(Boolean),
        },
      ];
    });
  }

  private add(charge: Charge): void {
    const inputs = FIELDS.map(({ field, label, mode }) => {
      const held = charge[field];
      const input = h("input", {
        type: "text",
        inputmode: mode,
        autocomplete: "off",
        spellcheck: "false",
        "aria-label": label,
        "data-field": field,
        value: Array.isArray(held) ? held.join(" ") : (held?.toString() ?? ""),
        input: () => this.changed(),
      });
      return h("td", {}, input);
    });
    const remove = h(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": `Remove charge ${charge.code}`,
        click: () => {
          row.remove();
          this.changed();
          byId("add-charge").focus();
        },
      },
      "×",
    );
    const row = h("tr", {}, ...inputs, h("td", {}, remove));
    this.body.append(row);
  }
}

function number(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}
