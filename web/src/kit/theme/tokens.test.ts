import { describe, expect, it } from "vitest";
import { type Scheme, type Token, tokens, tokenValue, tokenVariables } from "./tokens";

function luminance(hex: string): number {
  const channel = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast by WCAG 2.2, 1.4.3. */
function contrast(a: Token, b: Token, scheme: Scheme): number {
  const [x, y] = [luminance(tokenValue(a, scheme)), luminance(tokenValue(b, scheme))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe.each(["light", "dark"] as const)("%s", (scheme) => {
  it.each<[Token, Token, number]>([
    ["ink", "paper", 4.5],
    ["ink-2", "paper", 4.5],
    ["ink-3", "paper", 4.5],
    ["ink-3", "blue-tint", 4.5],
    ["ink-3", "sunken", 4.5],
    ["blue", "paper", 4.5],
    ["blue", "blue-tint", 4.5],
    ["on-blue", "blue", 4.5],
    ["signal", "paper", 4.5],
    ["signal", "signal-tint", 4.5],
    ["ok", "ok-tint", 4.5],
    ["warn", "warn-tint", 4.5],
    ["bad", "bad-tint", 4.5],
    ["none", "none-tint", 4.5],
    ["rail-ink", "rail", 4.5],
    ["rail-ink", "rail-here", 4.5],
    ["control", "paper", 3],
    ["warn-fill", "paper", 3],
    ["rail-signal", "rail", 3],
    ["series-1", "paper", 3],
    ["series-2", "paper", 3],
    ["series-5", "paper", 3],
    ["duration-1", "paper", 3],
  ])("%s on %s reaches %d", (front, back, least) => {
    expect(contrast(front, back, scheme)).toBeGreaterThanOrEqual(least);
  });

  it("gives every token as a variable", () => {
    expect(Object.keys(tokenVariables(scheme))).toHaveLength(Object.keys(tokens).length);
  });
});
