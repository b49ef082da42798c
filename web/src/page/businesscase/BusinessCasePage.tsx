import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { address, useGet } from "@/api";
import type { Assessed, CaseValue } from "@/api/types/business_case";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { AppLink, ExportMenu, Loaded, PageTitle, printItem, RemarkList, Section, usePageName } from "@/kit";
import { usePeople } from "@/kit/field/people";
import { month, percent } from "@/kit/format";
import { PageChain } from "@/page/chain/Chain";
import { PlanSlot } from "@/page/effect/PlanSlot";
import { ApprovalButtons, StateTag } from "@/page/register/Approval";
import { useKind, useRecord } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { Bindings } from "./Bindings";
import classes from "./businesscase.module.css";
import { ClassList } from "./ClassList";
import { Figures } from "./Figures";
import { FlowChart } from "./FlowChart";
import { InputTable } from "./InputTable";
import { Lines } from "./Lines";
import { NpvChart } from "./NpvChart";
import { Scenarios } from "./Scenarios";
import { Tornado } from "./Tornado";
import { useCaseDraft } from "./useCaseDraft";
import { Versions } from "./Versions";
import { headline } from "./words";

/** One business case: the answer first, then what it rests on. */
export default function BusinessCasePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string };
  const { kind } = useKind("business_case");
  const record = useRecord("business_case", id);
  usePeople();
  const assessed = useGet(
    "/business_cases/{id}/assessment",
    { path: { id }, query: { version: record.data?.version } },
    { enabled: record.data !== undefined },
  );
  return (
    <Loaded query={record} height={720} page>
      {(one) => (
        <Loaded query={assessed} height={720} page>
          {(a) => (kind ? <OneCase key={one.id} kind={kind} record={one} a={a} /> : null)}
        </Loaded>
      )}
    </Loaded>
  );
}

function OneCase({ kind, record, a }: { kind: KindInfo; record: RecordOne; a: Assessed }): ReactElement {
  const value = record.value as unknown as CaseValue;
  const draft = useCaseDraft(record);
  const shown = draft.assessed ?? a;
  usePageName(value.title);
  const source = m.businesscase_sub({
    title: value.title,
    months: String(a.assessment.result.months?.length ?? 0),
    start: month(`${value.start}-01`),
    rate: percent(a.assessment.result.discount_rate),
    version: String(a.version),
  });
  return (
    <>
      <PageTitle
        ruled
        sub={
          <>
            {source} <StateTag record={record as { state: string; may: string[] }} />{" "}
            <AppLink href={`/vorhaben/${value.initiative}`}>{m.businesscase_to_initiative()}</AppLink>
          </>
        }
        actions={
          <>
            <ExportMenu
              groups={[
                {
                  items: [
                    {
                      label: m.businesscase_excel(),
                      run: () => {
                        window.location.assign(
                          address("/business_cases/{id}/export", {
                            path: { id: record.id },
                            query: { version: record.version },
                          }),
                        );
                      },
                    },
                    printItem(),
                  ],
                },
              ]}
            />
            <ApprovalButtons kind={kind} record={record} />
          </>
        }
      >
        {headline(a)}
      </PageTitle>
      {draft.changed ? <DraftBar a={draft.assessed} draft={draft} /> : null}
      <PageChain kind="business_case" id={record.id} />
      <Figures a={shown} />
      <div className={classes.grid}>
        <div>
          <Section title={m.businesscase_npv()} first>
            <NpvChart a={shown} source={source} />
          </Section>
          <Section>
            <Tornado a={shown} source={source} />
          </Section>
        </div>
        <div>
          <Section title={m.businesscase_classes()} first>
            <ClassList a={shown} />
          </Section>
          <Provable record={record} initiative={value.initiative} />
          <Bindings id={record.id} version={record.version} />
          <RemarkList remarks={shown.assessment.result.remarks} />
        </div>
      </div>
      <Section>
        <FlowChart a={shown} source={source} />
      </Section>
      <Section title={m.businesscase_lines()}>
        <Lines kind={kind} draft={draft} currency={value.currency} editable={record.may?.includes("update") ?? false} />
      </Section>
      <Section
        title={m.businesscase_inputs()}
        actions={<AppLink href={`/register/business_case/${record.id}`}>{m.businesscase_all_fields()}</AppLink>}
      >
        <InputTable a={shown} record={record} draft={draft} />
      </Section>
      <Section title={m.businesscase_scenarios()}>
        <Scenarios a={shown} />
      </Section>
      <Versions record={record} />
    </>
  );
}

/** Whether what the case claims can be proven, by the metric that it was bound to. */
function Provable({ record, initiative }: { record: RecordOne; initiative: string }): ReactElement | null {
  const { data } = useGet("/business_cases/{id}/bindings", {
    path: { id: record.id },
    query: { version: record.version },
  });
  const bound = data?.items?.find((one) => one.metric);
  return <PlanSlot initiative={initiative} metric={bound?.metric} process={bound?.process || undefined} />;
}

function DraftBar({ a, draft }: { a: Assessed | undefined; draft: ReturnType<typeof useCaseDraft> }): ReactElement {
  return (
    <div className={`${classes.draft} lo-no-print`} role="status">
      <span>{a ? m.businesscase_draft({ sentence: headline(a) }) : null}</span>
      {draft.problem ? (
        <span className={classes.problem}>
          {[draft.problem.message, ...draft.problem.fields.map((field) => field.text)].join(" ")}
        </span>
      ) : null}
      <Button size="xs" disabled={draft.problem !== null} onClick={() => void draft.save()}>
        {m.businesscase_save()}
      </Button>
      <Button size="xs" variant="default" onClick={draft.discard}>
        {m.businesscase_discard()}
      </Button>
    </div>
  );
}
