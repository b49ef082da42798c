import { Button } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, useRef, useState } from "react";
import type { KindInfo, RecordItem } from "@/api/types/register";
import { Empty, ExportMenu, Failed, Icon, Loading, NoPermission, PageTitle, printItem, Tabs } from "@/kit";
import { fieldType } from "@/kit/field/types";
import { int } from "@/kit/format";
import { useSearchState } from "@/kit/useSearchState";
import { m } from "@/paraglide/messages";
import { BulkBar, type Done, DoneBar, undoOf } from "./BulkBar";
import { type Ask, saveFile, useKind, useRefresh } from "./data";
import { FilterBar } from "./filter/FilterBar";
import { RegisterImport } from "./import/RegisterImport";
import { RecordPanel } from "./RecordPanel";
import classes from "./register.module.css";
import { columnsOf, nextSort, type RegisterState, registerState } from "./state";
import { recordsOf } from "./table/lines";
import { RegisterTable } from "./table/RegisterTable";
import { useLines } from "./table/useLines";
import { ViewMenu } from "./ViewMenu";
import { useTabs } from "./views";

/** The table of one register. */
export default function RegisterPage(): ReactElement {
  const params = useParams({ strict: false }) as { kind: string };
  const { kind, error, retry } = useKind(params.kind);
  if (error && !kind) return <Failed error={error} onRetry={retry} />;
  if (kind === null) return <NoPermission page title={m.register_no_kind()} text={m.register_no_kind_text()} />;
  if (!kind) return <Loading height={480} />;
  return <Register key={kind.name} kind={kind} />;
}

function Register({ kind }: { kind: KindInfo }): ReactElement {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [state, set] = useSearchState(registerState);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [done, setDone] = useState<Done | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const enter = useRef<(() => void) | null>(null);
  const wide = useMediaQuery("(min-width: 1200px)", true, { getInitialValueInEffect: false });
  const ask: Ask = { filter: state.filter, q: state.q, sort: state.sort, deleted: state.deleted };
  const by = kind.fields.find((field) => field.name === state.group && fieldType(field).group);
  const columns = columnsOf(kind, state);
  const found = useLines(kind, ask, by, columns);
  const rows = recordsOf(found.lines);
  const chosen = rows.filter((row) => selected.has(row.id));
  const tabs = useTabs(kind, state, found.total);
  const fileColumns = [...(by && !columns.includes(by) ? [by] : []), ...columns].map((field) => field.name);
  const files = (["csv", "xlsx"] as const).map((format) => ({
    label: format === "csv" ? "CSV" : "Excel (XLSX)",
    run: () => saveFile(kind, { ...ask, sort: [state.group, ask.sort].filter(Boolean).join(",") }, fileColumns, format),
  }));
  const mayCreate = kind.may.includes("create");
  const make = (): void => {
    if (mayCreate) void navigate({ to: "/register/$kind/new", params: { kind: kind.name } });
  };
  useHotkeys([
    ["N", make],
    ["/", () => search.current?.focus()],
  ]);
  const opening = useRef(0);
  const open = (record: RecordItem): void => {
    window.clearTimeout(opening.current);
    if (wide) set({ open: record.id });
    else void navigate({ to: "/register/$kind/$id", params: { kind: kind.name, id: record.id } });
  };
  // The panel moves the columns: a second click, which edits a cell, must still find its cell.
  const openByClick = (record: RecordItem): void => {
    window.clearTimeout(opening.current);
    if (!wide || state.open !== "") open(record);
    else opening.current = window.setTimeout(() => open(record), 250);
  };
  const openAt = rows.findIndex((row) => row.id === state.open);
  const close = (): void => {
    set({ open: "" });
    enter.current?.();
  };
  const filtered = state.filter.length > 0 || state.q !== "";
  const empty = !found.pending && found.total === 0;
  const changed = (patch: Partial<RegisterState>, options?: { replace?: boolean }): void => {
    setSelected(new Set());
    set(patch, options);
  };
  return (
    <div className={classes.split} data-open={(wide && state.open !== "") || undefined}>
      <div className={classes.list}>
        <PageTitle
          actions={
            <>
              <ExportMenu
                groups={[
                  {
                    note: m.register_export_note({ n: found.total, count: int(found.total) }),
                    items: files,
                  },
                  { items: [printItem()] },
                ]}
              />
              <RegisterImport kind={kind} />
              {mayCreate ? (
                <Button leftSection={<Icon name="plus" />} rightSection={<kbd>N</kbd>} onClick={make}>
                  {kind.one}
                </Button>
              ) : null}
            </>
          }
        >
          {kind.many}
        </PageTitle>
        <Tabs
          label={m.register_views()}
          value={tabs.value}
          tabs={tabs.tabs}
          onChange={(tab) => changed(tabs.stateOf(tab))}
          aside={
            <ViewMenu
              key={tabs.value}
              kind={kind}
              state={state}
              tabs={tabs}
              onOpen={(view) => changed(tabs.stateOf(view))}
            />
          }
        >
          <FilterBar kind={kind} state={state} set={changed} search={search} onEnterTable={() => enter.current?.()} />
          {found.error && found.lines.length === 0 ? (
            <Failed error={found.error} onRetry={found.retry} />
          ) : found.pending ? (
            <Loading height={400} text={m.register_loading({ name: kind.many })} />
          ) : empty ? (
            <Nothing
              kind={kind}
              filtered={filtered}
              state={state}
              onReset={() => changed({ filter: [], q: "" })}
              onNew={mayCreate ? make : undefined}
            />
          ) : (
            <RegisterTable
              kind={kind}
              columns={columns}
              lines={found.lines}
              sums={found.sums}
              sort={state.sort}
              onSort={(field) => set({ sort: nextSort(state.sort, field) })}
              selected={selected}
              onSelect={setSelected}
              openKey={wide ? state.open : ""}
              onOpen={open}
              onClick={openByClick}
              onEdit={() => window.clearTimeout(opening.current)}
              onToggle={found.toggle}
              onSaved={(saved, before) => {
                void refresh();
                if (saved.version === before) return;
                const item = { id: saved.id, before, after: saved.version };
                setDone({ text: m.register_done_changed({ n: 1, count: "1" }), undo: undoOf("change", [item]) });
              }}
              onEscape={() => {
                if (selected.size > 0) setSelected(new Set());
                else if (state.open) set({ open: "" });
                else setDone(null);
              }}
              enter={enter}
            />
          )}
          {!found.pending && found.total > 0 ? (
            <p className={classes.foot} role="status">
              {[
                m.register_shown({ n: found.total, count: int(rows.length), total: int(found.total) }),
                ...found.remarks,
              ].join(" ")}
            </p>
          ) : null}
        </Tabs>
        {chosen.length > 0 ? (
          <BulkBar
            kind={kind}
            rows={chosen}
            deleted={state.deleted}
            onDone={setDone}
            onClear={() => setSelected(new Set())}
          />
        ) : done ? (
          <DoneBar kind={kind} done={done} onClose={() => setDone(null)} />
        ) : null}
      </div>
      {wide && state.open ? (
        <RecordPanel
          kind={kind}
          id={state.open}
          place={openAt >= 0 ? m.kit_of({ n: int(openAt + 1), total: int(found.total) }) : ""}
          onMove={(step) => {
            const next = rows[openAt + step];
            if (next) set({ open: next.id }, { replace: true });
          }}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

/** Nothing to show: what belongs here and one next step, or the filter that leaves nothing. */
function Nothing({
  kind,
  filtered,
  state,
  onReset,
  onNew,
}: {
  kind: KindInfo;
  filtered: boolean;
  state: RegisterState;
  onReset: () => void;
  onNew?: () => void;
}): ReactElement {
  if (filtered) {
    return (
      <Empty
        icon="filter"
        title={m.register_filter_empty()}
        text={m.register_filter_empty_text()}
        action={
          <Button variant="default" onClick={onReset}>
            {m.register_filter_reset()}
          </Button>
        }
      />
    );
  }
  if (state.deleted)
    return <Empty icon="trash" title={m.register_deleted_empty()} text={m.register_deleted_empty_text()} />;
  const fields = kind.fields.filter((field) => field.list || field.required).map((field) => field.title);
  return (
    <Empty
      title={m.register_empty({ name: kind.many })}
      text={m.register_empty_text({ fields: fields.slice(0, 5).join(", ") })}
      action={onNew ? <Button onClick={onNew}>{m.register_empty_action({ kind: kind.one })}</Button> : undefined}
    />
  );
}
