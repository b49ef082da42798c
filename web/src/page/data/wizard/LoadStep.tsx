import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { address } from "@/api";
import type { LoadResult } from "@/api/types/data";
import { AppLink, Facts, Icon, JobProgress, RemarkList, useJob } from "@/kit";
import { int } from "@/kit/format";
import wayClasses from "@/kit/ways.module.css";
import { m } from "@/paraglide/messages";
import { tableTitle } from "../fields";
import classes from "./Wizard.module.css";

interface Way {
  href: string;
  title: string;
  text: string;
}

function ways(result: LoadResult): Way[] {
  const out: Way[] = [];
  if (result.table === "events") {
    out.push({
      href: `/prozesse/${encodeURIComponent(result.process)}`,
      title: m.data_next_map(),
      text: m.data_next_map_text(),
    });
  }
  out.push({ href: "/kennzahlen", title: m.data_next_metrics(), text: m.data_next_metrics_text() });
  out.push({ href: "/befunde", title: m.data_next_findings(), text: m.data_next_findings_text() });
  return out;
}

/** The cases of a process are built after its rows; until then the map shows the state before. */
function Deriving({ id }: { id: string }): ReactElement | null {
  const { job } = useJob(id);
  if (!job || job.state === "done") return null;
  return <JobProgress id={id} />;
}

/** What was loaded, what was refused, and where to go from here. */
export function LoadedResult({ result, onAgain }: { result: LoadResult; onAgain: () => void }): ReactElement {
  return (
    <div className={classes.narrow}>
      <Facts
        items={[
          {
            label: m.data_target(),
            value: result.process ? `${tableTitle(result.table)}, ${result.process}` : tableTitle(result.table),
          },
          { label: m.data_read(), value: int(result.rows_read) },
          { label: m.data_loaded(), value: int(result.rows_loaded) },
          { label: m.data_refused(), value: int(result.rows_refused) },
        ]}
      />
      {result.rows_refused > 0 && result.load ? (
        <p>
          <AppLink href={address("/loads/{id}/refused", { path: { id: result.load } })} download>
            {m.data_refused_download()}
          </AppLink>{" "}
          {m.data_refused_download_text()}
        </p>
      ) : null}
      <RemarkList remarks={result.remarks} />
      {result.derive_job ? <Deriving id={result.derive_job} /> : null}
      <ul className={wayClasses.ways}>
        {ways(result).map((way, index) => (
          <li key={way.href}>
            <AppLink className={wayClasses.way} href={way.href} autoFocus={index === 0}>
              <span>
                <strong>{way.title}</strong>
                <small>{way.text}</small>
              </span>
              <Icon name="right" size={12} />
            </AppLink>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onAgain}>
          {m.data_another_file()}
        </Button>
        <AppLink href="/daten">{m.data_to_data()}</AppLink>
      </div>
    </div>
  );
}
