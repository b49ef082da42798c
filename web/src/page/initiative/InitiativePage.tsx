import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Initiative } from "@/api/types/initiative";
import { Loaded, PageTitle, Section, StatusMark, Tag, usePageName } from "@/kit";
import { useKinds } from "@/kit/field/names";
import { usePeople } from "@/kit/field/people";
import { PageChain } from "@/page/chain/Chain";
import { CommentList } from "@/page/register/CommentList";
import { HistoryList } from "@/page/register/HistoryList";
import { m } from "@/paraglide/messages";
import { Columns } from "./Columns";
import { useInitiative } from "./data";
import { GateHistory } from "./GateHistory";
import classes from "./initiative.module.css";
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
      <PageChain kind="initiative" id={one.id} />
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
      <Columns one={one} progress={now} />
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
