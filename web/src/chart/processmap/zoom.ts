/** Smallest and largest zoom; below LABEL_ZOOM only the strongest third of the labels is drawn. */
export const MIN_ZOOM = 0.75;
export const MAX_ZOOM = 2;
export const LABEL_ZOOM = 0.8;
const STEP = 1.2;
/** Below this a map is not shrunk to fit its height. */
const WHOLE = 0.85;

/** Keeps a zoom within its limits. */
export function clampZoom(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/** One step in (1) or out (-1). */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const next = direction > 0 ? zoom * STEP : zoom / STEP;
  return clampZoom(Math.abs(next - 1) < 0.05 ? 1 : next);
}

/**
 * The zoom that shows a drawing whole when that stays readable; otherwise its
 * width, and the rest by scrolling. Never above full size.
 */
export function fitZoom(drawing: { width: number; height: number }, window: { width: number; height: number }): number {
  if (drawing.width <= 0 || drawing.height <= 0) return 1;
  const wide = window.width / drawing.width;
  const whole = Math.min(wide, window.height / drawing.height);
  return Math.min(1, clampZoom(whole >= WHOLE ? whole : wide));
}
