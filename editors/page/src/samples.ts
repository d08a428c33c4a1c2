// Notes to begin with. Synthetic, written for this page; no real patient.

import type { NoteRecord } from "./api";

type Sample = NoteRecord & { name: string };

const row = (code: string, minutes: number, units: number, ...modifiers: string[]) => ({
  code,
  minutes,
  units,
  modifiers,
});

export const SAMPLES: Sample[] = [
  {
    name: "PT daily note, half written",
    note_type: "daily",
    discipline: "PT",
    payer: "medicare_b",
    status: "draft",
    text:
      "S: Pt reports R knee is “stiff but better”, 3/10 on the stairs at home.\n" +
      "O: STS from 18\" chair x10, CGA, to get off the toilet without pulling on the sink.\n" +
      "Balance activities performed x 15 min.\n" +
      "Gait training 150' w/ RW, 2 VC for step length, SBA on the ramp to reach the mailbox.\n" +
      "A: Pt tolerated treatment well.\n" +
      "P: Continue POC.\n",
    charges: [row("97530", 12, 1, "GP"), row("97112", 15, 1, "GP"), row("97116", 10, 1, "GP")],
  },
  {
    name: "OT daily note, well documented",
    note_type: "daily",
    discipline: "OT",
    payer: "medicare_b",
    status: "draft",
    text:
      "S: Pt says washing her hair is “still the hard part”.\n" +
      "O: Tub-bench transfer training with long-handled sponge: pt demonstrated 3 of 3 steps, 1 VC for hand placement, CGA at the threshold, for showering with her daughter out of the room (LTG 2).\n" +
      "Stood at counter and moved 14 items from dishwasher rack to shelf at 54\", L UE, CGA for L lean on the top shelf, for unloading the dishwasher alone.\n" +
      "A: Lean came later than last visit (item 11, was 6); shelf raised from 48\" today because of it.\n" +
      "P: Next visit: same shelf without the counter for support; add the wet tub floor.\n",
    charges: [row("97535", 23, 2, "GO"), row("97530", 24, 1, "GO")],
  },
  {
    name: "SLP daily note, in a hurry",
    note_type: "daily",
    discipline: "SLP",
    payer: "commercial",
    status: "draft",
    text:
      "S: Pt pleasant and cooperative.\n" +
      "O: Worked on word finding. Pt did well with cues.\n" +
      "Named 14/20 pictured kitchen items, semantic cue needed on 5, to ask for what she needs while cooking.\n" +
      "A: Making progress.\n" +
      "P: Cont. per POC.\n",
    charges: [row("92507", 30, 1, "GN")],
  },
  {
    name: "Empty note",
    note_type: "daily",
    discipline: "PT",
    payer: "unknown",
    status: "draft",
    text: "",
    charges: [],
  },
];
