import { Button } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import type { FindingDetail } from "@/api/types/finding";
import { AppLink, type Column, DataTable, Loaded, Section, searchFor } from "@/kit";
import { int } from "@/kit/format";
import { processHref } from "@/page/process/ProcessListPage";
import { processState } from "@/page/process/state";
import { m } from "@/paraglide/messages";

/** The cases that make up a finding, largest first. */
export function CasesBehind({ finding }: { finding: FindingDetail }) {
  const [limit, setLimit] = useState(15);
  const query = useGet("/findings/{id}/cases", { path: { id: finding.id }, query: { limit } });
  return (
    <Section
      title={m.finding_cases()}
      note={m.finding_cases_note({ n: int(finding.cases_count), counted: finding.counted })}
    >
      <Loaded query={query} height={320}>
        {(list) => {
          const columns: Column<(typeof list.items)[number]>[] = [
            {
              id: "id",
              title: list.case_title || m.process_case(),
              value: (c) => c.id,
              tone: "name",
              cell: (c) =>
                finding.process ? (
                  <AppLink
                    href={`${processHref(finding.process)}${searchFor(processState, { tab: "cases", open: c.id })}`}
                  >
                    {c.id}
                  </AppLink>
                ) : (
                  c.id
                ),
            },
            { id: "n", title: m.finding_cases_times(), value: (c) => c.n, type: "integer" },
            { id: "amount", title: list.amount_title, value: (c) => c.amount, type: "number" },
          ];
          return (
            <DataTable
              name={m.finding_cases()}
              columns={columns}
              rows={list.items}
              rowKey={(c) => c.id}
              dense
              meta={{ title: finding.title }}
              foot={
                list.total > list.items.length ? (
                  <span>
                    {m.process_cases_rest({ shown: int(list.items.length), total: int(list.total) })}{" "}
                    {limit < 1000 && (
                      <Button variant="subtle" size="xs" onClick={() => setLimit(Math.min(1000, limit * 10))}>
                        {m.process_cases_more()}
                      </Button>
                    )}
                  </span>
                ) : undefined
              }
            />
          );
        }}
      </Loaded>
    </Section>
  );
}
