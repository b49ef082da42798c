import { useNavigate } from "@tanstack/react-router";
import { useGet } from "@/api";
import type { ProcessItem } from "@/api/types/process";
import { AppLink, type Column, DataTable, EmptyInstance, Loaded, PageTitle, RemarkList, usePageName } from "@/kit";
import { int } from "@/kit/format";
import { Practise } from "@/page/start/Practise";
import { m } from "@/paraglide/messages";

/** The address of a process. */
export function processHref(name: string): string {
  return `/prozesse/${encodeURIComponent(name)}`;
}

/** All processes with their size and age. */
export default function ProcessListPage() {
  usePageName(m.process_list_title());
  const query = useGet("/processes");
  const navigate = useNavigate();
  const columns: Column<ProcessItem>[] = [
    {
      id: "title",
      title: m.process_list_name(),
      value: (p) => p.title || p.name,
      tone: "name",
      cell: (p) => <AppLink href={processHref(p.name)}>{p.title || p.name}</AppLink>,
    },
    { id: "cases", title: m.process_cases(), value: (p) => p.cases, type: "integer" },
    { id: "events", title: m.process_events(), value: (p) => p.events, type: "integer" },
    { id: "activities", title: m.process_activities(), value: (p) => p.activities, type: "integer" },
    { id: "variants", title: m.process_variants(), value: (p) => p.variants, type: "integer" },
    { id: "first", title: m.process_list_first(), value: (p) => p.first_event, type: "instant" },
    { id: "last", title: m.process_list_last(), value: (p) => p.last_event, type: "instant" },
    { id: "loaded", title: m.process_list_loaded(), value: (p) => p.loaded_at, type: "instant", hidden: true },
  ];
  return (
    <Loaded query={query} height={320} loadingText={m.process_list_loading()} page>
      {(list) =>
        list.items.length === 0 ? (
          <EmptyInstance page="process" practise={<Practise />} />
        ) : (
          <>
            <PageTitle sub={m.process_list_sub()}>
              {m.process_list_sentence({
                n: list.items.length,
                cases: int(list.items.reduce((sum, p) => sum + p.cases, 0)),
              })}
            </PageTitle>
            <DataTable
              name={m.process_list_title()}
              columns={columns}
              rows={list.items}
              rowKey={(p) => p.name}
              onOpen={(p) => void navigate({ to: processHref(p.name) })}
            />
            <RemarkList remarks={list.remarks} />
          </>
        )
      }
    </Loaded>
  );
}
