import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { address, useGet, useSend } from "@/api";
import type { Load } from "@/api/types/data";
import type { Job } from "@/api/types/job";
import { AppLink, type Column, ConfirmDialog, DataTable, Icon, JobProgress, Loaded, Section, Tag } from "@/kit";
import { int, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./DataPage.module.css";
import { tableTitle } from "./fields";

function loadState(state: Load["state"]): string {
  switch (state) {
    case "loaded":
      return m.data_in_use();
    case "replaced":
      return m.data_replaced();
    case "undone":
      return m.data_undone();
    default:
      return m.data_deleted();
  }
}

/** A file name that may break behind its signs rather than inside its words. */
function breakable(name: string): string {
  return name.replace(/[_.-]/g, "$&\u200b");
}

/** All loads, newest first. */
export function Loads({
  mayWrite,
  only,
}: {
  mayWrite: boolean;
  only?: { table: string; process: string };
}): ReactElement {
  const query = useGet("/loads", { query: { limit: 500 } });
  const undo = useSend<Job>("post", "/loads/{id}/undo", ["/loads", "/datasets", "/jobs", "/processes"]);
  const [asking, setAsking] = useState<Load | null>(null);
  const [job, setJob] = useState("");
  const client = useQueryClient();
  const columns: Column<Load>[] = [
    {
      id: "file",
      title: m.data_file(),
      value: (load) => load.file,
      tone: "name",
      wrap: true,
      cell: (load) => breakable(load.file),
    },
    {
      id: "target",
      title: m.data_target(),
      value: (load) => (load.process ? `${tableTitle(load.table)}, ${load.process}` : tableTitle(load.table)),
      tone: "quiet",
      wrap: true,
    },
    { id: "at", title: m.data_loaded_at(), value: (load) => load.created_at, type: "instant" },
    { id: "by", title: m.data_by(), value: (load) => personName(load.created_by), tone: "quiet" },
    { id: "rows", title: m.data_loaded(), value: (load) => load.rows_loaded, type: "integer" },
    {
      id: "refused",
      title: m.data_refused(),
      value: (load) => load.rows_refused,
      type: "integer",
      cell: (load) =>
        load.rows_refused > 0 && mayWrite ? (
          <AppLink
            href={address("/loads/{id}/refused", { path: { id: load.id } })}
            download
            aria-label={m.data_refused_download_of({ n: int(load.rows_refused), file: load.file })}
          >
            {int(load.rows_refused)}
          </AppLink>
        ) : (
          int(load.rows_refused)
        ),
    },
    {
      id: "state",
      title: m.data_state(),
      value: (load) => loadState(load.state),
      cell: (load) =>
        load.state !== "loaded" ? (
          <Tag tone="none">{loadState(load.state)}</Tag>
        ) : mayWrite ? (
          <>
            <span className="lo-print-only">{m.data_in_use()}</span>
            <Button
              className={classes.undo}
              variant="subtle"
              size="xs"
              leftSection={<Icon name="undo" size={14} />}
              onClick={() => setAsking(load)}
            >
              {m.data_undo()}
              <span className="lo-sr">: {load.file}</span>
            </Button>
          </>
        ) : (
          m.data_in_use()
        ),
    },
  ];
  return (
    <Section title={m.data_loads_title()}>
      {job ? (
        <JobProgress
          id={job}
          onDone={() => {
            setJob("");
            void client.invalidateQueries();
          }}
        />
      ) : null}
      <Loaded query={query} height={160}>
        {(list) => (
          <DataTable
            name={m.data_loads_title()}
            columns={columns}
            rows={
              only ? list.items.filter((one) => one.table === only.table && one.process === only.process) : list.items
            }
            rowKey={(load) => String(load.id)}
            sort={{ id: "at", desc: true }}
            empty={m.data_no_loads()}
          />
        )}
      </Loaded>
      <ConfirmDialog
        opened={asking !== null}
        title={m.data_undo_title()}
        confirm={m.data_undo()}
        destructive
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          if (!asking) return;
          const answer = await undo.mutateAsync({ path: { id: asking.id } });
          setJob(answer.id);
        }}
      >
        <p>{m.data_undo_text({ n: int(asking?.rows_loaded ?? 0), file: asking?.file ?? "" })}</p>
        {asking ? <Signed load={asking.id} /> : null}
      </ConfirmDialog>
    </Section>
  );
}

/** The signed closings that rest on a load, so that nobody undoes it without knowing. */
function Signed({ load }: { load: number }): ReactElement | null {
  const query = useGet("/loads/{id}/dependents", { path: { id: load } });
  if (query.isPending) return <p>{m.kit_loading()}</p>;
  if (!query.data || query.data.signed === 0) return null;
  return (
    <>
      <p>
        <strong>{query.data.signed_text}</strong>
      </p>
      <ul className={classes.dependents}>
        {query.data.items.map((one) => (
          <li key={one.id}>
            <AppLink href={one.link}>{one.title}</AppLink>
          </li>
        ))}
      </ul>
    </>
  );
}
