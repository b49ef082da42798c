import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../messages");
const areas = readdirSync(folder);

type Messages = Record<string, unknown>;

function read(area: string, locale: string): Messages {
  const { $schema: _, ...messages } = JSON.parse(
    readFileSync(join(folder, area, `${locale}.json`), "utf8"),
  ) as Messages;
  return messages;
}

/** The {inputs} of a message, whatever its form. */
function inputs(message: unknown): string[] {
  return [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string))].sort();
}

describe.each(areas)("messages of %s", (area) => {
  const german = read(area, "de");
  const english = read(area, "en");

  it("exist in both languages", () => expect(Object.keys(english).sort()).toEqual(Object.keys(german).sort()));

  it("take the same inputs in both languages", () => {
    for (const key of Object.keys(german)) expect([key, inputs(english[key])]).toEqual([key, inputs(german[key])]);
  });

  it("are named after their area", () => {
    for (const key of Object.keys(german)) expect(key.startsWith(`${area}_`)).toBe(true);
  });

  it("say Sie and shout nothing", () => {
    const text = JSON.stringify(german);
    expect(text).not.toMatch(/\b(du|dein|deine|deinen|dir|dich)\b/i);
    expect(text).not.toContain("!");
  });
});
