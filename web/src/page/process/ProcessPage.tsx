import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet } from "@/api";
import { Empty, Failed, Icon, Loading, PageTitle, RemarkList, Tabs, usePageName, useSearchState } from "@/kit";
import { durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { CasesTab } from "./cases/CasesTab";
import { CompareTab } from "./compare/CompareTab";
import { FindingsTab } from "./FindingsTab";
import { FilterBar } from "./filter/FilterBar";
import { MapTab } from "./map/MapTab";
import styles from "./process.module.css";
import { filterOf, processState, type Tab, unfiltered } from "./state";
import { TabActions, TabActionsPlace } from "./TabActions";
import { TimesTab } from "./times/TimesTab";
import { usePhone } from "./usePhone";
import { VariantsTab } from "./variants/VariantsTab";

/** One process: filter chain, map, variants, cases, times, findings. */
export default function ProcessPage() {
  const { process } = useParams({ strict: false }) as { process: string };
  const [state, set] = useSearchState(processState);
  const filter = filterOf(state);
  const args = { path: { process }, query: { ...filter } };
  const summary = useGet("/processes/{process}/summary", args);
  const dfg = useGet("/processes/{process}/dfg", args);
  const list = useGet("/processes");
  const findings = useGet("/findings", { query: { process } });
  const item = list.data?.items.find((p) => p.name === process);
  const title = item?.title || process;
  usePageName(title);
  const phone = usePhone();
  const [slot, setSlot] = useState<HTMLElement | null>(null);

  const s = summary.data;
  const open = findings.data?.items.filter((f) => f.state !== "dismissed");
  const facts = s
    ? m.process_facts({ cases: int(s.cases), events: int(s.events), variants: int(s.variants) })
    : undefined;
  const failure = summary.error ?? dfg.error;
  return (
    <>
      <PageTitle compact sub={facts} actions={<div ref={setSlot} className={styles.actions} />}>
        {title}
      </PageTitle>
      <FilterBar
        process={process}
        state={state}
        set={set}
        all={item?.cases}
        activities={dfg.data?.activities.map((a) => a.name) ?? []}
      />
      {s && s.case_duration_seconds.median !== null && (
        <p className={`${styles.answer} lo-print-only`}>
          {m.process_median_total({ value: durationText(s.case_duration_seconds.median) })}
        </p>
      )}
      <Tabs<Tab>
        label={m.process_tabs()}
        value={state.tab}
        onChange={(tab) => set({ tab })}
        tabs={[
          { value: "map", label: phone ? m.process_tab_steps() : m.process_tab_map() },
          { value: "variants", label: m.process_tab_variants(), count: s?.variants },
          { value: "cases", label: m.process_tab_cases(), count: s?.cases },
          { value: "times", label: m.process_tab_times() },
          { value: "compare", label: m.process_tab_compare() },
          { value: "findings", label: m.process_tab_findings(), count: open?.length },
        ]}
      >
        {failure && !s ? (
          <Failed error={failure} onRetry={() => void Promise.all([summary.refetch(), dfg.refetch()])} />
        ) : !s || !dfg.data ? (
          <Loading height={640} text={m.process_loading({ events: int(item?.events ?? 0) })} />
        ) : s.cases === 0 ? (
          <Nothing
            filtered={!unfiltered(filter)}
            onClear={() =>
              set({ from: "", to: "", activity: [], not_activity: [], variant: [], attr: [], state: "all" })
            }
          />
        ) : (
          <TabActionsPlace value={slot}>
            {state.tab === "map" && (
              <MapTab
                process={process}
                title={title}
                dfg={dfg.data}
                summary={s}
                state={state}
                set={set}
                findings={open ?? []}
                phone={phone}
              />
            )}
            {state.tab === "variants" && <VariantsTab process={process} title={title} state={state} set={set} />}
            {state.tab === "cases" && (
              <CasesTab process={process} title={title} state={state} set={set} total={s.cases} />
            )}
            {state.tab === "times" && <TimesTab process={process} title={title} filter={filter} />}
            {state.tab === "compare" && (
              <CompareTab process={process} title={title} state={state} set={set} phone={phone} />
            )}
            {state.tab === "findings" && <FindingsTab findings={findings.data?.items} error={findings.error} />}
            {state.tab === "map" && <RemarkList remarks={s.remarks} />}
            {(state.tab === "times" || state.tab === "compare" || state.tab === "findings") && (
              <TabActions>
                <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
                  {m.kit_print()}
                </Button>
              </TabActions>
            )}
          </TabActionsPlace>
        )}
      </Tabs>
    </>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <Empty
      icon="filter"
      title={m.process_filter_nothing()}
      text={m.process_filter_nothing_text()}
      action={<Button onClick={onClear}>{m.process_filter_clear()}</Button>}
    />
  ) : (
    <Empty title={m.process_no_cases()} text={m.process_no_cases_text()} />
  );
}
