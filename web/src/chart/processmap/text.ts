/**
 * Widths of text in Inter (semibold, tabular figures, measured at 13 px, in hundredths of the size) without asking the
 * browser, so that layout is the same everywhere. Regular weight is narrower, so it errs on the wide side.
 */
const WIDTHS: [hundredths: number, chars: string][] = [
  [28, "ijlI .,:;  "],
  [35, "ft-'·|![]"],
  [40, 'r/()−"\\'],
  [48, "_"],
  [55, "s"],
  [58, "ackxzäLJ"],
  [62, "veyFEbdhnopquöügß"],
  [66, "0123456789BPRSTZ+&"],
  [75, "ACDGHKNUVXYÄÜ"],
  [78, "OQÖ"],
  [84, "w"],
  [92, "mM"],
  [104, "W%@"],
];
const WIDTH = new Map(WIDTHS.flatMap(([w, chars]) => [...chars].map((char) => [char, w / 100] as const)));

function em(char: string): number {
  return WIDTH.get(char) ?? (char.charCodeAt(0) > 0x2fff ? 1.05 : 0.66);
}

/** Estimated width in pixels of text set in the given size. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const char of text) sum += em(char);
  return sum * size;
}

/** Breaks a name into at most two lines of the given width; what is beyond ends in an ellipsis. */
export function wrapName(name: string, width: number, size: number): string[] {
  if (textWidth(name, size) <= width) return [name];
  const even = evenBreak(name, width, size);
  if (even) return even;
  const words = name.split(/(?<=[\s\-_/])/);
  let first = "";
  while (words.length > 0 && textWidth((first + words[0]).trimEnd(), size) <= width) first += words.shift();
  if (first.trimEnd().length < SHORTEST) {
    const cut = cutTo(name, width, size);
    return [cut, ellipsis(name.slice(cut.length), width, size)];
  }
  return [first.trimEnd(), ellipsis(words.join(""), width, size)];
}

/** A line of fewer characters would tear a name apart: "A_" above "PARTLYSUBMITTED". */
const SHORTEST = 3;

/** The break after which both lines fit and are most alike: at a space where there is one, else at a sign, else inside a compound. */
function evenBreak(name: string, width: number, size: number): string[] | null {
  for (const places of [/\s+/g, /[-_/.:]/g, /(?<=[a-zäöüß])(?=[A-ZÄÖÜ])/g]) {
    const breaks = [...name.matchAll(places)]
      .map((m) => m.index + m[0].length)
      .map((at) => [name.slice(0, at).trimEnd(), name.slice(at)] as [string, string])
      .filter((lines) => lines.every((line) => line.length >= SHORTEST && textWidth(line, size) <= width))
      .map((lines) => ({ lines, longest: Math.max(...lines.map((line) => textWidth(line, size))) }))
      .sort((a, b) => a.longest - b.longest);
    if (breaks[0]) return breaks[0].lines;
  }
  return null;
}

/** Whether a name stands whole in at most two lines of the given width, broken only where names may be. */
export function fitsTwoLines(name: string, width: number, size: number): boolean {
  return textWidth(name, size) <= width || evenBreak(name, width, size) !== null;
}

function cutTo(text: string, width: number, size: number): string {
  let end = text.length;
  while (end > 1 && textWidth(text.slice(0, end), size) > width) end -= 1;
  return text.slice(0, end);
}

/** Cuts text to the width, ending in "…" when something is missing. */
export function ellipsis(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  return `${cutTo(text, width - size, size).trimEnd()}…`;
}
