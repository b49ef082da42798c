import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFirstAccount, launch, lotse, openPage, type Server, settled, startServer } from "./harness";
import { api } from "./records";

// Each would run in a page that shows it as it is.
const markup = '<img src=x onerror="window.hit=1"><svg onload="window.hit=1">';
const code = `"><script>window.hit=1</script>${markup}`;
const prose = `${code} [klick](javascript:window.hit=1) ![bild](x" onerror="window.hit=1) <a href="javascript:window.hit=1">a</a> <iframe srcdoc="<script>parent.hit=1</script>"></iframe>`;

/** Texts that name something of the instance. */
const texts: Record<string, string> = { metric: "hostile", process: markup, currency: "EUR", start: "2026-01" };

interface Field {
  name: string;
  type: string;
  to?: string;
  computed?: boolean;
  managed?: boolean;
  min?: number | null;
  options?: { value: string }[];
  fields?: Field[];
}

interface Kind {
  name: string;
  read_only: boolean;
  may: string[];
  fields: Field[];
}

/** The strings of a refusal name fields such as rows[0].owner; these are the fields that they are about. */
const named = (fields: { field: string }[]): string[] =>
  fields.map((one) => one.field.split(/[.[]/)[0] ?? "").filter(Boolean);

describe("text that would run if it were not shown as text", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  const made: Record<string, string> = {};
  const second: Record<string, string> = {}; // what must not be the same as another field, by that field
  let kinds: Kind[] = [];

  /** A value that is as hostile as the type of its field allows; undefined leaves the field out. */
  const hostileValue = (field: Field, owner: string): unknown => {
    if (field.type !== "date" && second[field.name]) return second[field.name];
    switch (field.type) {
      case "text":
        return texts[field.name] ?? code;
      case "longtext":
        return prose;
      case "choices":
        return field.options?.length ? [field.options[0]?.value] : [markup];
      case "choice":
        return field.options?.[0]?.value;
      case "date":
        return "2026-12-01";
      case "period":
        return { from: "2026-01-01", to: "2027-01-01" };
      case "number":
        return Math.max(1, field.min ?? 1);
      case "yesno":
        return true;
      case "percent":
        return 0.5;
      case "money":
        return { amount: "1000.00", currency: "EUR" };
      case "duration":
        return 3600;
      case "range":
        return { min: 1, likely: 2, max: 3 };
      case "person":
        return owner;
      case "persons":
        return [owner];
      case "reference":
        return made[field.to ?? ""];
      case "references":
        return made[field.to ?? ""] ? [made[field.to ?? ""]] : undefined;
      case "table":
        return [valuesOf(field.fields ?? [], owner)];
      default:
        return undefined;
    }
  };
  const valuesOf = (fields: Field[], owner: string): Record<string, unknown> =>
    Object.fromEntries(
      fields
        .filter((field) => !field.computed && !field.managed)
        .map((field) => [field.name, hostileValue(field, owner)])
        .filter(([, value]) => value !== undefined),
    );

  /** Keeps a record with as many fields as its kind accepts together and answers what was said when it is none. */
  const keep = async (kind: Kind, owner: string): Promise<string> => {
    const value = valuesOf(kind.fields, owner);
    let said = "";
    for (let tries = 0; tries < 12; tries++) {
      const { status, body } = await api(page, "POST", `/records/${kind.name}`, value);
      if (status === 201) {
        made[kind.name] = body.id;
        return "";
      }
      said = `${kind.name}: ${status} ${JSON.stringify(body.error ?? body)}`.slice(0, 400);
      const wrong = named(body.error?.fields ?? body.fields ?? []).filter((name) => name in value);
      if (wrong.length === 0) return said;
      for (const name of wrong) delete value[name];
    }
    return said;
  };

  /** Opens an address and says what of the hostile text became more than text. */
  const open = async (path: string): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await settled(page).catch((error) => {
      throw new Error(`${path}: ${error}`);
    });
    await harmless(path);
  };
  const harmless = async (where: string): Promise<void> => {
    const found = await page.evaluate(() => {
      const list: string[] = [];
      if ("hit" in window) list.push("a script ran");
      for (const el of document.querySelectorAll("*")) {
        for (const { name, value } of el.attributes) {
          if (name.startsWith("on") || /^\s*javascript:/i.test(value)) list.push(`${el.tagName} ${name}=${value}`);
        }
      }
      for (const el of document.querySelectorAll("iframe, script:not([src]):not([nonce]):not([type]), img[src=x]"))
        list.push(el.outerHTML.slice(0, 200));
      return list;
    });
    const violations = problems.splice(0).filter((line) => !/status of 4\d\d/.test(line));
    expect([...found, ...violations], where).toEqual([]);
  };

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-xss-"));
    const folder = mkdtempSync(join(tmpdir(), "lotse-xss-files-"));
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = [
      ["case_id", "activity", "time", `${markup} ort`],
      [`${markup} 1`, `${markup} A`, "2026-02-21T08:00:00Z", code],
      [`${markup} 1`, `${code} B`, "2026-02-22T08:00:00Z", "x"],
      ["2", `${markup} A`, "2026-02-23T08:00:00Z", code],
      ["2", `${code} B`, "2026-02-25T08:00:00Z", code],
    ];
    const file = join(folder, "<img src=x onerror=window.hit=1>.csv");
    writeFileSync(file, rows.map((row) => row.map(cell).join(",")).join("\n"));
    lotse("import", file, "--data", dir, "--table", "events", "--process", markup);
    server = await startServer(dir);
    browser = await launch();
    const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1440, height: 1000 } });
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      ),
    );
    ({ page, problems } = await openPage(context));
    page.setDefaultTimeout(15_000);
    page.on("dialog", (dialog) => {
      if (dialog.type() !== "beforeunload") problems.push(`dialog: ${dialog.message()}`);
      void dialog.accept();
    });
    await createFirstAccount(page, server);
    const { body: me } = await api(page, "GET", "/session");
    await api(page, "PATCH", `/accounts/${me.user.id}`, {
      roles: ["admin", "officer", "leader", "controller", "contributor", "member"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("every register takes it", async () => {
    const { body } = await api(page, "GET", "/records");
    kinds = body.items.filter((kind: Kind) => !kind.read_only && kind.may.includes("create"));
    expect(kinds.length).toBeGreaterThan(15);
    const own = { name: "hostile", title: markup, process: markup, statistic: "median" };
    const steps = { from_activity: `${markup} A`, to_activity: `${code} B` };
    expect((await api(page, "POST", "/metrics", { ...own, ...steps })).status).toBeLessThan(300);
    second.deputy = (await api(page, "POST", "/records/person", { name: code })).body.id;
    second.to = (await api(page, "POST", "/records/initiative", { title: code })).body.id;
    let refused: string[] = [];
    // References are there the second time.
    for (let round = 0; round < 2; round++) {
      refused = [];
      for (const kind of kinds) {
        const said = await keep(kind, body.self);
        if (said && !made[kind.name] && kind.name !== "business_case") refused.push(said);
      }
    }
    // A business case is begun on the page of its initiative.
    await page.goto(`${server.url}/vorhaben/${made.initiative}`);
    await page.getByRole("button", { name: "Business Case anlegen" }).click();
    await page.waitForURL(/\/business_case\//);
    made.business_case = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const title = { title: code };
    expect((await api(page, "PATCH", `/records/business_case/${made.business_case}`, title, "*")).status).toBe(200);
    expect(refused).toEqual([]);
    for (const kind of ["initiative", "business_case", "risk"]) {
      const comments = `/records/${kind}/${made[kind]}/comments`;
      expect((await api(page, "POST", comments, { text: prose })).status).toBe(201);
      const attached = await page.evaluate(
        async ({ path, name }) => {
          const { csrf } = await (await fetch("/api/v1/session")).json();
          const headers = { "Content-Type": "application/octet-stream", "X-CSRF-Token": csrf };
          const to = `/api/v1${path}?name=${encodeURIComponent(name)}`;
          return (await fetch(to, { method: "POST", headers, body: "x" })).status;
        },
        { path: `/records/${kind}/${made[kind]}/files`, name: "<img src=x onerror=window.hit=1>.html" },
      );
      expect(attached).toBe(201);
    }
  });

  // Some thirty registers, each with its form and every tab of a record.
  test("table, form, detail, history, links, comments and files of every register", async () => {
    for (const kind of kinds) {
      await open(`/register/${kind.name}`);
      expect(await page.locator("tr[data-line]").count(), kind.name).toBeGreaterThan(0);
      await open(`/register/${kind.name}/new`);
      await open(`/register/${kind.name}/${made[kind.name]}`);
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await settled(page);
        await harmless(`${kind.name}, ${await tab.textContent()}`);
      }
    }
  }, 600_000);

  test("pages that show it beside figures", async () => {
    const process = encodeURIComponent(markup);
    for (const path of [
      "/",
      "/prozesse",
      `/prozesse/${process}`,
      `/prozesse/${process}?tab=variants`,
      `/prozesse/${process}?tab=cases`,
      `/prozesse/${process}?tab=times`,
      `/prozesse/${process}?tab=findings`,
      "/kennzahlen",
      "/kennzahlen/hostile",
      "/daten",
      `/daten/events/${process}`,
      "/befunde",
      "/fahrplan",
      "/fahrplan/vorschlag",
      "/vorhaben",
      "/vorhaben?view=board&show=all",
      "/vorhaben/rang",
      `/vorhaben/${made.initiative}`,
      `/business_case/${made.business_case}`,
      "/wirkung",
      "/abschluesse",
      "/beitrag",
      "/einstellungen",
      "/einstellungen/prozesse",
      "/einstellungen/verlauf",
      "/konten",
    ])
      await open(path);
  });

  test("the palette and what is printed", async () => {
    await page.goto(`${server.url}/`);
    await settled(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Suchen oder springen" }).fill("onerror");
    await page
      .getByRole("option", { name: /onerror/ })
      .first()
      .waitFor();
    await harmless("palette");
    for (const path of [`/business_case/${made.business_case}`, `/vorhaben/${made.initiative}`, "/"]) {
      await page.emulateMedia({ media: "print" });
      await open(path);
      await page.emulateMedia({ media: null });
    }
  });
});
