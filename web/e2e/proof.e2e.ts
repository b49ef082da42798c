import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axe,
  createFirstAccount,
  launch,
  loadFile,
  openPage,
  type Server,
  settled,
  sharedData,
  startServer,
} from "./harness";
import { api, choose } from "./records";

const password = "ein langes Kennwort 14";
const dir = mkdtempSync(join(tmpdir(), "lotse-proof-"));

/** Orders of 104 weeks from 8 January 2024, 40 a week; from week 86 on, 1 September 2025, each is worth 20 more. */
function orders(name: string, from: number, to: number, raise = 20): string {
  const lines = ["order_id;time;net"];
  for (let week = from; week < to; week++) {
    const level = 100 + 3 * Math.sin((week * week) % 13) + 2 * Math.cos((week * 7) % 11) + (week >= 86 ? raise : 0);
    for (let n = 0; n < 42; n++) {
      const day = new Date(Date.UTC(2024, 0, 8 + week * 7 + (n % 7))).toISOString().slice(0, 10);
      lines.push(`A-${week}-${n};${day};${(level + ((n * 5) % 9) - 4).toFixed(2)}`);
    }
  }
  const path = join(dir, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** The rows of the public log of receipts before and from an instant on, as two files. */
function receipt(packed: string, instant: string): [string, string] {
  const [head = "", ...rows] = gunzipSync(readFileSync(packed)).toString("utf8").trimEnd().split("\n");
  const at = (row: string): string => row.slice(row.lastIndexOf(",") + 1);
  return [true, false].map((before) => {
    const folder = join(dir, before ? "vorher" : "nachher");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "receipt.csv");
    writeFileSync(path, `${[head, ...rows.filter((row) => at(row) < instant === before)].join("\n")}\n`);
    return path;
  }) as [string, string];
}

/** Loads a further file of a kind that Lotse knows from the first one: it goes straight to the check. */
async function loadMore(page: Page, server: Server, file: string): Promise<void> {
  await page.goto(`${server.url}/daten/einlesen`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: /Zeilen laden$/ }).click();
  await page.getByRole("heading", { level: 1, name: /Zeilen geladen/ }).waitFor();
}

const log = sharedData("eventlogs", "receipt.csv.gz");

// Four people prove an effect on their own files: plan, signature, facts, estimate, closing, ledger, and what a later
// correction changes.
describe("an effect is proven", () => {
  let server: Server;
  let browser: Browser;
  let admin: Page;
  const people: Record<string, Page> = {};
  const problems: string[][] = [];
  let initiative: string;
  let plan: string;
  let closing: string;
  let receiptPlan: string;
  let rest: string | undefined;

  const open = async (): Promise<Page> => {
    const context = await browser.newContext({
      locale: "de-DE",
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    const opened = await openPage(context);
    opened.page.setDefaultTimeout(40_000);
    problems.push(opened.problems);
    return opened.page;
  };

  const person = async (role: string, name: string, roles = [role]): Promise<void> => {
    const email = `${role}@nordhafen.example`;
    const invited = await api(admin, "POST", "/accounts/invitations", { email, roles });
    expect(invited.status, JSON.stringify(invited.body)).toBeLessThan(300);
    const page = await open();
    await page.goto(server.url + new URL(invited.body.link).pathname);
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.locator("input[type=password]").first().fill(password);
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await page.waitForURL(`${server.url}/`);
    people[role] = page;
  };

  const as = (role: string): Page => {
    const page = people[role];
    if (!page) throw new Error(`nobody is ${role}`);
    return page;
  };

  /** Opens a page and waits for its content. */
  const visit = async (role: string, path: string): Promise<Page> => {
    const page = as(role);
    await page.goto(server.url + path);
    await settled(page);
    return page;
  };

  const field = (page: Page, name: string, n = 0) =>
    page.locator(`[data-field=${name}] input:not([type=hidden])`).nth(n);

  beforeAll(async () => {
    server = await startServer();
    browser = await launch();
    admin = await open();
    await createFirstAccount(admin, server);
    await person("officer", "Olga Ott");
    await person("contributor", "Fabian Fach");
    await person("controller", "Carla Conrad");
    await person("leader", "Lea Lind");
    const { body } = await api(as("officer"), "GET", "/settings");
    const kept = await api(
      as("officer"),
      "PUT",
      "/settings",
      { ...body.value, closing_department: true },
      body.version,
    );
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    await loadFile(as("officer"), server, orders("auftraege_vorher.csv", 0, 86));
    if (log) {
      const [before, after] = receipt(log, "2011-06-06");
      rest = after;
      await loadFile(as("officer"), server, before);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the plan is drafted on the initiative's page, with the answer whether it can be proven", async () => {
    const officer = as("officer");
    const made = await api(officer, "POST", "/records/initiative", {
      title: "Bündelpreise",
      metrics: ["average_order_value"],
      start: "2025-06-02",
      go_live: "2025-09-01",
    });
    initiative = made.body.id;
    await visit("officer", `/wirkung/neu?initiative=${initiative}`);
    expect(await officer.getByRole("heading", { level: 1 }).innerText()).toBe("Woran werden wir die Wirkung messen?");
    expect(await field(officer, "first_affected").inputValue()).toBe("01.09.2025");
    await choose(officer, "Messung je", "Woche");
    await field(officer, "periods_after").fill("18");
    await field(officer, "expected").fill("15");
    await field(officer, "band").fill("1");
    await choose(officer, "Nutzenklasse", "zahlungswirksam");
    for (const [n, euros] of ["900", "1000", "1100"].entries()) await field(officer, "value_per_unit", n).fill(euros);
    await officer
      .getByText(/^Nachweisbar: Die versprochene Veränderung \(15,00\s€\) zeigt sich nach \d+ Wochen/)
      .waitFor();
    await officer.getByText(/^Heute unterschrieben wäre der Plan rückblickend geplant/).waitFor();
    await settled(officer);
    expect(await axe(officer)).toEqual([]);
    await officer.getByRole("button", { name: "Entwurf sichern" }).click();
    await officer.waitForURL(/\/wirkung\/[a-z0-9]{10,}$/);
    plan = new URL(officer.url()).pathname.split("/").at(-1) as string;
    await officer.getByRole("button", { name: "Zur Unterschrift vorlegen" }).click();
    await officer.getByRole("button", { name: /zurückziehen/i }).waitFor();
    expect(await officer.getByRole("button", { name: "Plan unterschreiben" }).count()).toBe(0);
  });

  test("the controller signs before the rest of the facts is there", async () => {
    const controller = await visit("controller", `/wirkung/${plan}`);
    await controller.getByRole("button", { name: "Plan unterschreiben" }).click();
    await controller.getByText("rückblickend geplant").first().waitFor();
    expect(await axe(controller)).toEqual([]);
  });

  test.skipIf(!log)("a plan on the receipts, cut in June 2011, is signed on the first part", async () => {
    const officer = as("officer");
    const made = await api(officer, "POST", "/records/initiative", { title: "Neue Vorprüfung", go_live: "2011-06-06" });
    const draft = await api(officer, "POST", "/records/effect_plan", {
      title: "Kürzere Bearbeitung der Anträge",
      initiative: made.body.id,
      metric: "case_duration_p90",
      process: "receipt",
      grain: "week",
      first_affected: "2011-06-06",
      periods_after: 26,
      unit: "days",
      expected: -3,
      benefit_class: "released_time",
      value_per_unit: { min: 10, likely: 20, max: 40 },
    });
    expect(draft.status, JSON.stringify(draft.body)).toBe(201);
    receiptPlan = draft.body.id;
    await visit("officer", `/wirkung/${receiptPlan}`);
    await officer.getByRole("button", { name: "Zur Unterschrift vorlegen" }).click();
    await officer.getByRole("button", { name: /zurückziehen/i }).waitFor();
    const controller = await visit("controller", `/wirkung/${receiptPlan}`);
    await controller.getByRole("button", { name: "Plan unterschreiben" }).click();
    await controller.getByText("rückblickend geplant").first().waitFor();
  });

  test("with the rest of the facts the effect is there, with its reasons", async () => {
    await loadMore(as("officer"), server, orders("auftraege_nachher.csv", 86, 104));
    const officer = await visit("officer", `/wirkung/${plan}`);
    expect(await officer.getByRole("heading", { level: 1 }).innerText()).toMatch(
      /^„Bündelpreise“ erhöht „.*“ um 20,22\s€\.\s+belegt/,
    );
    await officer.getByRole("heading", { name: "Urteil: belegt" }).waitFor();
    const { body } = await api(officer, "GET", `/effects/${plan}`);
    expect([body.class, body.verdict]).toEqual(["retrospective", "belegt"]);
    expect(body.low).toBeLessThan(20);
    expect(body.high).toBeGreaterThan(20);
    expect(await axe(officer)).toEqual([]);
    await visit("officer", "/wirkung");
    expect(await axe(officer)).toEqual([]);
    await visit("officer", "/abschluesse");
    expect(await axe(officer)).toEqual([]);
  });

  test.skipIf(!log)("the receipts have an estimate or say what they lack", async () => {
    await loadMore(as("officer"), server, rest as string);
    const officer = await visit("officer", `/wirkung/${receiptPlan}`);
    const { body } = await api(officer, "GET", `/effects/${receiptPlan}`);
    expect(body.class).toBe("retrospective");
    expect(body.effect.reasons.length).toBeGreaterThan(2);
    for (const reason of body.effect.reasons) await officer.getByText(reason.text, { exact: true }).first().waitFor();
    expect(await axe(officer)).toEqual([]);
  });

  test("the officer proposes and the department confirms; nobody takes two roles", async () => {
    const officer = await visit("officer", `/wirkung/${plan}`);
    await officer.getByRole("button", { name: "Abschluss vorlegen" }).click();
    const dialog = officer.getByRole("dialog");
    await choose(officer, "Bestätigt", "Fabian");
    await dialog.getByRole("button", { name: "Abschluss vorlegen" }).click();
    await officer.waitForURL(/\/abschluesse\/[a-z0-9]+$/);
    closing = new URL(officer.url()).pathname;
    await settled(officer);
    expect(await officer.getByRole("button", { name: "Ergebnis unterschreiben" }).count()).toBe(0);
    const contributor = await visit("contributor", closing);
    await contributor.getByRole("button", { name: "Bestätigen" }).click();
    await contributor.getByText("vom Fachbereich bestätigt").first().waitFor();
    expect(await axe(contributor)).toEqual([]);
  });

  test("the controller refuses with a reason, it is proposed again and signed", async () => {
    const controller = await visit("controller", closing);
    await controller.getByRole("button", { name: "Ablehnen" }).click();
    const dialog = controller.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Ablehnen" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Begründung").fill("Bitte den Wert je Euro belegen.");
    await dialog.getByRole("button", { name: "Ablehnen" }).click();
    await controller.getByText(/Bitte den Wert je Euro belegen/).waitFor();
    const officer = await visit("officer", `/wirkung/${plan}`);
    await officer
      .getByText(/Bitte den Wert je Euro belegen/)
      .first()
      .waitFor();
    await officer.getByRole("button", { name: "Abschluss vorlegen" }).click();
    await choose(officer, "Bestätigt", "Fabian");
    await officer.getByRole("dialog").getByRole("button", { name: "Abschluss vorlegen" }).click();
    await officer.waitForURL(server.url + closing);
    const contributor = await visit("contributor", closing);
    await contributor.getByRole("button", { name: "Bestätigen" }).click();
    await contributor.getByText("vom Fachbereich bestätigt").first().waitFor();
    await visit("controller", closing);
    await controller.getByRole("button", { name: "Ergebnis unterschreiben" }).click();
    await controller.getByText("Heute ergibt sich derselbe Wert.").waitFor();
    expect(await axe(controller)).toEqual([]);
  });

  test("one person in two roles is refused with a clear message", async () => {
    await person("both", "Bea Beides", ["officer", "controller"]);
    const both = as("both");
    const again = await api(both, "POST", "/records/effect_plan", {
      title: "Mehr Bestellungen",
      initiative,
      metric: "orders",
      grain: "month",
      first_affected: "2025-09-01",
      periods_after: 6,
      expected: 10,
      benefit_class: "cash",
      value_per_unit: { min: 1, likely: 2, max: 3 },
    });
    await visit("both", `/wirkung/${again.body.id}`);
    await both.getByRole("button", { name: "Zur Unterschrift vorlegen" }).click();
    const sign = both.getByRole("button", { name: "Plan unterschreiben" });
    if (
      await sign.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      )
    ) {
      await sign.click();
      expect(await both.getByRole("alert").innerText()).toMatch(/selbst/);
    }
    const { body } = await api(both, "GET", `/records/effect_plan/${again.body.id}`);
    const refused = await api(both, "POST", `/effect_plans/${again.body.id}/sign`, { note: "" }, body.version);
    expect([refused.status, refused.body.code]).toEqual([403, "two_persons"]);
    expect(refused.body.text).toMatch(/gibt es nicht selbst frei|selbst/);
  });

  test("the certificate is a PDF that Lotse knows again", async () => {
    const controller = await visit("controller", `/wirkung/${plan}`);
    const [download] = await Promise.all([
      controller.waitForEvent("download"),
      controller.getByRole("link", { name: "Wirkungsnachweis (PDF)" }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const verified = await controller.evaluate(
      async (data) => {
        const { csrf } = await (await fetch("/api/v1/session")).json();
        const answer = await fetch("/api/v1/certificates/verify", {
          method: "POST",
          headers: { "Content-Type": "application/pdf", "X-CSRF-Token": csrf },
          body: new Uint8Array(data),
        });
        return { status: answer.status, body: await answer.json() };
      },
      [...bytes],
    );
    expect([verified.status, verified.body.genuine]).toEqual([200, true]);
  });

  test("the ledger has the entry, and the leader sees it", async () => {
    const leader = await visit("leader", "/beitrag");
    const { body } = await api(leader, "GET", "/ledger");
    expect(body.entries).toHaveLength(1);
    expect([body.entries[0].benefit_class, body.entries[0].class]).toEqual(["cash", "retrospective"]);
    await leader.getByRole("link", { name: "Bündelpreise" }).first().waitFor();
    expect(await axe(leader)).toEqual([]);
  });

  test("corrected facts stand beside the signed value", async () => {
    const path = orders("auftraege_nachher.csv", 86, 104, 18);
    const officer = as("officer");
    const loaded = await officer.evaluate(
      async (content) => {
        const { csrf } = await (await fetch("/api/v1/session")).json();
        const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
        const send = async (method: string, route: string, body?: BodyInit): Promise<{ id: string; state: string }> =>
          (await fetch(`/api/v1${route}`, { method, headers, body: body ?? null })).json();
        const upload = await send("POST", "/uploads?name=korrektur.csv", content);
        let job = await send(
          "POST",
          `/uploads/${upload.id}/load`,
          JSON.stringify({ table: "orders", auto: true, overlap: "replace" }),
        );
        while (job.state !== "done" && job.state !== "failed") job = await send("GET", `/jobs/${job.id}`);
        return job.state;
      },
      readFileSync(path, "utf8"),
    );
    expect(loaded).toBe("done");
    await visit("officer", closing);
    await officer.getByText(/^Unterschrieben .* · heute /).waitFor();
    expect(await axe(officer)).toEqual([]);
    const { body } = await api(officer, "GET", "/ledger");
    expect(body.entries).toHaveLength(1); // what was signed stays
  });

  test("no page wrote an error", () => {
    // The preview of a plan that is still being written answers 422 with what does not fit.
    expect(problems.flat().filter((line) => !line.includes("status of 422"))).toEqual([]);
  });
});
