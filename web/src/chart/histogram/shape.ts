/** One bar: seconds from (included) to (excluded; the last may be open), number of values. */
export interface Bin {
  from: number;
  to: number | null;
  count: number;
}

export interface Bar {
  x: number;
  width: number;
  /** Height as share of the highest bar. */
  share: number;
  bin: Bin;
}

/** Bars of equal width side by side; an open last bin is as wide as the others. */
export function bars(bins: Bin[], width: number): Bar[] {
  const most = Math.max(1, ...bins.map((b) => b.count));
  const step = bins.length > 0 ? width / bins.length : width;
  return bins.map((bin, i) => ({ bin, x: i * step, width: Math.max(1, step - 1), share: bin.count / most }));
}

/** Where a value stands among the bins, 0 to width; null when it lies outside. */
export function position(value: number, bins: Bin[], width: number): number | null {
  const step = width / Math.max(1, bins.length);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] as Bin;
    const to = bin.to ?? Number.POSITIVE_INFINITY;
    if (value >= bin.from && (value < to || (i === bins.length - 1 && value <= to))) {
      const inner = Number.isFinite(to) && to > bin.from ? (value - bin.from) / (to - bin.from) : 0.5;
      return (i + inner) * step;
    }
  }
  return null;
}
