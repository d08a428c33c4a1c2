// The review desk's page. Everything a note says reaches the document as text nodes only.

const token = takeToken();
const state = { desk: null, page: null, items: [], at: -1, marking: null };
// Keys are done one after the other, so that none is lost while the one before is being saved.
let queue = Promise.resolve();
const $ = (id) => document.getElementById(id);
const VERDICTS = [["correct", "Correct"], ["wrong", "Wrong"], ["not-useful", "Not useful"], ["unsure", "Unsure"]];
const ANSWERS = [["meets", "Meets the standard", "y"], ["needs-work", "Needs work", "n"], ["na", "Does not apply", "0"]];
const STATES = { new: "unread", open: "begun", done: "done", second: "second reading wanted", taken: "read by somebody else", changed: "changed since it was read", disputed: "readers differ" };
const KEYS = [
  ["j  k", "next, previous finding"], ["1  2  3  4", "correct, wrong, not useful, unsure"],
  ["m", "mark a missed problem: select words with the mouse first, or move with the arrow keys"],
  ["w", "mark a missed problem of the whole note"], ["u", "take the last mark back"],
  ["y  n  0", "the note meets the standard, needs work, or the question does not apply"],
  ["Enter", "finish this one and go on"], ["]  [", "next, previous in the sample"], ["?", "these keys"],
];

function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") || "";
}

function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

// ── the server ──────────────────────────────────────────────────────────────

async function call(path, body) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 4000)) {
    let answer;
    try {
      answer = await fetch(`/api/${path}`, {
        method: body ? "POST" : "GET", cache: "no-store",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: body ? JSON.stringify(body) : undefined,
      });
    } catch {
      alarm("The desk is not answering. What it said was saved is saved; trying again…");
      await new Promise((later) => setTimeout(later, wait));
      continue;
    }
    if (answer.status === 503) { await new Promise((later) => setTimeout(later, wait)); continue; }
    if (answer.status === 401) alarm("This link is no longer valid. Open the new link that 'notelint review' printed; everything saved is there.");
    const data = await answer.json();
    if (answer.ok) { alarm(""); return data; }
    throw new Error(data.error ? data.error.message : "The desk refused this.");
  }
}

function alarm(words) { $("alarm").textContent = words; $("alarm").hidden = !words; }
function say(words) { $("saved").textContent = words; }

async function act(words, path, body) {
  say("Saving…");
  try {
    const data = await call(path, body);
    say(words);
    return data;
  } catch (error) {
    say("");
    if ($("alarm").hidden) alarm(error.message);
    return null;
  }
}

// ── text and places ─────────────────────────────────────────────────────────

// Offsets of the server count code points, those of the page UTF-16 units.
function units(text) {
  if (!/[\ud800-\udfff]/.test(text)) return { to: (n) => n, from: (n) => n };
  const to = [0]; const from = [];
  for (const c of text) { for (let i = 0; i < c.length; i++) from.push(to.length - 1); to.push(to.at(-1) + c.length); }
  from.push(to.length - 1);
  return { to: (n) => to[n], from: (n) => from[n] };
}

const RANK = { info: 1, warning: 2, error: 3 };

function paper(note, index) {
  const unit = units(note.text);
  const layers = [];
  note.findings.forEach((f) => {
    if (f.start !== null) layers.push({ a: unit.to(f.start), b: unit.to(f.end), item: f, kind: f.severity });
    f.evidence.filter((e) => e.start !== null && e.target === "text" && e.note === note.note)
      .forEach((e) => layers.push({ a: unit.to(e.start), b: unit.to(e.end), item: f, kind: "evidence" }));
  });
  note.marks.forEach((m) => m.start !== null && layers.push({ a: unit.to(m.start), b: unit.to(m.end), item: m, kind: "mine" }));
  const heads = note.sections.filter((s) => note.text.startsWith(s.name, unit.to(s.start)))
    .map((s) => ({ a: unit.to(s.start), b: unit.to(s.start) + s.name.length }));
  const cuts = [...new Set([0, note.text.length, ...layers.flatMap((l) => [l.a, l.b]), ...heads.flatMap((l) => [l.a, l.b])])].sort((x, y) => x - y);
  const sheet = h("div", { class: "paper", id: `paper-${index}`, lang: "en" });
  sheet.pieces = new Map();
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [a, b] = [cuts[i], cuts[i + 1]];
    const over = layers.filter((l) => l.a < b && l.b > a);
    const text = note.text.slice(a, b);
    const bold = heads.some((l) => l.a < b && l.b > a);
    if (!over.length) { sheet.append(bold ? h("span", { class: "sec" }, text) : text); continue; }
    const main = over.filter((l) => l.kind !== "evidence");
    const top = main.sort((x, y) => (RANK[y.kind] || 0) - (RANK[x.kind] || 0))[0];
    const judged = main.length && main.every((l) => l.kind !== "mine" && l.item.verdict && !l.item.stale);
    const piece = h("mark", { class: [top ? top.kind : "", bold ? "sec" : "", judged ? "judged" : "", top && top.kind !== "mine" && main.some((l) => l.kind === "mine") ? "own" : ""].join(" ").trim() }, text);
    if (top) piece.addEventListener("click", () => { if (getSelection().isCollapsed) select(state.items.indexOf(top.item)); });
    over.forEach((l) => { const list = sheet.pieces.get(l.item) || []; list.push([piece, l.kind]); sheet.pieces.set(l.item, list); });
    sheet.append(piece);
  }
  return sheet;
}

// ── drawing ─────────────────────────────────────────────────────────────────

function drawBar() {
  const d = state.desk;
  const read = d.queue.filter((q) => q.state === "done" || q.state === "taken" || q.state === "disputed").length;
  $("sample").textContent = `${d.queue.length} ${d.unit}s, seed ${d.seed}${d.blind ? ", blind" : ""}`;
  $("progress").max = d.queue.length;
  $("progress").value = read;
  $("count").textContent = `${read} of ${d.queue.length}`;
  $("who").textContent = d.reviewer;
  document.title = `${read}/${d.queue.length} · notelint review`;
}

function drawPile() {
  const list = (items) => h("ol", {}, items.map((q) => h("li", {}, h("button", {
    type: "button", "aria-current": state.page && q.unit === state.page.unit ? "true" : null,
    disabled: q.state === "taken", title: `${q.unit}: ${STATES[q.state]}`,
    "aria-label": `${q.number}, ${q.unit}, ${STATES[q.state]}`, onclick: () => open(q.unit),
  }, h("span", { class: `dot ${q.state}` }), h("span", { class: "num" }, String(q.number)), h("span", { class: "id" }, q.unit)))));
  const random = state.desk.queue.filter((q) => !q.certainty);
  const certain = state.desk.queue.filter((q) => q.certainty);
  const others = state.desk.reviewers.map((r) => h("li", {}, `${r.who}: ${r.done} done`));
  $("pile").replaceChildren(
    h("h2", {}, "Random sample"), list(random),
    ...(certain.length ? [h("h2", {}, "Taken with certainty"), list(certain)] : []),
    ...(others.length > 1 ? [h("h2", {}, "Reviewers"), h("ul", { class: "others" }, others)] : []),
  );
  const here = $("pile").querySelector("[aria-current]");
  if (here) here.scrollIntoView({ block: "nearest" });
}

function drawNote() {
  const p = state.page;
  $("note").replaceChildren(...p.notes.map((note, i) => h("article", { "aria-label": `Note ${note.note}` },
    h("header", {},
      h("h2", {}, note.note,
        p.role === "second" ? h("span", { class: "tag" }, "second reading") : null,
        p.certainty ? h("span", { class: "tag" }, "not in the random sample") : null),
      h("p", {}, `${p.number} of ${p.of}${p.notes.length > 1 ? `, note ${i + 1} of ${p.notes.length} of ${p.unit}` : ""}`)),
    h("dl", { class: "facts" }, note.facts.map(([k, v]) => h("div", {}, h("dt", {}, k), h("dd", {}, v)))),
    note.sections.length > 1 ? h("div", { class: "chips", role: "group", "aria-label": "Sections" }, note.sections.filter((s) => s.name !== "body").map((s) =>
      h("button", { type: "button", onclick: () => showRange(i, units(note.text).to(s.start)) }, s.name.trim().replace(/[:\s-]+$/, "") || "text"))) : null,
    paper(note, i))));
}

function card(item, number) {
  const mine = !item.fingerprint;
  const chosen = number === state.at;
  if (mine) {
    const rule = state.desk.rules.find((r) => r.name === item.rule);
    return h("div", { class: `finding mine${chosen ? " current" : ""}`, "data-n": number, onclick: () => select(number) },
      h("div", { class: "head" }, h("b", {}, rule ? rule.code : item.category), h("span", {}, item.start === null ? "whole note" : "your mark"),
        h("span", { class: "sev" }, item.blind ? "blind" : "")),
      h("p", {}, rule ? rule.summary : `A problem of ${item.category.replace("-", " ")}.`),
      h("button", { class: "remove", type: "button", onclick: (e) => { e.stopPropagation(); unmark(item); } }, "Take back"));
  }
  const place = item.start === null ? (item.target === "text" ? "whole note" : item.target) : "";
  return h("div", { class: `finding ${item.severity}${item.lead ? "" : " also"}${chosen ? " current" : ""}`, "data-n": number, onclick: () => select(number) },
    h("div", { class: "head" }, h("b", {}, item.code), h("span", {}, item.lead ? item.name : `also: ${item.name}`), h("span", { class: `sev ${item.severity}` }, item.severity)),
    state.page.notes.length > 1 ? h("p", { class: "more" }, `In ${item.note}`) : null,
    h("p", {}, item.message), place ? h("p", { class: "more" }, `About: ${place}`) : null,
    chosen ? h("p", { class: "ask" }, item.ask) : null,
    chosen && item.authority.length ? h("p", { class: "more" }, item.authority[0]) : null,
    item.stale ? h("p", { class: "stale" }, item.stale === "text" ? "The note has changed since your verdict." : "The rule has changed since your verdict.") : null,
    h("div", { class: "verdicts", role: "group", "aria-label": `Verdict on ${item.code}` }, VERDICTS.map(([v, words], i) =>
      h("button", { type: "button", "aria-pressed": String(item.verdict === v && !item.stale), onclick: (e) => { e.stopPropagation(); judge(number, v); } }, words, " ", h("kbd", {}, String(i + 1))))),
    chosen && (item.verdict === "wrong" || item.verdict === "not-useful") ? h("select", { class: "reason", "aria-label": "Why", onclick: (e) => e.stopPropagation(), onchange: (e) => judge(number, item.verdict, e.target.value) },
      h("option", { value: "" }, "Why? (optional)"), state.desk.reasons.map((r) => h("option", { value: r, selected: r === item.reason }, r.replaceAll("-", " ")))) : null);
}

function drawPanel() {
  const p = state.page;
  const top = $("panel").scrollTop;
  const charges = p.notes.flatMap((note, n) => note.charges.map((c, i) => ({ ...c, n, i })));
  const findings = state.items.map((item, n) => [item, n]);
  const found = findings.filter(([item]) => item.fingerprint);
  const marks = findings.filter(([item]) => !item.fingerprint);
  $("panel").replaceChildren(
    ...(charges.length ? [h("section", {}, h("h2", {}, "Charges"), h("table", { class: "charges" },
      h("thead", {}, h("tr", {}, ["Code", "Units", "Min", "Mod", "Time"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {}, charges.map((c) => h("tr", { "data-charge": `${c.n}:${c.i}` }, [c.code, c.units ?? "", c.minutes ?? "", c.modifiers, c.time].map((v) => h("td", {}, String(v))))))))] : []),
    h("section", {}, h("h2", {}, p.revealed ? `Findings (${found.length})` : "Findings"),
      !p.revealed ? h("p", { class: "empty" }, "Blind reading. Read the note, mark what you find with ", h("kbd", {}, "m"), ", then answer below. The findings appear after that.")
        : found.length ? found.map(([item, n]) => card(item, n)) : h("p", { class: "empty" }, "notelint found nothing here. That is no evidence that nothing is amiss.")),
    h("section", {}, h("h2", {}, `Missed problems (${marks.length})`), marks.map(([item, n]) => card(item, n)),
      h("button", { type: "button", class: "wide", onclick: startMark }, "Mark words ", h("kbd", {}, "m")), " ",
      h("button", { type: "button", class: "wide", onclick: () => choose(0, null, null) }, "Whole note ", h("kbd", {}, "w"))));
  $("panel").scrollTop = top;
}

function lacking() {
  const open = state.items.filter((i) => i.fingerprint && i.lead && (!i.verdict || i.stale)).length;
  if (!state.page.answer) return state.page.revealed ? "Judge the findings, then answer" : "Answer to see the findings";
  return open ? `${open} finding${open > 1 ? "s" : ""} to judge` : "";
}

function drawFoot() {
  const p = state.page;
  if (!p) { $("verdict-bar").replaceChildren(); return; }
  if (p.disputed.length && p.role !== "first" && p.role !== "second" || p.disputed.length && p.done) {
    $("verdict-bar").replaceChildren(h("span", { class: "question" }, `The readers differ: ${p.disputed.map((r) => `${r.who} says ${r.answer.replace("-", " ")}`).join(", ")}. What stands?`),
      ...ANSWERS.map(([a, words]) => h("button", { type: "button", onclick: () => settle(a) }, words)));
    return;
  }
  const lack = lacking();
  $("verdict-bar").replaceChildren(
    h("span", { class: "question" }, `This ${state.desk.unit}`),
    ...ANSWERS.map(([a, words, key]) => h("button", { type: "button", "aria-pressed": String(p.answer === a), "data-answer": a, onclick: () => answer(a) }, words, " ", h("kbd", {}, key))),
    h("span", { class: "lacks" }, lack),
    h("button", { type: "button", class: "go", disabled: Boolean(lack), onclick: finish }, p.done ? "Done. Next " : "Finish and go on ", h("kbd", {}, "Enter")));
}

function drawFinished() {
  state.page = null;
  state.items = [];
  const n = state.desk.queue.filter((q) => q.mine).length;
  $("note").replaceChildren(h("div", { class: "finished" }, h("h2", {}, "That was the last one"),
    h("p", {}, `You have read ${n} of this sample. Every verdict is in the log.`),
    h("p", {}, "Next, in the terminal: notelint estimate, with the manifest of this sample.")));
  $("panel").replaceChildren();
  drawPile(); drawBar(); drawFoot();
}

function drawCurrent(scroll) {
  document.querySelectorAll("mark.current").forEach((m) => m.classList.remove("current"));
  document.querySelectorAll("tr.current").forEach((m) => m.classList.remove("current"));
  const item = state.items[state.at];
  if (!item) return;
  let first = null;
  document.querySelectorAll(".paper").forEach((sheet) => (sheet.pieces.get(item) || []).forEach(([piece, kind]) => {
    if (kind !== "evidence") { piece.classList.add("current"); first = first || piece; } else piece.classList.add("evidence");
  }));
  const charge = /^charges\[(\d+)\]$/.exec(item.target || "");
  if (charge) { const row = document.querySelector(`tr[data-charge="${item.n}:${charge[1]}"]`); if (row) row.classList.add("current"); }
  if (scroll && first) first.scrollIntoView({ block: "center", behavior: "smooth" });
  const shown = document.querySelector(`.finding[data-n="${state.at}"]`);
  if (scroll && shown) shown.scrollIntoView({ block: "nearest" });
}

function draw(scroll = false) { drawNote(); drawPanel(); drawFoot(); drawCurrent(scroll); }

function take(page) {
  const before = state.items[state.at];
  state.page = page;
  state.items = page.notes.flatMap((note, n) => [...note.findings, ...note.marks].map((item) => Object.assign(item, { n, note: note.note })));
  const same = before && state.items.findIndex((i) => (i.fingerprint && i.fingerprint === before.fingerprint) || (i.id && i.id === before.id));
  state.at = before && same >= 0 ? same : state.items.findIndex((i) => i.fingerprint && i.lead && (!i.verdict || i.stale));
}

// ── what the reviewer does ──────────────────────────────────────────────────

async function open(unit) {
  stopMark();
  const page = await act("", "open", { unit });
  if (!page) return;
  state.items = []; state.at = -1;
  take(page);
  draw();
  state.desk = await call("desk");
  drawBar(); drawPile();
  $("note").scrollTop = 0;
  $("note").focus({ preventScroll: true });
}

function select(n) {
  if (n < 0 || n >= state.items.length) return;
  state.at = n;
  drawPanel();
  drawCurrent(true);
}

async function judge(n, verdict, reason = "") {
  const item = state.items[n];
  if (!item || !item.fingerprint) return;
  const done = await act(`Saved: ${item.code} ${verdict.replace("-", " ")}`, "judge", { unit: state.page.unit, note: item.note, fingerprint: item.fingerprint, verdict, reason });
  if (!done) return;
  Object.assign(item, { verdict, reason, stale: "" });
  state.page.done = false;
  const next = state.items.findIndex((i, k) => k > n && i.fingerprint && i.lead && (!i.verdict || i.stale));
  state.at = verdict === "correct" || verdict === "unsure" ? (next >= 0 ? next : n) : n;
  draw(true);
}

async function answer(a) {
  const page = await act(`Saved: ${a.replace("-", " ")}`, "answer", { unit: state.page.unit, answer: a });
  if (!page) return;
  take(page);
  draw();
}

async function finish() {
  if (lacking()) { say(lacking()); return; }
  const done = state.page.done || await act("Saved", "finish", { unit: state.page.unit });
  if (!done) return;
  await next(1, true);
}

async function settle(a) {
  const done = await act("Settled", "settle", { unit: state.page.unit, answer: a });
  if (done) await next(1, true);
}

async function next(step, onlyOpen) {
  state.desk = await call("desk");
  drawBar();
  const q = state.desk.queue;
  const here = state.page ? q.findIndex((i) => i.unit === state.page.unit) : -1;
  const order = q.map((_, i) => q[(((here + step * (i + 1)) % q.length) + q.length) % q.length]);
  const wanted = (i) => onlyOpen ? ["new", "open", "second", "changed"].includes(i.state) : i.state !== "taken";
  const to = order.find((i) => wanted(i) && !(onlyOpen && state.page && i.unit === state.page.unit));
  if (to) await open(to.unit); else if (onlyOpen) drawFinished();
}

async function unmark(item) {
  const done = await act("Mark taken back", "unmark", { unit: state.page.unit, mark: item.id });
  if (!done) return;
  const note = state.page.notes[item.n];
  note.marks = note.marks.filter((m) => m.id !== item.id);
  take(state.page); draw();
}

// ── marking words ───────────────────────────────────────────────────────────

function wordsOf(text) { return [...text.matchAll(/\S+/g)].map((m) => [m.index, m.index + m[0].length]); }

function rangeOf(sheet, a, b) {
  const range = document.createRange();
  const walk = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  let at = 0; let begun = false;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const end = at + node.length;
    if (!begun && a < end) { range.setStart(node, a - at); begun = true; }
    if (b <= end) { range.setEnd(node, b - at); break; }
    at = end;
  }
  return range;
}

function selectedWords() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const sheet = [...document.querySelectorAll(".paper")].find((s) => s.contains(range.startContainer) && s.contains(range.endContainer));
  if (!sheet) return null;
  const before = document.createRange();
  before.setStart(sheet, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const a = before.toString().length;
  return { n: Number(sheet.id.slice(6)), a, b: a + range.toString().length };
}

function showRange(n, a) {
  const sheet = $(`paper-${n}`);
  const box = rangeOf(sheet, a, Math.min(a + 1, sheet.textContent.length)).getBoundingClientRect();
  $("note").scrollBy({ top: box.top - $("note").getBoundingClientRect().top - 60, behavior: "smooth" });
}

function startMark() {
  const chosen = selectedWords();
  if (chosen) { choose(chosen.n, chosen.a, chosen.b); return; }
  const n = state.items[state.at] ? state.items[state.at].n : 0;
  const words = wordsOf(state.page.notes[n].text);
  if (!words.length) return;
  const item = state.items[state.at];
  const start = item && item.start !== null && item.start !== undefined ? units(state.page.notes[n].text).to(item.start) : 0;
  const from = Math.max(0, words.findIndex(([, b]) => b > start));
  state.marking = { n, words, from, to: from };
  $(`paper-${n}`).classList.add("marking");
  $("note").append(h("p", { class: "marking-hint", id: "marking-hint", role: "status" },
    "Marking words: ", h("kbd", {}, "←"), " ", h("kbd", {}, "→"), " ", h("kbd", {}, "↑"), " ", h("kbd", {}, "↓"), " move, ", h("kbd", {}, "Shift"), " extends, ", h("kbd", {}, "Enter"), " chooses, ", h("kbd", {}, "Esc"), " goes back"));
  drawMark();
}

function drawMark() {
  const m = state.marking;
  const [a, b] = [Math.min(m.from, m.to), Math.max(m.from, m.to)];
  const range = rangeOf($(`paper-${m.n}`), m.words[a][0], m.words[b][1]);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const box = range.getBoundingClientRect(); const frame = $("note").getBoundingClientRect();
  if (box.top < frame.top + 60 || box.bottom > frame.bottom - 80) $("note").scrollBy({ top: box.top - frame.top - frame.height / 2 });
}

function stopMark() {
  if (!state.marking) return;
  state.marking = null;
  document.querySelectorAll(".paper.marking").forEach((s) => s.classList.remove("marking"));
  const hint = $("marking-hint");
  if (hint) hint.remove();
  getSelection().removeAllRanges();
}

function markKey(event) {
  const m = state.marking;
  const text = state.page.notes[m.n].text;
  const lines = (step) => { // the word nearest below or above in the text's own lines
    const line = (i) => text.slice(0, m.words[i][0]).split("\n").length;
    let i = m.to; const here = line(i);
    while (m.words[i + step] && line(i) === here) i += step;
    return i;
  };
  const moves = { ArrowRight: () => Math.min(m.to + 1, m.words.length - 1), ArrowLeft: () => Math.max(m.to - 1, 0), ArrowDown: () => lines(1), ArrowUp: () => lines(-1) };
  if (event.key === "Escape") stopMark();
  else if (event.key === "Enter") {
    const [a, b] = [Math.min(m.from, m.to), Math.max(m.from, m.to)];
    choose(m.n, m.words[a][0], m.words[b][1]);
  } else if (moves[event.key]) {
    m.to = moves[event.key]();
    if (!event.shiftKey) m.from = m.to;
    drawMark();
  } else return;
  event.preventDefault();
}

let choice = null;

function choose(n, a, b) {
  const text = state.page.notes[n].text;
  const unit = units(text);
  choice = { n, start: a === null ? null : unit.from(a), end: b === null ? null : unit.from(b), at: 0, shown: [] };
  $("choose-words").textContent = a === null ? "The whole note" : text.slice(a, b);
  $("choose-filter").value = "";
  fillChoices();
  $("choose").showModal();
  $("choose-filter").focus();
}

function fillChoices() {
  const words = $("choose-filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [
    ...state.desk.rules.map((r) => ({ rule: r.name, category: "", code: r.code, text: r.summary, key: `${r.code} ${r.name} ${r.summary}` })),
    ...state.desk.categories.map((c) => ({ rule: "", category: c, code: "other", text: c.replaceAll("-", " "), key: `other ${c}` })),
  ];
  choice.shown = all.filter((o) => words.every((w) => o.key.toLowerCase().includes(w)));
  choice.at = 0;
  $("choose-list").replaceChildren(...choice.shown.map((o, i) => h("li", { role: "option", id: `choice-${i}`, onclick: () => { choice.at = i; takeChoice(); } }, h("b", {}, o.code), h("span", {}, o.text))));
  pointChoice();
}

function pointChoice() {
  [...$("choose-list").children].forEach((li, i) => li.setAttribute("aria-selected", String(i === choice.at)));
  const here = $(`choice-${choice.at}`);
  if (here) { here.scrollIntoView({ block: "nearest" }); $("choose-filter").setAttribute("aria-activedescendant", here.id); }
}

async function takeChoice() {
  const o = choice.shown[choice.at];
  if (!o) return;
  stopMark();
  $("choose").close();
  const note = state.page.notes[choice.n];
  const place = { start: choice.start, end: choice.end };
  const done = await act("Saved: a missed problem", "mark", { unit: state.page.unit, note: note.note, ...place, rule: o.rule, category: o.category });
  if (!done) return;
  note.marks.push({ id: done.id, rule: o.rule, category: o.category || "other", blind: !state.page.revealed, ...place });
  state.page.done = false;
  take(state.page); draw();
}

$("choose-filter").addEventListener("input", fillChoices);
$("choose-filter").addEventListener("keydown", (event) => {
  event.stopPropagation(); // the dialog's keys are not the page's, also when Enter closes it
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { choice.at = Math.max(0, Math.min(choice.shown.length - 1, choice.at + step)); pointChoice(); event.preventDefault(); }
  if (event.key === "Enter") { event.preventDefault(); takeChoice(); }
});
$("choose").addEventListener("close", () => { stopMark(); $("note").focus({ preventScroll: true }); });

// ── keys ────────────────────────────────────────────────────────────────────

const DOES = {
  j: () => select(state.at + 1), k: () => select(Math.max(0, state.at - 1)),
  1: () => judge(state.at, "correct"), 2: () => judge(state.at, "wrong"), 3: () => judge(state.at, "not-useful"), 4: () => judge(state.at, "unsure"),
  m: startMark, w: () => choose(0, null, null),
  u: () => { const last = state.items.filter((i) => !i.fingerprint).at(-1); if (last) unmark(last); },
  y: () => answer("meets"), n: () => answer("needs-work"), 0: () => answer("na"),
  Enter: finish, "]": () => next(1, false), "[": () => next(-1, false), "?": showHelp,
};

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey || !state.desk) return;
  if (state.marking) { markKey(event); return; }
  if (event.target.closest("input, select, textarea") || !$("keys-on").checked) return;
  if (event.key === "Enter" && event.target.closest("button, a")) return;
  const does = DOES[event.key];
  if (!does || (!state.page && !"[]?".includes(event.key))) return;
  event.preventDefault();
  queue = queue.then(does).catch((error) => alarm(error.message));
});

function showHelp() { $("help").showModal(); }
$("help-button").addEventListener("click", showHelp);
$("help-keys").append(h("dl", {}, KEYS.flatMap(([keys, words]) => [h("dt", {}, keys.split("  ").flatMap((k) => [h("kbd", {}, k), " "])), h("dd", {}, words)])));
$("keys-on").checked = localStorage.getItem("keys") !== "off";
$("keys-on").addEventListener("change", (e) => localStorage.setItem("keys", e.target.checked ? "on" : "off"));

// ── begin ───────────────────────────────────────────────────────────────────

async function begin() {
  if (!token) { alarm("Open the link that 'notelint review' printed: it carries your session's token."); return; }
  try { state.desk = await call("desk"); } catch (error) { if ($("alarm").hidden) alarm(error.message); return; }
  drawBar(); drawPile();
  const begun = state.desk.queue.find((q) => q.state === "open" || q.state === "changed");
  if (begun) await open(begun.unit); else await next(1, true);
}
begin();
