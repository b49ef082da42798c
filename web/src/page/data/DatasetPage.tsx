import { Button, TextInput } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useGet, useSend } from "@/api";
import type { Cell } from "@/api/types/base";
import type { Dataset, DatasetColumn } from "@/api/types/data";
import {
  AppLink,
  type Column,
  type ColumnType,
  ConfirmDialog,
  DataTable,
  Empty,
  Facts,
  Icon,
  Loaded,
  PageTitle,
  Section,
  StatusMark,
  usePageName,
} from "@/kit";
import { bytes, date, dateTime, int, short } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import classes from "./DatasetPage.module.css";
import { datasetLink, datasetTitle, processPart } from "./dataset";
import { fieldLabel, tableTitle } from "./fields";
import { Loads } from "./Loads";

const pageSize = 50;

/** One table of facts: span, quality, columns with their origin, rows, loads; rename and delete with what hangs on it. */
export default function DatasetPage(): ReactElement {
  const { table = "", process = "" } = useParams({ strict: false }) as { table?: string; process?: string };
  const { may } = useRights();
  const query = useGet("/datasets");
  const item = query.data?.items.find((one) => one.table === table && processPart(one.process) === process);
  usePageName(item ? datasetTitle(item) : undefined);
  return (
    <Loaded query={query} height={480} page>
      {() =>
        item ? (
          <DatasetView item={item} mayWrite={may("facts.write")} />
        ) : (
          <Empty
            page
            title={m.data_dataset_gone()}
            text={m.data_dataset_gone_text()}
            action={<AppLink href="/daten">{m.data_to_data()}</AppLink>}
          />
        )
      }
    </Loaded>
  );
}

function DatasetView({ item, mayWrite }: { item: Dataset; mayWrite: boolean }): ReactElement {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const quality = item.quality;
  return (
    <>
      <PageTitle
        ruled
        sub={`${tableTitle(item.table)} · ${m.data_rows_span({
          n: int(item.rows),
          span: item.first ? m.kit_range({ low: date(item.first), high: date(item.last) }) : "–",
        })}`}
        actions={
          <>
            {item.table === "events" ? (
              <AppLink className={classes.go} href={`/prozesse/${encodeURIComponent(item.process)}`}>
                {m.data_next_map()}
              </AppLink>
            ) : null}
            {mayWrite ? (
              <>
                {item.process !== "" || !["orders", "tickets"].includes(item.table) ? (
                  <Button variant="default" leftSection={<Icon name="edit" />} onClick={() => setDialog("rename")}>
                    {m.data_rename()}
                  </Button>
                ) : null}
                <Button
                  variant="default"
                  data-tone="bad"
                  leftSection={<Icon name="trash" />}
                  onClick={() => setDialog("delete")}
                >
                  {m.data_delete()}
                </Button>
              </>
            ) : null}
          </>
        }
      >
        {datasetTitle(item)}
      </PageTitle>
      <Section title={m.data_quality()} first>
        <Facts
          items={[
            { label: m.data_rows(), value: int(item.rows) },
            { label: m.data_loads(), value: int(item.loads) },
            { label: m.data_loaded_at(), value: dateTime(item.loaded_at) },
            { label: m.data_bytes(), value: bytes(item.bytes) },
          ]}
        />
        <ul className={classes.quality}>
          {quality.length === 0 ? (
            <li>
              <StatusMark status="fulfilled" word={m.data_quality_ok_text()} />
            </li>
          ) : (
            quality.map((note) => (
              <li key={note.code + note.text}>
                <StatusMark status="note" word={note.text} />
              </li>
            ))
          )}
        </ul>
      </Section>
      <Columns item={item} />
      <Rows item={item} />
      <Loads mayWrite={mayWrite} only={{ table: item.table, process: item.process }} />
      {dialog === "rename" ? <RenameDialog item={item} onClose={() => setDialog(null)} /> : null}
      {dialog === "delete" ? <DeleteDialog item={item} onClose={() => setDialog(null)} /> : null}
    </>
  );
}

function typeWord(type: string): string {
  switch (type) {
    case "text":
      return m.data_type_text();
    case "integer":
      return m.data_type_integer();
    case "double":
    case "decimal":
      return m.data_type_number();
    case "boolean":
      return m.data_type_boolean();
    case "time":
      return m.data_type_time();
    case "date":
      return m.data_type_date();
    default:
      return type;
  }
}

function Columns({ item }: { item: Dataset }): ReactElement {
  const columns: Column<DatasetColumn>[] = [
    { id: "name", title: m.data_field(), value: (one) => fieldLabel(item.table, one.name), tone: "name" },
    { id: "source", title: m.data_source_column(), value: (one) => one.source || m.data_computed(), tone: "quiet" },
    { id: "type", title: m.data_type(), value: (one) => typeWord(one.type) },
    {
      id: "note",
      title: m.data_note(),
      value: (one) =>
        [one.person ? m.data_pseudonym() : "", one.case ? m.data_case_column() : ""].filter(Boolean).join(", ") || null,
    },
  ];
  return (
    <Section title={m.data_columns_title({ n: int(item.columns.length) })}>
      <DataTable
        name={m.data_columns_title({ n: int(item.columns.length) })}
        columns={columns}
        rows={item.columns}
        rowKey={(one) => one.name}
      />
    </Section>
  );
}

/** Amounts of a row are shown as they are, not rounded. */
function isNumber(type: string | undefined): boolean {
  return type === "decimal" || type === "double";
}

/** The server gives texts; a yes or no becomes one again. */
function cellValue(text: Cell | undefined, type: string | undefined): Cell {
  if (text === undefined || text === "") return null;
  return type === "boolean" ? text === "true" : text;
}

/** How the types of the lake are written in a table. */
function columnType(type: string | undefined): ColumnType {
  switch (type) {
    case "integer":
      return "integer";
    case "double":
    case "decimal":
      return "number";
    case "time":
      return "instant";
    case "date":
      return "date";
    case "boolean":
      return "boolean";
    default:
      return "text";
  }
}

function Rows({ item }: { item: Dataset }): ReactElement {
  const [limit, setLimit] = useState(pageSize);
  const query = useGet("/datasets/{table}/{process}/rows", {
    path: { table: item.table, process: processPart(item.process) },
    query: { limit },
  });
  return (
    <Section title={m.data_rows_title()}>
      <Loaded query={query} height={240}>
        {(page) => {
          const types = new Map(item.columns.map((column) => [column.name, column.type] as const));
          const columns: Column<Cell[]>[] = page.columns.map((name, index) => ({
            id: name,
            title: fieldLabel(item.table, name),
            value: (row) => cellValue(row[index], types.get(name)),
            type: columnType(types.get(name)),
            cell: isNumber(types.get(name)) ? (row) => (row[index] ? short(Number(row[index]), 6) : "–") : undefined,
          }));
          const indexed = new Map(page.rows.map((row, index) => [row, String(index)] as const));
          return (
            <DataTable
              name={m.data_rows_title()}
              columns={columns}
              rows={page.rows}
              rowKey={(row) => indexed.get(row) ?? ""}
              dense
              foot={
                <>
                  <span>{m.kit_of({ n: int(page.rows.length), total: int(item.rows) })}</span>
                  {page.rows.length < item.rows && limit < 500 ? (
                    <Button variant="subtle" size="xs" onClick={() => setLimit(Math.min(500, limit * 4))}>
                      {m.data_more_rows()}
                    </Button>
                  ) : null}
                </>
              }
            />
          );
        }}
      </Loaded>
    </Section>
  );
}

function useDependents(item: Dataset): ReactElement {
  const query = useGet("/datasets/{table}/{process}/dependents", {
    path: { table: item.table, process: processPart(item.process) },
  });
  const list = query.data?.items ?? [];
  if (query.isPending) return <p>{m.kit_loading()}</p>;
  if (list.length === 0) return <p>{m.data_no_dependents()}</p>;
  return (
    <>
      {query.data?.signed_text ? <p>{query.data.signed_text}</p> : null}
      <p>{m.data_dependents({ n: list.length })}</p>
      <ul className={classes.dependents}>
        {list.map((one) => (
          <li key={one.kind + one.title}>{one.title}</li>
        ))}
      </ul>
    </>
  );
}

function RenameDialog({ item, onClose }: { item: Dataset; onClose: () => void }): ReactElement {
  const navigate = useNavigate();
  const rename = useSend("patch", "/datasets/{table}/{process}", ["/datasets", "/processes", "/loads"]);
  const dependents = useDependents(item);
  const current = item.process || item.table;
  const [name, setName] = useState(current);
  return (
    <ConfirmDialog
      opened
      title={m.data_rename_title({ name: datasetTitle(item) })}
      confirm={m.data_rename()}
      disabled={name.trim() === "" || name.trim() === current}
      onClose={onClose}
      onConfirm={async () => {
        const next = name.trim();
        await rename.mutateAsync({
          path: { table: item.table, process: processPart(item.process) },
          body: { name: next },
        });
        const moved = item.process ? { ...item, process: next } : { ...item, table: next };
        await navigate({ to: datasetLink(moved), replace: true });
      }}
    >
      <TextInput
        label={m.data_new_name()}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.target.value)}
      />
      {dependents}
    </ConfirmDialog>
  );
}

function DeleteDialog({ item, onClose }: { item: Dataset; onClose: () => void }): ReactElement {
  const navigate = useNavigate();
  const remove = useSend("delete", "/datasets/{table}/{process}", ["/datasets", "/processes", "/loads"]);
  const dependents = useDependents(item);
  const [typed, setTyped] = useState("");
  const title = datasetTitle(item);
  return (
    <ConfirmDialog
      opened
      title={m.data_delete_title({ name: title })}
      confirm={m.data_delete()}
      destructive
      disabled={typed.trim() !== title}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync({
          path: { table: item.table, process: processPart(item.process) },
          query: { confirm: true },
        });
        await navigate({ to: "/daten", replace: true });
      }}
    >
      <p>{m.data_delete_text({ n: int(item.rows) })}</p>
      {dependents}
      <TextInput
        label={m.data_delete_type({ name: title })}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.target.value)}
      />
    </ConfirmDialog>
  );
}
