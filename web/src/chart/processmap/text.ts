/** Width of text in Inter without asking the browser, so that layout is the same everywhere. Errs on the wide side. */
const NARROW = new Set("iljtfrI.,:;'|!()[]·-−  ".split(""));
const WIDE = new Set("mwMWÄÖÜ@%&".split(""));

function em(char: string): number {
  if (char >= "0" && char <= "9") return 0.63;
  if (NARROW.has(char)) return 0.36;
  if (WIDE.has(char)) return 0.9;
  if (char >= "A" && char <= "Z") return 0.7;
  if (char.charCodeAt(0) > 0x2fff) return 1.05;
  return 0.6;
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
  const words = name.split(/(?<=[\s\-_/])/);
  let first = "";
  while (words.length > 0 && textWidth((first + words[0]).trimEnd(), size) <= width) first += words.shift();
  const rest = words.join("");
  if (first === "") {
    const cut = cutTo(name, width, size);
    return [cut, ellipsis(name.slice(cut.length), width, size)];
  }
  return [first.trimEnd(), ellipsis(rest, width, size)];
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
