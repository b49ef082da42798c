import type { Locator, Page } from "playwright-core";

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the route
  body: any;
}

/** Calls the API in the session of a page, as another tab of the same person would. */
export async function api(
  page: Page,
  method: string,
  path: string,
  body?: object,
  version?: number | "*",
): Promise<Answer> {
  return page.evaluate(
    async ({ method, path, body, version }) => {
      const { csrf } = await (await fetch("/api/v1/session")).json();
      const headers: Record<string, string> = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
      if (version !== undefined) headers["If-Match"] = version === "*" ? "*" : `"${version}"`;
      const response = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
      return { status: response.status, body: await response.json().catch(() => null) };
    },
    { method, path, body, version },
  );
}

/** The first account keeps the instance; this lets it work in the registers as well. */
export async function becomeOfficer(page: Page): Promise<void> {
  const { body: me } = await api(page, "GET", "/session");
  await api(page, "PATCH", `/accounts/${me.user.id}`, { roles: ["admin", "officer"] });
}

/** Chooses an option of a select that is searched by typing. */
export async function choose(page: Page, label: string, text: string, option: string | RegExp = text): Promise<void> {
  const input = page
    .getByRole("combobox", { name: label, exact: true })
    .or(page.getByLabel(label, { exact: true }))
    .first();
  // A choice of several covers its input.
  await input.click({ force: (await input.getAttribute("data-type")) === "hidden" });
  if (await input.isEditable()) await input.fill(text);
  await page.getByRole("option", { name: option }).first().click();
}

/** A line of the table of a register. */
export const row = (page: Page, name: string): Locator => page.locator("tr[data-line]").filter({ hasText: name });
