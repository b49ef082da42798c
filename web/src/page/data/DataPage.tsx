import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useGet } from "@/api";
import type { Dataset } from "@/api/types/data";
import { type Job, jobActive } from "@/api/types/job";
import {
  AppLink,
  type Column,
  DataTable,
  EmptyInstance,
  Icon,
  JobProgress,
  Loaded,
  PageTitle,
  Section,
  StatusMark,
} from "@/kit";
import { bytes, date, dateTime, int } from "@/kit/format";
import { Practise } from "@/page/start/Practise";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import classes from "./DataPage.module.css";
import { datasetLink, datasetTitle } from "./dataset";
import { tableTitle } from "./fields";
import { Loads } from "./Loads";

/** What is loaded, how old and how good it is, and every load with the way to take it back. */
export default function DataPage(): ReactElement {
  const { may } = useRights();
  const datasets = useGet("/datasets");
  const jobs = useGet("/jobs", { query: { limit: 50 } }, { refetchInterval: 3000 });
  const running = (jobs.data?.items ?? []).filter((job) => jobActive(job));
  return (
    <Loaded query={datasets} height={480} page>
      {(list) =>
        list.items.length === 0 && running.length === 0 ? (
          <EmptyInstance page="data" practise={<Practise />} />
        ) : (
          <>
            <Head items={list.items} mayWrite={may("facts.write")} />
            <Jobs jobs={jobs.data?.items ?? []} />
            <Datasets items={list.items} />
            <Loads mayWrite={may("facts.write")} />
          </>
        )
      }
    </Loaded>
  );
}

function Head({ items, mayWrite }: { items: Dataset[]; mayWrite: boolean }): ReactElement {
  const navigate = useNavigate();
  const rows = items.reduce((sum, item) => sum + item.rows, 0);
  const notes = items.filter((item) => item.quality.length > 0).length;
  const latest = items
    .map((item) => item.loaded_at)
    .sort()
    .at(-1);
  return (
    <PageTitle
      ruled
      sub={[
        latest ? m.data_latest({ at: dateTime(latest) }) : "",
        notes === 0 ? m.data_no_notes() : m.data_with_notes({ n: notes }),
      ].join(" ")}
      actions={
        mayWrite ? (
          <Button leftSection={<Icon name="plus" />} onClick={() => void navigate({ to: "/daten/einlesen" })}>
            {m.data_read_in()}
          </Button>
        ) : null
      }
    >
      {m.data_title({ rows: int(rows), n: items.length })}
    </PageTitle>
  );
}

/** Jobs that run, and those that broke off and can be repeated. */
function Jobs({ jobs }: { jobs: Job[] }): ReactElement | null {
  const [repeated, setRepeated] = useState<Record<string, string>>({});
  const shown = jobs.filter((job) => jobActive(job) || (job.state === "interrupted" && !repeated[job.id]));
  if (shown.length === 0) return null;
  return (
    <Section title={m.data_jobs()} first>
      <ul className={classes.jobs}>
        {shown.map((job) => (
          <li key={job.id}>
            <strong>{job.title}</strong>
            <JobProgress id={job.id} onRepeat={(next) => setRepeated({ ...repeated, [job.id]: next })} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Datasets({ items }: { items: Dataset[] }): ReactElement {
  const navigate = useNavigate();
  const columns: Column<Dataset>[] = [
    {
      id: "title",
      title: m.data_dataset(),
      value: datasetTitle,
      tone: "name",
      wrap: true,
      cell: (item) => <AppLink href={datasetLink(item)}>{datasetTitle(item)}</AppLink>,
    },
    { id: "table", title: m.data_table(), value: (item) => tableTitle(item.table), tone: "quiet" },
    {
      id: "quality",
      title: m.data_quality(),
      value: (item) => item.quality.map((note) => note.text).join("; ") || m.data_quality_ok(),
      cell: (item) => <Quality item={item} />,
    },
    { id: "rows", title: m.data_rows(), value: (item) => item.rows, type: "integer" },
    {
      id: "span",
      title: m.data_span(),
      value: (item) => item.first,
      cell: (item) => (item.first ? m.kit_range({ low: date(item.first), high: date(item.last) }) : "–"),
    },
    { id: "loaded", title: m.data_loaded_at(), value: (item) => item.loaded_at, type: "instant" },
    { id: "loads", title: m.data_loads(), value: (item) => item.loads, type: "integer" },
    {
      id: "bytes",
      title: m.data_bytes(),
      value: (item) => item.bytes,
      type: "integer",
      cell: (item) => bytes(item.bytes),
      hidden: true,
    },
  ];
  return (
    <Section title={m.data_datasets()} first>
      <DataTable
        name={m.data_datasets()}
        columns={columns}
        rows={items}
        rowKey={datasetLink}
        sort={{ id: "title", desc: false }}
        onOpen={(item) => void navigate({ to: datasetLink(item) })}
      />
    </Section>
  );
}

function Quality({ item }: { item: Dataset }): ReactElement {
  const notes = item.quality;
  if (notes.length === 0) return <StatusMark status="fulfilled" word={m.data_quality_ok()} />;
  return (
    <span title={notes.map((note) => note.text).join("\n")}>
      <StatusMark status="note" word={m.data_quality_notes({ n: notes.length })} />
    </span>
  );
}
