import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { Bell } from "@/shell/Bell";
import { answer, broken, draw } from "@/test/draw";
import NoticePage from "./NoticePage";

const notice = {
  id: "n1",
  cause: "mentioned",
  kind: "initiative",
  record: "r1",
  name: "Kundenportal",
  title: "Vorhaben",
  text: "Anna Lindner hat Sie in einem Kommentar erwähnt.",
  by: "Anna Lindner",
  behalf: "Bea Boysen",
  at: "2026-03-01T08:00:00Z",
  read: false,
};

test("a notice leads to its record and is marked as read", async () => {
  const { sent } = answer({
    "GET /notices": { items: [notice], unread: 1 },
    "GET /notices/count": { unread: 1 },
    "POST /notices/n1/read": {},
    "POST /notices/read_all": {},
  });
  const { container } = draw(<NoticePage />);
  const link = await screen.findByRole("link", { name: "Kundenportal" });
  expect(link.getAttribute("href")).toBe("/vorhaben/r1");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Ein Hinweis wartet auf Sie");
  screen.getByText(/in Vertretung für Bea Boysen/);
  expect(await broken(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Als gelesen kennzeichnen: Kundenportal" }));
  fireEvent.click(screen.getByRole("button", { name: "Alle als gelesen kennzeichnen" }));
  await waitFor(() =>
    expect(sent.map((one) => one.key).filter((key) => key.startsWith("POST"))).toEqual([
      "POST /notices/n1/read",
      "POST /notices/read_all",
    ]),
  );
});

test("without notices the page says what belongs here", async () => {
  answer({ "GET /notices": { items: [], unread: 0 } });
  draw(<NoticePage />);
  await screen.findByText("Nichts Ungelesenes");
  fireEvent.click(screen.getByRole("radio", { name: "Alle" }));
  await screen.findByText("Noch keine Hinweise");
});

test("the bell says how many wait", async () => {
  answer({ "GET /notices/count": { unread: 12 } });
  const { container } = draw(<Bell />);
  const bell = await screen.findByRole("link", { name: "Hinweise, 12 ungelesen" });
  expect(bell.getAttribute("href")).toBe("/hinweise");
  expect(await broken(container)).toEqual([]);
});
