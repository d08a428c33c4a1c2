// The page: joins the note, its record, its charges and what the server says of them.

import type { EditorView } from "@codemirror/view";
import { lint, Refused, token, type Answer, type Finding, type NoteRecord } from "./api";
import { Charges } from "./charges";
import { byId, h } from "./dom";
import { insertRewrite, makeEditor, select, step } from "./editor";
import { placed, setActive, setMarks, type Mark } from "./marks";
import { showArithmetic, showFindings, showNotApplied, sorted, statusLine } from "./panel";
import { SAMPLES } from "./samples";
import { startTheme } from "./lights";

/** Milliseconds after the last key before the note is sent. */
const DEBOUNCE = 300;
/** Milliseconds without typing after which the sentence under the caret is no longer being typed. */
const PAUSE = 2000;

class Page {
  private readonly view: EditorView;
  private readonly charges = new Charges(() => this.edited());
  private version = 0;
  private signing = false;
  private typedAt = Number.NEGATIVE_INFINITY;
  private timer = 0;
  private holding = 0;
  private running: AbortController | null = null;
  private answer: Answer | null = null;

  constructor() {
    this.view = makeEditor(byId("editor"), "", {
      changed: (typed) => {
        if (typed) this.typedAt = performance.now();
        this.edited();
      },
      moved: () => this.show(),
      sign: () => this.sign(),
      insert: (finding) => this.insert(finding),
    });
    this.wire();
    this.load(0);
  }

  private wire(): void {
    const picker = byId<HTMLSelectElement>("sample");
    picker.append(...SAMPLES.map(({ name }, i) => h("option", { value: String(i) }, name)));
    picker.addEventListener("change", () => this.load(picker.selectedIndex));
    for (const id of ["payer", "note_type", "discipline"]) {
      byId(id).addEventListener("change", () => this.edited());
    }
    byId("with-info").addEventListener("change", () => this.show());
    byId("sign").addEventListener("click", () => this.sign());
    byId("next").addEventListener("click", () => step(this.view, 1));
    addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
        event.preventDefault();
        this.sign();
      }
      if (event.key === "F8" && !event.defaultPrevented) {
        event.preventDefault();
        step(this.view, event.shiftKey ? -1 : 1);
      }
    });
  }

  private load(at: number): void {
    const sample = SAMPLES[at];
    if (!sample) return;
    for (const id of ["payer", "note_type", "discipline"] as const) {
      byId<HTMLSelectElement>(id).value = sample[id];
    }
    this.charges.set(sample.charges);
    this.typedAt = Number.NEGATIVE_INFINITY;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: sample.text },
      selection: { anchor: sample.text.length },
      effects: [setMarks.of([]), setActive.of(null)],
    });
    this.edited(0);
  }

  private record(): NoteRecord {
    const value = (id: string) => byId<HTMLSelectElement>(id).value;
    return {
      text: this.view.state.doc.toString(),
      note_type: value("note_type"),
      discipline: value("discipline"),
      payer: value("payer"),
      status: "draft",
      charges: this.charges.get(),
    };
  }

  /** Something changed: the answer at hand is old, and the check before signing is over. */
  private edited(delay = DEBOUNCE): void {
    this.version += 1;
    this.signing = false;
    this.running?.abort();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), delay);
  }

  private sign(): void {
    this.signing = true;
    this.typedAt = Number.NEGATIVE_INFINITY;
    clearTimeout(this.timer);
    void this.ask().then(() => byId("signing").focus());
  }

  private async ask(): Promise<void> {
    const version = this.version;
    const record = this.record();
    if (record.text.trim() === "") return this.say("Nothing written yet", null);
    const running = new AbortController();
    this.running?.abort();
    this.running = running;
    try {
      const answer = await lint(record, version, this.signing, running.signal);
      if (version !== this.version) return;
      this.answer = answer;
      const problem = answer.problems[0];
      if (problem) this.say(`${problem.what} ${problem.remedy}`, answer);
      this.show();
    } catch (error) {
      if (running.signal.aborted) return;
      const away = "The server does not answer. Is notelint serve still running?";
      const stranger = "Open the link that notelint serve printed: it holds the key to this page.";
      const refused = error instanceof Refused;
      this.say(refused ? (error.status === 401 ? stranger : error.message) : away, null);
    }
  }

  private say(text: string, answer: Answer | null): void {
    this.answer = answer;
    byId("status").textContent = text;
    if (answer) return;
    this.view.dispatch({ effects: setMarks.of([]) });
    showFindings([], false, this.actions);
    showArithmetic(undefined);
  }

  /** Draws the answer at hand, less what is said of the sentence being typed. */
  private show(): void {
    const answer = this.answer;
    if (!answer || answer.note.version !== this.version) return;
    const found = sorted(answer, this.signing, byId<HTMLInputElement>("with-info").checked);
    const quiet = performance.now() - this.typedAt;
    const caret = this.view.state.selection.main.head;
    const held = quiet < PAUSE ? found.now.filter((mark) => this.holds(mark, caret)) : [];
    clearTimeout(this.holding);
    if (held.length > 0) this.holding = window.setTimeout(() => this.show(), PAUSE - quiet + 10);
    const now = found.now.filter((mark) => !held.includes(mark));
    this.view.dispatch({ effects: setMarks.of(now) });
    showFindings(now, this.signing, this.actions);
    showArithmetic(this.signing ? answer.arithmetic : undefined);
    showNotApplied(answer);
    if (answer.problems.length === 0) {
      byId("status").textContent = statusLine({ ...found, now }, answer);
    }
    byId("engine").textContent =
      `notelint ${answer.engine.version} · rules ${answer.engine.pack} · ${answer.took_ms.toFixed(0)} ms`;
    const waiting = found.waiting.length;
    byId("waiting").textContent = waiting > 0 ? String(waiting) : "";
    byId("waiting").hidden = waiting === 0;
  }

  private holds({ finding }: Mark, caret: number): boolean {
    const statement = finding.statement;
    if (!statement || caret < statement.start) return false;
    if (caret <= statement.end) return true;
    const tail = this.view.state.sliceDoc(statement.end, caret);
    const last = this.view.state.sliceDoc(statement.end - 1, statement.end);
    return !/[^ \t\u00a0]/.test(tail) && !/[.!?:;]/.test(last);
  }

  private readonly actions = {
    go: (finding: Finding) => {
      const mark = placed(this.view).find((m) => m.finding === finding);
      if (mark) select(this.view, mark.from, finding);
    },
    insert: (finding: Finding) => this.insert(finding),
  };

  /** Adds the rewrite behind the statement. The author's own words stay as they are. */
  private insert(finding: Finding): void {
    const current = this.answer?.note.version === this.version;
    const rewrite = finding.suggestion.rewrite;
    if (!current || finding.insert_at === null || !rewrite) return;
    insertRewrite(this.view, finding.insert_at, rewrite);
  }
}

startTheme();
token();
new Page();
