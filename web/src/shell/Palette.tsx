import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useId, useMemo, useState } from "react";
import { useGet } from "@/api";
import type { RecordHits } from "@/api/types/register";
import { Icon } from "@/kit";
import "@/kit/theme/controls.css";
import { m } from "@/paraglide/messages";
import classes from "./Palette.module.css";
import { registerPages, sidePages } from "./pages";
import { useRights } from "./session";
import { useRegisters } from "./useRegisters";

interface Entry {
  kind: string;
  title: string;
  detail: string;
  link: string;
}

function kindWord(kind: string): string {
  switch (kind) {
    case "process":
      return m.shell_kind_process();
    case "metric":
      return m.shell_kind_metric();
    case "finding":
      return m.shell_kind_finding();
    case "dataset":
    case "table":
      return m.shell_kind_dataset();
    case "activity":
      return m.shell_kind_activity();
    case "case":
      return m.shell_kind_case();
    case "page":
      return m.shell_kind_page();
    default:
      return "";
  }
}

function usePages(): Entry[] {
  const { may, facts } = useRights();
  const admin = may("account.manage");
  const loads = may("facts.write");
  const { kinds, route } = useRegisters();
  return useMemo(() => {
    const pages = [
      { href: "/", label: m.shell_start },
      ...route.flatMap((step) => step.pages),
      ...registerPages(kinds, "organisation"),
      ...sidePages.filter((page) => !page.hidden && (!page.admin || admin) && (!page.facts || facts)),
    ];
    const entries = pages.map((page) => ({ kind: "page", title: page.label(), detail: "", link: page.href }));
    if (loads) entries.push({ kind: "page", title: m.shell_read_in(), detail: "", link: "/daten/einlesen" });
    return entries;
  }, [admin, facts, loads, kinds, route]);
}

/** The records that were found, with the name of their register. */
function inRecords(hits: RecordHits | undefined): Entry[] {
  return (hits?.items ?? []).map((hit) => ({
    kind: "record",
    title: hit.name,
    detail: hit.title,
    link: `/register/${hit.kind}/${hit.id}`,
  }));
}

/** The palette: type, choose with ↑ ↓, Enter goes there. Pages come from the app, everything else from the server. */
export default function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactElement {
  const router = useRouter();
  const { facts, may } = useRights();
  const id = useId();
  const pages = usePages();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [query] = useDebouncedValue(text.trim(), 150);
  const hits = useGet("/search", { query: { q: query } }, { enabled: opened && facts && query.length > 0 });
  const records = useGet(
    "/records/search",
    { query: { q: query, limit: 20 } },
    { enabled: opened && may("register.read") && query.length > 0 },
  );
  const wanted = text.trim().toLowerCase();
  const found = pages.filter((page) => page.title.toLowerCase().includes(wanted));
  const entries: Entry[] =
    wanted === "" ? pages : [...found, ...(query ? [...inRecords(records.data), ...(hits.data?.items ?? [])] : [])];
  const current = Math.min(active, Math.max(0, entries.length - 1));

  const close = (): void => {
    onClose();
    setText("");
    setActive(0);
  };
  const go = (entry: Entry | undefined): void => {
    if (!entry) return;
    close();
    router.history.push(entry.link);
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      yOffset="12vh"
      centered={false}
      padding={0}
      size={560}
      attributes={{ content: { "aria-label": m.shell_search() } }}
    >
      <div className={classes.head}>
        <Icon name="search" />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={m.shell_search()}
          placeholder={m.shell_search_hint()}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") setActive(Math.min(current + 1, entries.length - 1));
            else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
            else if (event.key === "Enter") go(entries[current]);
            else return;
            event.preventDefault();
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={m.shell_results()} className={classes.list}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the input that owns the list
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
          <div
            key={`${entry.link}-${entry.title}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            className={classes.entry}
            ref={index === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
            onMouseMove={() => setActive(index)}
            onClick={() => go(entry)}
          >
            <span className={classes.title}>{entry.title}</span>
            <span className={classes.detail}>{[entry.detail, kindWord(entry.kind)].filter(Boolean).join(" · ")}</span>
          </div>
        ))}
      </div>
      <p className={classes.note} role="status">
        {entries.length === 0
          ? hits.isFetching || records.isFetching
            ? m.shell_searching()
            : m.shell_nothing_found({ text })
          : ""}
      </p>
    </Modal>
  );
}
