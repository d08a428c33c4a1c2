// What the page asks of the server. The token comes in the link's fragment, which no server sees.

export interface Charge {
  code: string;
  minutes: number | null;
  units: number | null;
  modifiers: string[];
}

export interface NoteRecord {
  text: string;
  note_type: string;
  discipline: string;
  payer: string;
  status: string;
  charges: Charge[];
}

export interface Place {
  role: "main" | "evidence";
  label: string;
  target: string;
  start: number | null;
  end: number | null;
}

export interface Finding {
  code: string;
  name: string;
  severity: "info" | "warning" | "error";
  scope: string;
  summary: string;
  message: string;
  start: number | null;
  end: number | null;
  statement: { start: number; end: number } | null;
  insert_at: number | null;
  places: Place[];
  suggestion: { ask: string; rewrite: string | null };
  authority: string[];
  fingerprint: string;
  group: number | null;
  lead: boolean;
  before_signing: boolean;
}

export interface Sum {
  discipline: string;
  terms: { code: string; minutes: number }[];
  minutes: number | null;
  entered: number | null;
  computed: { method: string; units: number }[];
  unknown_codes: string[];
}

export interface Answer {
  note: { version: number };
  engine: { version: string; pack: string };
  findings: Finding[];
  not_applied: { rule: string; reason: string }[];
  problems: { what: string; remedy: string }[];
  summary: { rules: number; final: boolean; left_alone: boolean; disclaimer: string };
  incomplete: boolean;
  took_ms: number;
  arithmetic?: Sum[];
}

const KEY = "notelint-token";

/** Takes the token out of the address and keeps it for this tab. */
export function token(): string {
  const shown = new URLSearchParams(location.hash.slice(1)).get("token");
  if (shown) {
    sessionStorage.setItem(KEY, shown);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY) ?? "";
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Lints a note. Offsets are UTF-16 units, which is how a string counts here. */
export async function lint(
  note: NoteRecord,
  version: number,
  arithmetic: boolean,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await fetch("/v1/lint", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token()}` },
    body: JSON.stringify({ note, version, options: { encoding: "utf-16", arithmetic } }),
    signal,
  });
  const body = (await answer.json()) as Answer & { error?: { message: string } };
  if (!answer.ok) throw new Refused(answer.status, body.error?.message ?? "The server refused.");
  return body;
}
