// Underlines and their places. They move with the text until the next answer comes.

import { RangeSet, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, hoverTooltip, type DecorationSet } from "@codemirror/view";
import type { Finding } from "./api";
import { card } from "./card";

export interface Mark {
  finding: Finding;
  others: Finding[];
}

export const setMarks = StateEffect.define<Mark[]>();
export const setActive = StateEffect.define<string | null>();

interface Marks {
  all: DecorationSet;
  active: string | null;
  list: Mark[];
}

function decorate(marks: Mark[], length: number): DecorationSet {
  const ranges = marks.flatMap(({ finding, others }) => {
    const start = Math.min(finding.start ?? 0, length);
    const end = Math.min(finding.end ?? 0, length);
    if (finding.start === null || end <= start) return [];
    const mark = Decoration.mark({
      class: `nl-mark nl-${finding.severity}`,
      attributes: { "data-code": finding.code },
      finding,
      others,
    });
    return [mark.range(start, end)];
  });
  return RangeSet.of(ranges, true);
}

export const marksField = StateField.define<Marks>({
  create: () => ({ all: Decoration.none, active: null, list: [] }),
  update(value, transaction) {
    let { all, active, list } = value;
    if (transaction.docChanged) all = all.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) {
        list = effect.value;
        all = decorate(list, transaction.newDoc.length);
      }
      if (effect.is(setActive)) active = effect.value;
    }
    return { all, active, list };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.all),
    EditorView.decorations.of((view) => spotlight(view.state.field(field))),
  ],
});

/** The words of the finding that is looked at, tinted. */
function spotlight({ all, active }: Marks): DecorationSet {
  const ranges: ReturnType<Decoration["range"]>[] = [];
  if (active !== null) {
    all.between(0, 1e9, (from, to, mark) => {
      if (mark.spec.finding.fingerprint === active) {
        ranges.push(Decoration.mark({ class: "nl-active" }).range(from, to));
      }
    });
  }
  return RangeSet.of(ranges, true);
}

export interface Placed extends Mark {
  from: number;
  to: number;
}

/** Yields the marks where they stand now, in text order. */
export function placed(view: EditorView): Placed[] {
  const found: Placed[] = [];
  view.state.field(marksField).all.between(0, view.state.doc.length, (from, to, mark) => {
    found.push({ from, to, finding: mark.spec.finding, others: mark.spec.others });
  });
  return found;
}

export function markAt(view: EditorView, at: number): Placed | null {
  return placed(view).find((mark) => mark.from <= at && at <= mark.to) ?? null;
}

export function hovering(insert: (finding: Finding) => void): Extension {
  return hoverTooltip(
    (view, at) => {
      const mark = markAt(view, at);
      if (!mark) return null;
      return {
        pos: mark.from,
        end: mark.to,
        above: false,
        create: () => ({
          dom: card(mark.finding, mark.others, { insert, place: "tooltip" }),
        }),
      };
    },
    { hoverTime: 250 },
  );
}
