import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";
import { newQueryClient } from "@/api";
import { theme } from "@/kit/theme/theme";

/** Draws a part of the app inside its theme and cache. */
export function draw(node: ReactNode): RenderResult {
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={newQueryClient()}>{node}</QueryClientProvider>
    </MantineProvider>,
  );
}

/** The rules of WCAG that a part breaks; contrast needs a real browser and is checked there. */
export async function broken(container: Element): Promise<string[]> {
  const result = await axe.run(container, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "color-contrast": { enabled: false } },
  });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

/** Answers calls of the app from a table of "METHOD /path" without a server; returns what was sent. */
export function answer(answers: Record<string, unknown>): { sent: { key: string; body: unknown }[] } {
  const sent: { key: string; body: unknown }[] = [];
  globalThis.fetch = async (input, init) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), "http://lotse.test"), init);
    const path = new URL(request.url).pathname.replace("/api/v1", "");
    const key = `${request.method} ${path}`;
    const text = await request.text();
    sent.push({ key, body: text ? JSON.parse(text) : undefined });
    const found = answers[key];
    if (found instanceof Response) return found.clone();
    if (found === undefined) return Response.json({ code: "not_found", text: `no answer for ${key}` }, { status: 404 });
    return Response.json(found);
  };
  return { sent };
}
