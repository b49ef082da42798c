import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/error";
import { answer, broken, draw } from "@/test/draw";
import { ConfirmDialog } from "./ConfirmDialog";
import { fileName } from "./download";
import { JobProgress } from "./JobProgress";
import { Segments } from "./Segments";
import { Failed, NoPermission } from "./States";
import { type Status, StatusMark } from "./StatusMark";
import { Tabs } from "./Tabs";
import { dropDrafts, ownDrafts, useDraft } from "./useDraft";

describe("StatusMark", () => {
  it("has a shape of its own for every status, and a word", () => {
    const all: Status[] = [
      "on_course",
      "at_risk",
      "missed",
      "proven",
      "not_provable",
      "open",
      "restated",
      "running",
      "your_turn",
      "fulfilled",
      "not_fulfilled",
      "note",
    ];
    const shapes = new Set<string>();
    for (const status of all) {
      const { container, unmount } = draw(<StatusMark status={status} />);
      shapes.add(container.querySelector("svg")?.innerHTML ?? "");
      expect(container.textContent).not.toBe("");
      unmount();
    }
    expect(shapes.size).toBe(all.length);
  });
});

describe("states", () => {
  it("say what happened, where, and what to do", () => {
    draw(
      <Failed
        error={
          new ApiError(422, {
            text: "Die Datei endet mitten in einem Feld.",
            hint: "Schließen Sie das Anführungszeichen.",
            place: { file: "a.csv", line: 70412, column: "Bem" },
          })
        }
      />,
    );
    expect(screen.getByRole("alert").textContent).toContain("a.csv, Zeile 70412, Spalte Bem.");
    expect(screen.getByRole("alert").textContent).toContain("Schließen Sie das Anführungszeichen.");
  });

  it("show a refused permission as such, not as an error", () => {
    draw(
      <Failed error={new ApiError(403, { text: "Nur für die Administration.", hint: "Fragen Sie M. Petersen." })} />,
    );
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByText(/Fragen Sie M. Petersen/)).toBeTruthy();
  });

  it("can be the whole page", () => {
    draw(<NoPermission page title="Nur für die Administration" />);
    expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
  });
});

describe("JobProgress", () => {
  const job = {
    id: "j1",
    kind: "load",
    title: "Laden",
    state: "running",
    phase: "Zeilen lesen",
    done: 50,
    total: 200,
    started_at: new Date().toISOString(),
    error: null,
  };

  it("shows the share and cancels", async () => {
    const { sent } = answer({ "GET /jobs/j1": job, "POST /jobs/j1/cancel": job });
    draw(<JobProgress id="j1" />);
    await waitFor(() => expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25"));
    fireEvent.click(screen.getByRole("button", { name: "Abbrechen" }));
    await waitFor(() => expect(sent.some((one) => one.key === "POST /jobs/j1/cancel")).toBe(true));
  });

  it("tells its end once", async () => {
    answer({ "GET /jobs/j1": { ...job, state: "done", output: { rows: 1 } } });
    const onDone = vi.fn();
    draw(<JobProgress id="j1" onDone={onDone} />);
    await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
    expect(onDone.mock.calls[0]?.[0].output).toEqual({ rows: 1 });
  });

  it("offers to repeat what a restart broke off", async () => {
    answer({ "GET /jobs/j1": { ...job, state: "interrupted" }, "POST /jobs/j1/repeat": { ...job, id: "j2" } });
    const onRepeat = vi.fn();
    draw(<JobProgress id="j1" onRepeat={onRepeat} />);
    fireEvent.click(await screen.findByRole("button", { name: "Wiederholen" }));
    await waitFor(() => expect(onRepeat).toHaveBeenCalledWith("j2"));
  });
});

describe("ConfirmDialog", () => {
  it("stays open with the reason when the act fails", async () => {
    const onClose = vi.fn();
    draw(
      <ConfirmDialog
        opened
        title="Löschen?"
        confirm="Löschen"
        destructive
        onClose={onClose}
        onConfirm={() => Promise.reject(new ApiError(409, { text: "Daran hängt noch etwas." }))}
      />,
    );
    fireEvent.click(screen.getByRole("button", { name: "Löschen" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Daran hängt noch etwas.");
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe("Segments and Tabs", () => {
  it("are chosen by keyboard", () => {
    const onChange = vi.fn();
    draw(
      <Tabs
        label="Ansicht"
        value="a"
        tabs={[
          { value: "a", label: "Karte" },
          { value: "b", label: "Varianten", count: 381 },
        ]}
        onChange={onChange}
      >
        Inhalt
      </Tabs>,
    );
    fireEvent.keyDown(screen.getByRole("tab", { name: "Karte" }), { key: "ArrowRight" });
    expect(onChange).toHaveBeenCalledWith("b");
  });

  it("break no rule of WCAG", async () => {
    const { container } = draw(
      <Segments
        label="Färbung"
        value="a"
        onChange={() => {}}
        options={[
          { value: "a", label: "Anzahl" },
          { value: "b", label: "Dauer", disabled: true, reason: "keine Zeiten" },
        ]}
      />,
    );
    expect(await broken(container)).toEqual([]);
  });
});

function Form(): React.ReactElement {
  const { draft, keep, discard } = useDraft<string>("test");
  const [key, setKey] = useState(0);
  return (
    <div key={key}>
      <output>{draft ? `${draft.value} ${draft.version}` : "leer"}</output>
      <button type="button" onClick={() => keep("getippt", 14)}>
        tippen
      </button>
      <button
        type="button"
        onClick={() => {
          discard();
          setKey(key + 1);
        }}
      >
        verwerfen
      </button>
    </div>
  );
}

describe("useDraft", () => {
  it("finds typed text again after leaving, and forgets it when discarded", () => {
    const first = draw(<Form />);
    fireEvent.click(screen.getByText("tippen"));
    first.unmount();
    draw(<Form />);
    expect(screen.getByText("getippt 14")).toBeTruthy();
    fireEvent.click(screen.getByText("verwerfen"));
    expect(screen.getByText("leer")).toBeTruthy();
    expect(localStorage.getItem("lotse-draft-test")).toBeNull();
  });

  it("keeps one's own text over an expired session, and leaves none to the next person", () => {
    const kept = (): string | null => localStorage.getItem("lotse-draft-record-secret");
    localStorage.clear();
    ownDrafts("anna");
    localStorage.setItem("lotse-draft-record-secret", "{}");
    localStorage.setItem("lotse-scheme", "dark");
    ownDrafts("anna");
    expect(kept()).toBe("{}");
    ownDrafts("bert");
    expect(kept()).toBeNull();
    localStorage.setItem("lotse-draft-record-secret", "{}");
    dropDrafts();
    expect(kept()).toBeNull();
    expect(localStorage.getItem("lotse-scheme")).toBe("dark");
  });
});

it("makes file names that every system takes", () => {
  expect(fileName("Zeilen hinter Oktober 2026: a/b\\c")).toBe("Zeilen-hinter-Oktober-2026-a-b-c");
  expect(fileName("../..")).toBe("lotse");
});
