import { canvasPicture, coloursWritten, detached, svgImage } from "./svg";

/** Draws what a chart shows (canvas, SVG and the words around them) onto one picture at double resolution. */
export async function picture(plot: HTMLElement, title: string, source: string): Promise<Blob> {
  const area = plot.getBoundingClientRect();
  const [pad, head, foot] = [16, 40, source ? 28 : 8];
  const inner = plot.querySelector<HTMLElement>("[data-scroll]");
  const width = Math.max(1, plot.scrollWidth, inner?.scrollWidth ?? 0);
  const height = Math.max(1, plot.scrollHeight, inner?.scrollHeight ?? 0);
  const canvas = document.createElement("canvas");
  const scale = Math.min(2, 8000 / Math.max(width, height));
  canvas.width = (width + 2 * pad) * scale;
  canvas.height = (height + head + foot + pad) * scale;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("no canvas");
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--lo-${name}`).trim();
  ctx.scale(scale, scale);
  ctx.fillStyle = token("paper") || "#fff";
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = token("ink");
  ctx.font = `600 14px "Inter Variable", sans-serif`;
  ctx.fillText(title, pad, 26);
  ctx.fillStyle = token("ink-3");
  ctx.font = `12px "Inter Variable", sans-serif`;
  if (source) ctx.fillText(source, pad, head + height + 18);
  ctx.translate(pad, head);
  for (const drawn of plot.querySelectorAll("canvas")) {
    const at = drawn.getBoundingClientRect();
    ctx.drawImage(drawn, at.left - area.left, at.top - area.top, at.width, at.height);
  }
  for (const svg of plot.querySelectorAll("svg")) {
    if (svg.parentElement?.closest("svg, button")) continue;
    const at = svg.getBoundingClientRect();
    const frame = svg.closest<HTMLElement>("[data-scroll]");
    const dx = frame ? frame.scrollLeft : 0;
    const dy = frame ? frame.scrollTop : 0;
    const text = new XMLSerializer().serializeToString(detached(svg, at.width, at.height));
    ctx.drawImage(
      await svgImage(coloursWritten(text)),
      at.left - area.left + dx,
      at.top - area.top + dy,
      at.width,
      at.height,
    );
  }
  drawWords(ctx, plot, area);
  return canvasPicture(canvas);
}

/** Writes the words of the HTML parts where they stand. */
function drawWords(ctx: CanvasRenderingContext2D, plot: HTMLElement, area: DOMRect): void {
  const walker = document.createTreeWalker(plot, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim();
    if (!parent || !text || parent.closest("svg, .lo-sr, .lo-no-print")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const at = range.getBoundingClientRect();
    if (at.width === 0) continue;
    const css = getComputedStyle(parent);
    ctx.font = `${css.fontWeight} ${css.fontSize} "Inter Variable", sans-serif`;
    ctx.fillStyle = css.color;
    ctx.textBaseline = "middle";
    ctx.fillText(text, at.left - area.left, at.top - area.top + at.height / 2);
    ctx.textBaseline = "alphabetic";
  }
}
