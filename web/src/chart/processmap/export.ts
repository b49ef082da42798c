import { coloursWritten, detached } from "../svg";
import type { LegendPart } from "./Legend";
import { textWidth } from "./text";

/** What stands around an exported map: its title, how much it shows, and what colours and widths mean. */
export interface MapWords {
  title: string;
  facts: string;
  legend: LegendPart[];
}

const PAD = 24;
const HEAD = 56;
const ROW = 18;
const COLUMN = 200;

/** The whole map as a drawing of its own, with title and legend and its colours written out. */
export function mapSvg(svg: SVGSVGElement, words: MapWords): { text: string; width: number; height: number } {
  const map = svg.viewBox.baseVal;
  const legendTop = HEAD + map.height + PAD;
  const legendWidth = words.legend.length * COLUMN;
  const width = 2 * PAD + Math.max(map.width, legendWidth, textWidth(words.title, 14), textWidth(words.facts, 12));
  const height = legendTop + ROW * (1 + Math.max(0, ...words.legend.map((p) => p.rows.length))) + PAD;
  const inner = detached(svg, map.width, map.height);
  inner.setAttribute("x", String(PAD + (width - 2 * PAD - map.width) / 2));
  inner.setAttribute("y", String(HEAD));
  for (const hit of inner.querySelectorAll("[data-hit]")) hit.remove();
  const parts = [
    `<rect width="${width}" height="${height}" fill="var(--lo-paper)"/>`,
    line(PAD, 28, words.title, 'font-size="14" font-weight="600" fill="var(--lo-ink)"'),
    line(PAD, 46, words.facts, 'font-size="12" fill="var(--lo-ink-2)"'),
    new XMLSerializer().serializeToString(inner),
    ...words.legend.flatMap((part, i) => legendPart(part, PAD + i * COLUMN, legendTop)),
  ];
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif"><title>${escaped(words.title)}</title>` +
    `${parts.join("")}</svg>`;
  return { text: coloursWritten(text), width, height };
}

function legendPart(part: LegendPart, x: number, y: number): string[] {
  return [
    line(x, y + 12, part.title, 'font-size="12" fill="var(--lo-ink-2)"'),
    ...part.rows.flatMap((row, i) => {
      const at = y + ROW * (i + 1) + 12;
      return [
        `<line x1="${x}" x2="${x + 24}" y1="${at - 4}" y2="${at - 4}" stroke="${row.colour}" stroke-width="${row.width}"/>`,
        line(x + 34, at, row.text, 'font-size="12" fill="var(--lo-ink-2)"'),
      ];
    }),
  ];
}

function line(x: number, y: number, text: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
