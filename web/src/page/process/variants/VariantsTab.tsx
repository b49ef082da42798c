import { Button, Checkbox } from "@mantine/core";
import { useMemo } from "react";
import { get, useGet } from "@/api";
import type { Variant } from "@/api/types/process_detail";
import {
  AppLink,
  type ExportGroup,
  ExportMenu,
  type ExportTable,
  Loaded,
  printItem,
  RemarkList,
  tableItems,
} from "@/kit";
import { durationShort, int, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { filterOf, type ProcessState } from "../state";
import { TabActions } from "../TabActions";
import { Chevrons } from "./Chevrons";
import { Comparison } from "./Comparison";
import { sectionColour } from "./colour";
import { runningShare } from "./compare";
import { shortNames } from "./shortNames";
import styles from "./variants.module.css";

interface Props {
  process: string;
  title: string;
  state: ProcessState;
  set: (patch: Partial<ProcessState>, options?: { replace?: boolean }) => void;
}

/** The server gives at most this many variants at once. */
const MOST = 5000;

/** All ways through the process, most frequent first; two of them can be compared. */
export function VariantsTab({ process, title, state, set }: Props) {
  const query = useGet("/processes/{process}/variants", {
    path: { process },
    query: { ...filterOf(state), top: state.top },
  });
  const all = async (total: number) => {
    const args = { path: { process }, query: { ...filterOf(state), top: Math.min(total, MOST) } };
    return variantTable(title, (await get("/processes/{process}/variants", args)).variants);
  };
  const output = (list: Variant[], total: number): ExportGroup[] => [
    { note: m.process_variants_export_shown({ n: list.length }), items: tableItems(() => variantTable(title, list)) },
    ...(total > list.length
      ? [{ note: m.process_variants_export_all({ n: Math.min(total, MOST) }), items: tableItems(() => all(total)) }]
      : []),
    { items: [printItem()] },
  ];
  return (
    <Loaded query={query} height={560} loadingText={m.process_variants_loading()}>
      {(data) => {
        const list = data.variants;
        const sums = runningShare(list);
        const sections = data.sections.map((s) => s.name);
        const explained = sums[sums.length - 1] ?? 0;
        const chosen = state.compare
          .map((id) => list.find((v) => v.id === id))
          .filter((v): v is Variant => v !== undefined);
        const toggle = (id: string) =>
          set(
            {
              compare: state.compare.includes(id)
                ? state.compare.filter((x) => x !== id)
                : [...state.compare, id].slice(-2),
            },
            { replace: true },
          );
        return (
          <>
            <TabActions>
              <ExportMenu groups={output(list, data.total)} />
            </TabActions>
            <h2 className={styles.head}>
              {m.process_variants_sentence({
                n: int(list.length),
                total: int(data.total),
                share: percent(explained, 0),
              })}{" "}
              <span>
                {m.process_variants_rework({
                  cases: int(data.rework_cases),
                  share: percent(data.cases ? data.rework_cases / data.cases : null, 0),
                })}
              </span>
            </h2>
            <SectionLegend sections={sections} />
            <div className={styles.scroll}>
              <VariantTable
                list={list}
                sums={sums}
                sections={sections}
                state={state}
                toggle={toggle}
                onFilter={(id) => set({ variant: [id], tab: "map" })}
              />
            </div>
            <div className={styles.foot}>
              <span>
                {data.total > list.length && (
                  <>
                    {m.process_variants_rest({ n: int(data.total - list.length), share: percent(1 - explained, 0) })}{" "}
                    <Button variant="subtle" size="xs" onClick={() => set({ top: state.top + 20 }, { replace: true })}>
                      {m.process_variants_more()}
                    </Button>
                  </>
                )}
              </span>
              <span className="lo-no-print">
                {m.process_variants_hint()} <kbd>{m.process_variants_key()}</kbd>
              </span>
            </div>
            {chosen.length === 2 && chosen[0] && chosen[1] && (
              <Comparison
                process={process}
                filter={filterOf(state)}
                first={chosen[0]}
                second={chosen[1]}
                sections={sections}
              />
            )}
            <RemarkList remarks={data.remarks} />
          </>
        );
      }}
    </Loaded>
  );
}

function SectionLegend({ sections }: { sections: string[] }) {
  return (
    <ul className={styles.legend}>
      {sections.length > 0 ? (
        <>
          <li>{m.process_variants_colour()}</li>
          {sections.map((s) => (
            <li key={s}>
              <span
                className={styles.swatch}
                style={{ "--section": sectionColour(s, sections) } as React.CSSProperties}
              />
              {s}
            </li>
          ))}
        </>
      ) : (
        <li className="lo-no-print">
          {m.process_variants_no_sections()}{" "}
          <AppLink href="/einstellungen">{m.process_variants_set_sections()}</AppLink>
        </li>
      )}
    </ul>
  );
}

interface TableProps {
  list: Variant[];
  sums: number[];
  sections: string[];
  state: ProcessState;
  toggle: (id: string) => void;
  onFilter: (id: string) => void;
}

function VariantTable({ list, sums, sections, state, toggle, onFilter }: TableProps) {
  const most = useMemo(() => Math.max(1e-9, ...list.map((v) => v.share)), [list]);
  const short = useMemo(() => shortNames(list.flatMap((v) => v.activities)), [list]);
  return (
    <table className={styles.table}>
      <caption className="lo-sr">{m.process_tab_variants()}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="lo-sr">{m.process_variants_compare()}</span>
          </th>
          <th scope="col" data-right>
            {m.process_variants_rank()}
          </th>
          <th scope="col">{m.process_variants_steps()}</th>
          <th scope="col">{m.process_variants_share()}</th>
          <th scope="col" data-right>
            {m.process_cases()}
          </th>
          <th scope="col" data-right>
            {m.process_variants_sum()}
          </th>
          <th scope="col" data-right>
            {m.process_variants_median()}
          </th>
          <th scope="col" data-right>
            {m.process_variants_p90()}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((v, i) => (
          <tr key={v.id} data-selected={state.compare.includes(v.id) || undefined}>
            <td>
              <Checkbox
                aria-label={m.process_variants_tick({ rank: v.rank })}
                checked={state.compare.includes(v.id)}
                onChange={() => toggle(v.id)}
              />
            </td>
            <td data-right>
              <button
                type="button"
                className={`${styles.rank} lo-print`}
                title={m.process_variants_filter({ rank: v.rank })}
                aria-label={m.process_variants_filter({ rank: v.rank })}
                onClick={() => onFilter(v.id)}
              >
                {v.rank}
              </button>
            </td>
            <td>
              <Chevrons activities={v.activities} of={v.sections} sections={sections} short={short} />
            </td>
            <td>
              <span className={styles.share}>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(v.share / most) * 100} height={8} fill="var(--lo-series-1)" />
                </svg>
                {percent(v.share)}
              </span>
            </td>
            <td data-right>{int(v.count)}</td>
            <td data-right className={styles.quiet}>
              {percent(sums[i], 0)}
            </td>
            <td data-right>
              <strong>{durationShort(v.median_seconds)}</strong>
            </td>
            <td data-right className={styles.quiet}>
              {durationShort(v.p90_seconds)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The variants as a table for files. */
function variantTable(title: string, list: Variant[]): ExportTable {
  const name = m.process_variants_of({ process: title });
  const sums = runningShare(list);
  return {
    name,
    columns: [
      { title: m.process_variants_rank(), type: "integer" },
      { title: m.process_variants_steps(), type: "text" },
      { title: m.process_cases(), type: "integer" },
      { title: m.process_variants_share(), type: "percent" },
      { title: m.process_variants_sum(), type: "percent" },
      { title: m.process_variants_median(), type: "seconds" },
      { title: m.process_variants_p90(), type: "seconds" },
    ],
    rows: list.map((v, i) => [
      v.rank,
      v.activities.join(" → "),
      v.count,
      v.share,
      sums[i] ?? null,
      v.median_seconds,
      v.p90_seconds,
    ]),
    meta: { title: name },
  };
}
