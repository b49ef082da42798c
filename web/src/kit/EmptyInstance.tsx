import { useNavigate } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { m } from "@/paraglide/messages";
import { AppLink } from "./AppLink";
import { ChainBars } from "./chain/EvidenceChain";
import { DropZone } from "./DropZone";
import classes from "./EmptyInstance.module.css";
import { dateTime } from "./format";
import { Icon } from "./Icon";
import { PageTitle } from "./PageTitle";
import { handOverFile } from "./pendingFile";
import ways from "./ways.module.css";

/** The pages that stand empty before the first load; each says in its own words what will appear. */
export type EmptyPage = "start" | "process" | "metric" | "finding" | "data";

function words(page: EmptyPage): { title: string; lead: string } {
  switch (page) {
    case "process":
      return { title: m.kit_empty_process(), lead: m.kit_empty_process_lead() };
    case "metric":
      return { title: m.kit_empty_metric(), lead: m.kit_empty_metric_lead() };
    case "finding":
      return { title: m.kit_empty_finding(), lead: m.kit_empty_finding_lead() };
    case "data":
      return { title: m.kit_empty_data(), lead: m.kit_empty_data_lead() };
    default:
      return { title: m.kit_empty_start(), lead: m.kit_empty_start_lead() };
  }
}

/**
 * A page of an instance without data: what belongs here, the three columns that suffice, and the place to drop a file.
 * practise is the way to the demo company, the first of the other ways in.
 */
export function EmptyInstance({ page, practise }: { page: EmptyPage; practise?: ReactNode }): ReactElement {
  const navigate = useNavigate();
  const { title, lead } = words(page);
  const rows = [
    ["A-1001", m.kit_example_entered(), dateTime("2025-11-03T07:14:00Z")],
    ["A-1001", m.kit_example_shipped(), dateTime("2025-11-06T14:30:00Z")],
    ["A-1002", m.kit_example_entered(), dateTime("2025-11-03T07:15:00Z")],
  ];
  return (
    <div className={classes.page}>
      <PageTitle sub={lead}>{title}</PageTitle>
      <table className={classes.example}>
        <caption className="lo-sr">{m.kit_example_caption()}</caption>
        <thead>
          <tr>
            <th scope="col">{m.kit_field_case()}</th>
            <th scope="col">{m.kit_field_activity()}</th>
            <th scope="col">{m.kit_field_time()}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join()}>
              {row.map((cell) => (
                <td key={cell}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <DropZone
        onFile={(file) => {
          handOverFile(file);
          void navigate({ to: "/daten/einlesen" });
        }}
      />
      <ul className={ways.ways}>
        {practise ? <li>{practise}</li> : null}
        <li>
          <AppLink href="/daten/einlesen" className={ways.way}>
            <span>
              <strong>{m.kit_empty_lists()}</strong>
              <small>{m.kit_empty_lists_text()}</small>
            </span>
            <span className={classes.go}>
              {m.kit_empty_lists_go()}
              <Icon name="right" size={12} />
            </span>
          </AppLink>
        </li>
        <li className={ways.way}>
          <span>
            <strong>{m.kit_empty_people()}</strong>
            <small>{m.kit_empty_people_text()}</small>
          </span>
        </li>
      </ul>
      <p className={classes.chain}>
        <ChainBars
          links={[
            { step: "rows", state: "open", value: "" },
            { step: "metric", state: "open", value: "" },
            { step: "finding", state: "open", value: "" },
          ]}
        />
        {m.kit_empty_chain()}
      </p>
    </div>
  );
}
