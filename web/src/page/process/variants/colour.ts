/** Series of the sections in their order; signal and status colours stay out of it. */
const SERIES = [1, 3, 4, 2, 6, 5];

/** Colour of a section by its place in the list; neutral for none. */
export function sectionColour(section: string, sections: string[]): string {
  const at = sections.indexOf(section);
  return at < 0 ? "var(--lo-none)" : `var(--lo-series-${SERIES[at % SERIES.length]})`;
}
