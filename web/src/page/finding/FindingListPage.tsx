import { Select } from "@mantine/core";
import { useGet } from "@/api";
import type { Finding } from "@/api/types/finding";
import { Empty, EmptyInstance, Loaded, PageTitle, RemarkList, Segments, usePageName, useSearchState } from "@/kit";
import { int } from "@/kit/format";
import { Practise } from "@/page/start/Practise";
import { m } from "@/paraglide/messages";
import { FindingTable } from "./FindingTable";
import styles from "./finding.module.css";
import { type FindingListState, findingListState } from "./state";
import { aboutText, kindText } from "./text";

/** All findings, ranked; dismissed ones are kept apart. */
export default function FindingListPage() {
  usePageName(m.finding_list_title());
  const query = useGet("/findings");
  const data = useGet("/datasets");
  const [state, set] = useSearchState(findingListState);
  if (data.data && data.data.items.length === 0) return <EmptyInstance page="finding" practise={<Practise />} />;
  return (
    <Loaded query={query} height={480} loadingText={m.finding_list_loading()}>
      {(list) => {
        const fresh = list.items.filter((f) => f.state === "new").length;
        const live = list.items.filter((f) => f.state !== "dismissed");
        const rows = list.items.filter((f) => passes(f, state));
        return (
          <>
            <PageTitle
              due={fresh > 0 ? m.finding_list_due({ n: fresh, count: int(fresh) }) : undefined}
              sub={m.finding_list_sub()}
            >
              {live.length > 0
                ? m.finding_list_sentence({ n: live.length, count: int(live.length) })
                : m.finding_list_none()}
            </PageTitle>
            {list.items.length === 0 ? (
              <Empty title={m.finding_none_title()} text={m.finding_none_text()} />
            ) : (
              <FindingTable
                findings={rows}
                name={m.finding_list_title()}
                head={<Filters items={list.items} state={state} set={set} />}
              />
            )}
            <RemarkList remarks={list.remarks} />
          </>
        );
      }}
    </Loaded>
  );
}

function passes(f: Finding, s: FindingListState): boolean {
  if (s.state === "open" && f.state === "dismissed") return false;
  if (s.state === "dismissed" && f.state !== "dismissed") return false;
  return (!s.process || aboutText(f) === s.process) && (!s.kind || f.kind === s.kind);
}

function Filters({
  items,
  state,
  set,
}: {
  items: Finding[];
  state: FindingListState;
  set: (patch: Partial<FindingListState>) => void;
}) {
  const processes = [...new Set(items.map(aboutText))].sort();
  const kinds = [...new Set(items.map((f) => f.kind))];
  return (
    <div className={styles.filters}>
      <Segments
        label={m.finding_col_state()}
        value={state.state}
        onChange={(value) => set({ state: value })}
        options={[
          { value: "open", label: m.finding_filter_open() },
          { value: "dismissed", label: m.finding_filter_dismissed() },
          { value: "all", label: m.finding_filter_all() },
        ]}
      />
      {processes.length > 1 && (
        <Select
          aria-label={m.finding_col_process()}
          placeholder={m.finding_col_process()}
          data={processes}
          value={state.process || null}
          clearable
          onChange={(v) => set({ process: v ?? "" })}
          w={180}
        />
      )}
      {kinds.length > 1 && (
        <Select
          aria-label={m.finding_col_kind()}
          placeholder={m.finding_col_kind()}
          data={kinds.map((k) => ({ value: k, label: kindText(k) }))}
          value={state.kind || null}
          clearable
          onChange={(v) => set({ kind: v ?? "" })}
          w={180}
        />
      )}
    </div>
  );
}
