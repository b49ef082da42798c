import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { broken, draw } from "@/test/draw";
import { EvidenceChain, ExpandedChain } from "./EvidenceChain";
import { type ChainLink, chainCaption, chainName, countLinks, ordered } from "./links";

const links: ChainLink[] = [
  { step: "finding", state: "open", value: "offen" },
  { step: "rows", state: "present", value: "29.412 Zeilen", href: "/daten" },
  { step: "metric", state: "present", value: "Durchlaufzeit", href: "/kennzahlen/x" },
];

describe("links", () => {
  it("stand in the fixed order", () =>
    expect(ordered(links).map((link) => link.step)).toEqual(["rows", "metric", "finding"]));
  it("that do not apply are not counted", () => {
    expect(countLinks([...links, { step: "plan", state: "void", value: "" }])).toEqual({
      present: 2,
      counted: 3,
      openFrom: "finding",
    });
  });
  it("give the caption that matters most", () => {
    expect(chainCaption(links)).toBe("2 von 3");
    expect(chainCaption([{ step: "metric", state: "restated", value: "" }])).toBe("neu berechnet");
    expect(chainCaption([...links, { step: "effect", state: "broken", value: "" }])).toBe("Wirkung fehlt");
  });
  it("give a name for screen readers", () =>
    expect(chainName(links)).toBe("Belegkette, 2 von 3 vorhanden, offen ab Befund"));
});

describe("EvidenceChain", () => {
  it("unfolds in place and folds by Esc", () => {
    draw(<EvidenceChain links={links} />);
    const button = screen.getByRole("button", { name: /Belegkette, 2 von 3/ });
    fireEvent.click(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByText("29.412 Zeilen")).toBeTruthy();
    fireEvent.keyDown(button, { key: "Escape" });
    expect(button.getAttribute("aria-expanded")).toBe("false");
  });

  it("is nothing without links", () =>
    expect(draw(<EvidenceChain links={[]} />).container.querySelector("button")).toBeNull());

  it("moves between links by arrow keys", () => {
    draw(<ExpandedChain links={links} here="metric" />);
    const first = screen.getByText("29.412 Zeilen").closest("a") as HTMLElement;
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowRight" });
    expect(document.activeElement?.textContent).toContain("Durchlaufzeit");
    expect(document.activeElement?.getAttribute("aria-current")).toBe("step");
  });

  it("breaks no rule of WCAG", async () => {
    expect(await broken(draw(<ExpandedChain links={links} here="rows" />).container)).toEqual([]);
  });
});
