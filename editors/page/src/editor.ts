// The note as it is written: CodeMirror in a shadow root, whose style sheets need no inline style.

import { snippet } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  placeholder,
  tooltips,
  type Command,
} from "@codemirror/view";
import type { Finding } from "./api";
import { hovering, markAt, marksField, placed, setActive } from "./marks";
import { theme } from "./theme";

interface Hooks {
  changed: (typed: boolean) => void;
  moved: () => void;
  sign: () => void;
  insert: (finding: Finding) => void;
}

export function makeEditor(host: HTMLElement, text: string, hooks: Hooks): EditorView {
  const root = host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  root.append(parent);
  const sign: Command = () => (hooks.sign(), true);
  const insertHere: Command = (view) => {
    const mark = markAt(view, view.state.selection.main.head);
    if (!mark || mark.finding.insert_at === null) return false;
    hooks.insert(mark.finding);
    return true;
  };
  return new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        EditorState.tabSize.of(4),
        placeholder("Write the note here."),
        EditorView.contentAttributes.of({
          "aria-label": "Note text",
          "aria-describedby": "editor-help",
          spellcheck: "true",
        }),
        marksField,
        hovering(hooks.insert),
        tooltips({ position: "absolute" }),
        keymap.of([
          { key: "Mod-Enter", run: sign },
          { key: "Alt-Enter", run: insertHere },
          { key: "F8", run: (view) => step(view, 1) },
          { key: "Shift-F8", run: (view) => step(view, -1) },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            hooks.changed(update.transactions.some((t) => t.isUserEvent("input")));
          } else if (update.selectionSet) hooks.moved();
        }),
        theme,
      ],
    }),
  });
}

/** Moves the caret to the next finding, or the one before, round and round. */
export function step(view: EditorView, way: 1 | -1): boolean {
  const marks = placed(view);
  if (marks.length === 0) return false;
  const at = view.state.selection.main.head;
  const next =
    way === 1
      ? (marks.find((mark) => mark.from > at) ?? marks[0])
      : (marks.findLast((mark) => mark.from < at) ?? marks.at(-1));
  if (next) select(view, next.from, next.finding);
  return true;
}

export function select(view: EditorView, at: number, finding: Finding): void {
  view.dispatch({
    selection: { anchor: at },
    effects: [setActive.of(finding.fingerprint), EditorView.scrollIntoView(at, { y: "center" })],
  });
  view.focus();
}

/** Inserts a rewrite behind its statement, with a tab stop at every placeholder. */
export function insertRewrite(view: EditorView, at: number, rewrite: string): void {
  const before = view.state.sliceDoc(Math.max(0, at - 1), at);
  const gap = /[.!?:;]/.test(before) ? " " : before.trim() === "" ? "" : ". ";
  let number = 0;
  const template = (gap + rewrite)
    .split(/(\[[^[\]{}]+\])/)
    .map((part) => (part.startsWith("[") ? `\${${++number}:${part}}` : part.replace(/[{}]/g, "\\$&")))
    .join("");
  view.focus();
  snippet(template)(view, null, at, at);
}
