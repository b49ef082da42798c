import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { FindingDetail } from "@/api/types/finding";
import type { Initiative } from "@/api/types/initiative";
import { ExpandedChain, Loaded, PageTitle, Section, StatusMark, Tag, usePageName } from "@/kit";
import { useKinds } from "@/kit/field/names";
import { usePeople } from "@/kit/field/people";
import { PlanSlot } from "@/page/effect/PlanSlot";
import { CommentList } from "@/page/register/CommentList";
import { HistoryList } from "@/page/register/HistoryList";
import { m } from "@/paraglide/messages";
import { CaseSlot } from "./CaseSlot";
import { initiativeChain } from "./chain";
import { useInitiative, useOf, useWords } from "./data";
import { GateHistory } from "./GateHistory";
import { GatePart } from "./GatePart";
import classes from "./initiative.module.css";
import { aboutProcess, Measured } from "./Measured";
import { Milestones } from "./Milestones";
import { Money } from "./Money";
import { OriginPart } from "./OriginPart";
import { Questions } from "./Questions";
import { Related } from "./Related";
import { StageRoute } from "./StageRoute";
import { WorkPart } from "./WorkPart";

/** One initiative: where it comes from, how far it is, and what it needs to go on. */
export default function InitiativePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useInitiative(id);
  usePeople();
  usePageName(query.data?.value.title);
  return (
    <Loaded query={query} height={720}>
      {(one) => <OnePage key={one.id} one={one} />}
    </Loaded>
  );
}

function OnePage({ one }: { one: Initiative }): ReactElement {
  const kinds = useKinds();
  const kind = kinds.data?.items.find((k) => k.name === "initiative");
  const progress = useGet("/initiatives/progress", { query: { initiative: one.id } });
  const now = progress.data?.items[0];
  return (
    <>
      <Head one={one} />
      <Chain one={one} cases={kinds.data?.items.some((k) => k.name === "business_case") ?? false} />
      <StageRoute one={one} />
      {now && now.warnings.length > 0 && (
        <ul className={classes.warnings} aria-label={m.initiative_warnings()}>
          {now.warnings.map((warning) => (
            <li key={warning.text}>
              <StatusMark status="at_risk" word={warning.text} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.grid}>
        <GatePart one={one} />
        <div>
          <CaseSlot initiative={one.id} />
          <PlanSlot initiative={one.id} metric={one.value.metrics?.[0]} process={one.value.processes?.[0]} />
          <Milestones one={one} />
          <Money one={one} progress={now} />
        </div>
        <div>
          <OriginPart one={one} />
          <Measured one={one} />
          <Questions one={one} />
        </div>
      </div>
      <WorkPart one={one} progress={now} />
      <Related one={one} />
      <div className={classes.halves}>
        <GateHistory one={one} />
        {kind && (
          <Section title={m.initiative_history()} id="verlauf">
            <HistoryList kind={kind} record={one} most={3} />
          </Section>
        )}
      </div>
      {kind && (
        <Section title={m.initiative_comments()}>
          <CommentList kind={kind} record={one} />
        </Section>
      )}
    </>
  );
}

function Head({ one }: { one: Initiative }): ReactElement {
  const navigate = useNavigate();
  const ahead = useGet("/initiatives/{id}/gate", { path: { id: one.id } });
  const may = one.may.includes("update");
  return (
    <PageTitle
      sub={one.value.aim}
      actions={
        <>
          <Button variant="default" onClick={() => window.print()}>
            {m.kit_print()}
          </Button>
          <Button
            variant="default"
            onClick={() => void navigate({ to: "/register/$kind/$id", params: { kind: "initiative", id: one.id } })}
          >
            {may ? m.initiative_edit() : m.initiative_all_fields()}
          </Button>
        </>
      }
      ruled
    >
      {one.value.title}{" "}
      {ahead.data?.open ? (
        <span className={classes.tag}>
          <Tag status="your_turn">{m.initiative_gate_waits()}</Tag>
        </span>
      ) : null}
    </PageTitle>
  );
}

function Chain({ one, cases }: { one: Initiative; cases: boolean }): ReactElement {
  const words = useWords("stage");
  const id = one.value.findings?.[0] ?? "";
  const finding = useGet("/findings/{id}", { path: { id } }, { enabled: id !== "", retry: false });
  const metrics = useGet("/metrics", {}, { enabled: Boolean(one.value.metrics?.length), retry: false });
  const list = useOf("business_case", cases ? one.id : "");
  const metric = one.value.metrics?.[0];
  const item = metrics.data?.items.find((found) => found.name === metric && aboutProcess(found, one));
  const businessCase = cases ? (list.data?.find((r) => r.state === "approved") ?? list.data?.[0] ?? null) : undefined;
  return (
    <ExpandedChain
      here="initiative"
      links={initiativeChain({
        initiative: one,
        stage: words(one.value.stage),
        finding: id !== "" ? (finding.data as FindingDetail | undefined) : undefined,
        metric: item,
        businessCase,
      })}
    />
  );
}
