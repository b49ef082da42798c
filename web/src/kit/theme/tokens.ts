// The colours of the design, one value for light and one for dark. They become the CSS variables --lo-…; nothing else
// in the app names a colour.

type Pair = readonly [light: string, dark: string];

export const tokens = {
  paper: ["#FBFBF9", "#0B151D"],
  surface: ["#FFFFFF", "#12202B"],
  sunken: ["#F2F4F4", "#0F1B25"],
  rail: ["#0B2B40", "#071018"],
  "rail-ink": ["#C3D3DE", "#AFC1CD"],
  "rail-line": ["#31536A", "#2A4152"],
  "rail-signal": ["#E0559A", "#E0559A"],
  "rail-here": ["#264357", "#1B242C"],
  ink: ["#10222E", "#E8EEF2"],
  "ink-2": ["#465863", "#B2C0CA"],
  "ink-3": ["#596975", "#8FA1AD"],
  line: ["#E0E5E7", "#213240"],
  "line-strong": ["#BCC6CC", "#3B5060"],
  control: ["#7E8D97", "#6F8494"],
  blue: ["#0F4C75", "#7DB7DE"],
  "blue-hover": ["#0A3A5B", "#A3CDEA"],
  "blue-tint": ["#E5EEF5", "#15314A"],
  "on-blue": ["#FFFFFF", "#06202F"],
  signal: ["#B01E68", "#F287B9"],
  "signal-tint": ["#FAEAF2", "#3B172B"],
  "on-signal": ["#FFFFFF", "#2A0A1B"],
  ok: ["#00705A", "#52C4A3"],
  "ok-tint": ["#E1F1EC", "#0F3029"],
  warn: ["#8A5300", "#E8B14D"],
  "warn-fill": ["#B57500", "#E8B14D"],
  "warn-tint": ["#FBF0DC", "#36290F"],
  bad: ["#B3261E", "#F77468"],
  "bad-tint": ["#FBEAE8", "#401A17"],
  none: ["#55646F", "#9DADB9"],
  "none-tint": ["#ECEFF0", "#1D2C37"],
  "series-1": ["#0F4C75", "#7DB7DE"],
  "series-2": ["#D17A0A", "#E9AF41"],
  "series-3": ["#187262", "#429983"],
  "series-4": ["#8761B9", "#9A68D4"],
  "series-5": ["#80929F", "#B8BFC3"],
  "series-6": ["#8D4123", "#D4714D"],
  "duration-1": ["#7A94A6", "#556D80"],
  "duration-2": ["#AF882B", "#9A7A33"],
  "duration-3": ["#B85F06", "#D68A25"],
  "duration-4": ["#93400F", "#F0AC6A"],
  "duration-5": ["#571C0A", "#FBDCC0"],
} as const satisfies Record<string, Pair>;

export type Token = keyof typeof tokens;
export type Scheme = "light" | "dark";

/** The value of a token in a scheme, for what cannot read CSS variables (canvas charts, PNG). */
export function tokenValue(token: Token, scheme: Scheme): string {
  return tokens[token][scheme === "dark" ? 1 : 0];
}

/** All tokens of a scheme as CSS variables. */
export function tokenVariables(scheme: Scheme): Record<`--lo-${string}`, string> {
  const out: Record<`--lo-${string}`, string> = {};
  for (const [name, pair] of Object.entries(tokens)) out[`--lo-${name}`] = pair[scheme === "dark" ? 1 : 0];
  return out;
}
