// What stands beside the note: findings, the check before signing, and what was not looked at.

import type { Answer, Finding, Sum } from "./api";
import { card } from "./card";
import { byId, counted, h } from "./dom";
import type { Mark } from "./marks";

export interface Sorted {
  now: Mark[];
  waiting: Mark[];
  atInfo: number;
}

/** Sorts an answer as the language server does: leads, the loud ones, those that may wait. */
export function sorted(answer: Answer, signing: boolean, withInfo: boolean): Sorted {
  const leads = answer.findings
    .filter((finding) => finding.lead)
    .map((finding) => ({
      finding,
      others: answer.findings.filter(
        (f) => f !== finding && f.group !== null && f.group === finding.group,
      ),
    }));
  const loud = leads.filter(({ finding }) => withInfo || finding.severity !== "info");
  const settled = signing || answer.summary.final;
  return {
    now: loud.filter(({ finding }) => settled || !finding.before_signing),
    waiting: settled ? [] : loud.filter(({ finding }) => finding.before_signing),
    atInfo: leads.length - loud.length,
  };
}

interface Actions {
  go: (finding: Finding) => void;
  insert: (finding: Finding) => void;
}

export function showFindings(marks: Mark[], signing: boolean, actions: Actions): void {
  const words = marks.filter(({ finding }) => finding.start !== null);
  const whole = marks.filter(({ finding }) => finding.start === null);
  const list = (shown: Mark[]) =>
    shown.map(({ finding, others }) =>
      h("li", {}, card(finding, others, { ...actions, place: "list" })),
    );
  byId("findings").replaceChildren(...list(words));
  byId("whole-note").replaceChildren(...list(whole));
  byId("whole-part").hidden = whole.length === 0;
  byId("none").hidden = words.length > 0;
  byId("none").textContent = signing
    ? "Nothing was found in the words of this note."
    : "Nothing in the words so far.";
}

/** "3 findings · 2 before signing". It never says clean. */
export function statusLine(sorted: Sorted, answer: Answer): string {
  if (answer.summary.left_alone) return "Not read as a therapy note; nothing was checked";
  const parts = [counted(sorted.now.length, "finding")];
  if (sorted.waiting.length > 0) parts.push(`${sorted.waiting.length} before signing`);
  if (sorted.atInfo > 0) parts.push(`${sorted.atInfo} at info`);
  if (answer.incomplete) parts.push("incomplete: the server was too slow");
  return parts.join(" · ");
}

export function showNotApplied(answer: Answer): void {
  const reasons = new Map<string, number>();
  for (const { reason } of answer.not_applied) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const total = answer.not_applied.length;
  byId("not-applied").hidden = total === 0;
  byId("not-applied-count").textContent = `${counted(total, "rule")} not applied`;
  byId("not-applied-reasons").replaceChildren(
    ...[...reasons]
      .sort((a, b) => b[1] - a[1])
      .map(([reason, count]) => h("li", {}, `${reason}: ${count}`)),
  );
}

export function showArithmetic(sums: Sum[] | undefined): void {
  const part = byId("signing");
  part.hidden = sums === undefined;
  if (sums === undefined) return;
  byId("sums").replaceChildren(...(sums.length > 0 ? sums.map(sumRow) : [noCharges()]));
}

function sumRow(sum: Sum): HTMLElement {
  const known = sum.minutes !== null;
  const total = known
    ? pair("Timed minutes", `${sum.minutes} min`)
    : pair("Timed minutes", "not entered for every timed code");
  return h(
    "div",
    { class: "sum" },
    sum.discipline === "unknown" ? null : h("h3", {}, sum.discipline),
    h(
      "dl",
      { class: "terms" },
      ...(known ? sum.terms.flatMap(({ code, minutes }) => pair(code, `${minutes} min`)) : []),
    ),
    h("dl", { class: "total" }, ...total),
    h(
      "dl",
      {},
      ...sum.computed.flatMap(({ method, units }) => pair(`Units by the ${method}`, counted(units, "unit"))),
      ...(sum.entered === null ? [] : pair("Timed units entered", counted(sum.entered, "unit"))),
    ),
    sum.unknown_codes.length > 0
      ? h("p", { class: "soft" }, `Not counted: ${sum.unknown_codes.join(", ")}`)
      : null,
  );
}

const pair = (term: string, value: string) => [h("dt", {}, term), h("dd", {}, value)];

const noCharges = () => h("p", { class: "soft" }, "No charges are entered.");
