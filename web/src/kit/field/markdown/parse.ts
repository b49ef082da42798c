// A small reader of Markdown: paragraphs, headings, lists, quotes, code, rules, emphasis, links. HTML is text like any
// other; the page draws the tree with its own elements, so nothing of the text is ever run.

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "em"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; children: Inline[] }
  | { kind: "break" };

export type Block =
  | { kind: "paragraph" | "heading"; children: Inline[] }
  | { kind: "list"; ordered: boolean; items: Block[][] }
  | { kind: "quote"; children: Block[] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

const deepest = 6;
const item = /^( *)([-*+]|\d{1,9}[.)])\s+(.*)$/;

/** Reads the blocks of a text. */
export function parseBlocks(text: string, depth = 0): Block[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const out: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") at++;
    else if (/^```/.test(line)) at = code(lines, at, out);
    else if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) {
      out.push({ kind: "rule" });
      at++;
    } else if (/^#{1,6}\s+/.test(line)) {
      out.push({ kind: "heading", children: parseInline(line.replace(/^#{1,6}\s+/, "").replace(/\s+#+\s*$/, "")) });
      at++;
    } else if (/^ {0,3}>/.test(line) && depth < deepest) at = quote(lines, at, out, depth);
    else if (item.test(line) && depth < deepest) at = list(lines, at, out, depth);
    else at = paragraph(lines, at, out, depth);
  }
  return out;
}

function code(lines: string[], at: number, out: Block[]): number {
  const body: string[] = [];
  let next = at + 1;
  while (next < lines.length && !/^```/.test(lines[next] ?? "")) body.push(lines[next++] ?? "");
  out.push({ kind: "code", text: body.join("\n") });
  return next + 1;
}

function quote(lines: string[], at: number, out: Block[], depth: number): number {
  const body: string[] = [];
  let next = at;
  while (next < lines.length && /^ {0,3}>/.test(lines[next] ?? "")) {
    body.push((lines[next++] ?? "").replace(/^ {0,3}> ?/, ""));
  }
  out.push({ kind: "quote", children: parseBlocks(body.join("\n"), depth + 1) });
  return next;
}

function list(lines: string[], at: number, out: Block[], depth: number): number {
  const first = item.exec(lines[at] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const ordered = /\d/.test(first?.[2] ?? "");
  const items: string[][] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? "";
    const found = item.exec(line);
    const mine = found && found[1]?.length === indent && /\d/.test(found[2] ?? "") === ordered;
    const inside = line.trim() === "" || line.startsWith(" ".repeat(indent + 2));
    if (mine) items.push([found[3] ?? ""]);
    else if (inside && items.length > 0) items.at(-1)?.push(line.slice(indent + 2));
    else break;
  }
  out.push({ kind: "list", ordered, items: items.map((body) => parseBlocks(body.join("\n"), depth + 1)) });
  return next;
}

function paragraph(lines: string[], at: number, out: Block[], depth: number): number {
  const body: string[] = [];
  let next = at;
  while (next < lines.length) {
    const line = lines[next] ?? "";
    const other = line.trim() === "" || /^(#{1,6}\s|```| {0,3}>)/.test(line) || item.test(line);
    if (other && (next > at || line.trim() === "") && !(depth >= deepest && line.trim() !== "")) break;
    body.push(line.trimStart());
    next++;
  }
  out.push({ kind: "paragraph", children: parseInline(body.join("\n")) });
  return next;
}

const marks =
  /(`+)([^`]+?)\1|\*\*([^*\n]+(?:\*[^*\n]+\*[^*\n]*)*)\*\*|\*([^*\s][^*\n]*?)\*|(?<![\p{L}\p{N}])_([^_\s][^_\n]*?)_(?![\p{L}\p{N}])|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)\]]+[^\s<>)\].,;:?])/u;

/** Reads emphasis, code and links inside a block. */
export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let rest = text;
  while (rest !== "") {
    const found = depth < deepest ? marks.exec(rest) : null;
    if (!found) {
      plain(rest, out);
      break;
    }
    plain(rest.slice(0, found.index), out);
    const [all, , codeText, strong, star, under, label, href, bare] = found;
    if (codeText !== undefined) out.push({ kind: "code", text: codeText });
    else if (strong !== undefined) out.push({ kind: "strong", children: parseInline(strong, depth + 1) });
    else if (star !== undefined || under !== undefined)
      out.push({ kind: "em", children: parseInline(star ?? under ?? "", depth + 1) });
    else if (bare !== undefined) out.push({ kind: "link", href: bare, children: [{ kind: "text", text: bare }] });
    else if (safe(href ?? ""))
      out.push({ kind: "link", href: href ?? "", children: parseInline(label ?? "", deepest) });
    else plain(all, out);
    rest = rest.slice(found.index + all.length);
  }
  return out;
}

/** Only addresses of the web and of mail, and pages of the app, become links. */
export function safe(href: string): boolean {
  return /^(https?:\/\/|mailto:|\/(?![/\\]))/i.test(href);
}

function plain(text: string, out: Inline[]): void {
  text.split("\n").forEach((line, index) => {
    if (index > 0) out.push({ kind: "break" });
    if (line !== "") out.push({ kind: "text", text: line });
  });
}
