import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Finding } from "@/api/types/finding";
import { AppLink, type Column, DataTable, StatusMark, Tag } from "@/kit";
import { currencySign } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./finding.module.css";
import {
  aboutText,
  eurosRange,
  eurosText,
  findingHref,
  kindText,
  sizeText,
  stateText,
  unitShort,
  unitText,
} from "./text";

interface Props {
  findings: Finding[];
  name: string;
  /** Whether the process stands in a column. */
  process?: boolean;
  head?: ReactNode;
}

/** Ranked findings; sizes stand beside their unit and are never added. */
export function FindingTable({ findings, name, process = true, head }: Props) {
  const navigate = useNavigate();
  const columns: Column<Finding>[] = [
    { id: "number", title: m.finding_col_number(), value: (f) => f.number, tone: "quiet", width: 64 },
    // The rows stand in this order anyway.
    { id: "rank", title: m.finding_col_rank(), value: (f) => f.rank || null, type: "integer", hidden: true },
    {
      id: "title",
      title: m.finding_col_title(),
      value: (f) => f.title,
      tone: "name",
      wrap: true,
      width: 340,
      cell: (f) => <AppLink href={findingHref(f.id)}>{f.title}</AppLink>,
    },
    { id: "kind", title: m.finding_col_kind(), value: (f) => kindText(f.kind), tone: "quiet", hidden: true },
    {
      id: "process",
      title: m.finding_col_process(),
      value: aboutText,
      tone: "quiet",
      hidden: !process,
    },
    {
      id: "size",
      title: m.finding_col_size(),
      value: (f) => f.size.value,
      type: "number",
      cell: (f) => sizeText(f).replace(` ${unitText(f.size.unit, f.size.currency || "EUR")}`, ""),
    },
    {
      id: "unit",
      title: m.finding_col_unit(),
      value: (f) => unitShort(f.size.unit, f.size.currency || "EUR"),
      tone: "quiet",
    },
    {
      id: "euros",
      title: m.finding_col_euros({ currency: currencySign(findings.find((f) => f.euros)?.euros?.currency ?? "EUR") }),
      value: (f) => f.euros?.likely ?? null,
      type: "number",
      cell: (f) => <Euros finding={f} a="column" />,
    },
    { id: "cases", title: m.finding_col_cases(), value: (f) => f.cases_count, type: "integer" },
    {
      id: "certainty",
      title: m.finding_col_certainty(),
      value: (f) => f.certainty.level,
      cell: (f) => <Certainty level={f.certainty.level} text={f.certainty.text} />,
    },
    {
      id: "state",
      title: m.finding_col_state(),
      value: (f) => stateText(f.state),
      cell: (f) => <FindingState state={f.state} />,
    },
  ];
  return (
    <DataTable
      name={name}
      columns={columns}
      rows={findings}
      rowKey={(f) => f.id}
      onOpen={(f) => void navigate({ to: findingHref(f.id) })}
      head={head}
      meta={{ remarks: [m.finding_not_added()] }}
    />
  );
}

/** The range in money, or the way to make it known; in a column whose head says that it is a year without those words. */
export function Euros({ finding, a }: { finding: Finding; a?: "column" }) {
  const text = a === "column" ? eurosRange(finding) : eurosText(finding);
  if (text) return <span>{text}</span>;
  if (finding.size.unit === "currency_per_year")
    return <span className={styles.unknown}>{m.finding_euros_is_size()}</span>;
  return (
    <span className={styles.unknown}>
      {finding.euros_link ? (
        <AppLink href={finding.euros_link}>{m.finding_euros_unknown()}</AppLink>
      ) : (
        m.finding_euros_unknown()
      )}
    </span>
  );
}

/** Three steps of certainty as bars with their number in words. */
export function Certainty({ level, text, words = false }: { level: number; text: string; words?: boolean }) {
  return (
    <span className={styles.certainty} title={text}>
      {[1, 2, 3].map((i) => (
        <span key={i} data-on={i <= level || undefined} />
      ))}
      <span className={words ? styles.word : "lo-sr"}>{m.finding_certainty({ level })}</span>
    </span>
  );
}

/** New asks to be looked at; dismissed is quiet. */
export function FindingState({ state }: { state: Finding["state"] }) {
  return (
    <Tag status={state === "new" ? "your_turn" : state === "open" ? "open" : "not_fulfilled"}>{stateText(state)}</Tag>
  );
}

/** A short list of findings for other pages. */
export function FindingRows({ findings }: { findings: Finding[] }) {
  return (
    <ul className={styles.list}>
      {findings.map((f) => (
        <li key={f.id}>
          <StatusMark status={f.state === "new" ? "your_turn" : "note"} quiet word={stateText(f.state)} />
          <span>
            <AppLink href={findingHref(f.id)}>{f.title}</AppLink>
            <small>
              {[f.number, aboutText(f), eurosText(f) ?? m.finding_euros_unknown()].filter(Boolean).join(" · ")}
            </small>
          </span>
          <span className={styles.amount}>{sizeText(f)}</span>
        </li>
      ))}
    </ul>
  );
}
