import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { EffectOne } from "@/api/types/effect";
import { AppLink, Loaded, PageTitle, RemarkList, Section, StatusMark, usePageName } from "@/kit";
import { usePeople } from "@/kit/field/people";
import { date, months } from "@/kit/format";
import { PageChain } from "@/page/chain/Chain";
import { m } from "@/paraglide/messages";
import { EffectActions } from "./Actions";
import { EffectCharts } from "./Charts";
import { Estimate } from "./Estimate";
import classes from "./effect.module.css";
import { Interference } from "./Interference";
import { PlanFacts } from "./PlanFacts";
import { ProvabilityPart } from "./ProvabilityPart";
import { Reasons } from "./Reasons";
import { Refuted } from "./Refuted";
import { Signatures } from "./Signatures";
import { Terms } from "./Terms";
import { useProvability } from "./useProvability";
import { WorthPart } from "./WorthPart";
import { effectScale, headline, planned, plannedWhy, verdictStatus, verdictWord } from "./words";

/** One effect: the answer first, then the series, what was tried to refute it, and who signed. */
export default function EffectPage(): ReactElement {
  const { plan } = useParams({ strict: false }) as { plan: string };
  usePeople();
  const query = useGet("/effects/{plan}", { path: { plan } });
  return (
    <Loaded query={query} height={720} page>
      {(one) => <OneEffect one={one} />}
    </Loaded>
  );
}

function OneEffect({ one }: { one: EffectOne }): ReactElement {
  const values = one.effect.path.flatMap((p) => (p.value === null ? [] : [Math.abs(p.value)]));
  const typical = values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null;
  const scale = effectScale(one, typical);
  const proven = one.verdict === "belegt";
  usePageName(one.initiative_title || one.title);
  return (
    <>
      <PageTitle
        ruled
        sub={
          <>
            {one.title} · {one.metric_title} · {planned(one.class)}
            {one.class_reason ? ` (${plannedWhy(one.class_reason)})` : ""} · {m.effect_window({ window: window(one) })}{" "}
            · <AppLink href={`/vorhaben/${one.initiative}`}>{m.effect_to_initiative()}</AppLink>
          </>
        }
        actions={<EffectActions one={one} />}
      >
        {headline(one, scale)}{" "}
        <span className={proven ? classes.proven : classes.open}>
          <StatusMark status={verdictStatus(one.verdict)} size={20} quiet /> {verdictWord(one.verdict)}
        </span>
      </PageTitle>
      <PageChain kind="effect" id={one.plan} />
      {one.verdict === "nicht belegbar" ? <p className={classes.fair}>{m.effect_no_evidence_against()}</p> : null}
      {one.problem ? <p role="status">{one.problem}</p> : null}
      {one.state === "signed" || one.state === "superseded" ? null : <BeforeSignature one={one} />}
      <div className={classes.grid}>
        <div>
          <EffectCharts one={one} scale={scale} />
          <div className={classes.pair}>
            <Refuted one={one} scale={scale} />
            <WorthPart one={one} scale={scale} />
          </div>
          <Interference list={one.interference} />
        </div>
        <div>
          <Estimate one={one} scale={scale} />
          <Reasons one={one} />
          <Signatures one={one} />
          <RemarkList remarks={[...one.remarks, ...one.effect.remarks]} />
          <Terms />
        </div>
      </div>
      <Section
        title={m.effect_plan_title()}
        actions={<AppLink href={`/register/effect_plan/${one.plan}`}>{m.effect_plan_open()}</AppLink>}
      >
        <PlanFacts one={one} scale={scale} />
      </Section>
    </>
  );
}

/** Whether the plan could prove what it promises, said before anybody signs it. */
function BeforeSignature({ one }: { one: EffectOne }): ReactElement | null {
  const query = useProvability(one.metric, one.process, {
    grain: one.grain,
    promised: one.expected,
    before: one.first_affected,
  });
  if (!query.data) return null;
  return (
    <Section title={m.effect_provable_title()}>
      <ProvabilityPart answer={query.data} />
    </Section>
  );
}

/** The window as people read it: months by name, shorter periods by their days. */
function window(one: EffectOne): string {
  const inside = one.rows.filter((row) => row.from >= one.first_affected);
  const last = inside.at(-1);
  if (!last) return m.effect_window_from({ day: date(one.first_affected) });
  return one.grain === "month" || one.grain === "quarter"
    ? months(one.first_affected, last.to)
    : m.kit_range({ low: date(one.first_affected), high: date(last.from) });
}
