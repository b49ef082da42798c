/** A colour, font or length of the design by its name without "--lo-". */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--lo-${name}`).trim();
}

/** Writes the colours of the design into a drawing, so that it stands without the page. */
export function coloursWritten(text: string): string {
  return text.replace(/var\(--lo-([\w-]+)\)/g, (_, name: string) => token(name));
}

/** A copy of a drawn SVG of the given size without anything that only the page knows. */
export function detached(svg: SVGSVGElement, width: number, height: number): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  for (const el of [copy, ...copy.querySelectorAll("[style], [class]")]) {
    el.removeAttribute("style");
    el.removeAttribute("class");
  }
  return copy;
}

/** Loads the text of an SVG as an image. */
export async function svgImage(text: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The text of an SVG as a picture at double resolution, of at most 8000 pixels a side. */
export async function svgPicture(text: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("no canvas");
  ctx.drawImage(await svgImage(text), 0, 0, canvas.width, canvas.height);
  return canvasPicture(canvas);
}

/** What a canvas shows as PNG. */
export function canvasPicture(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((b) => (b ? resolve(b) : reject(new Error("no picture"))), "image/png"),
  );
}
