import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useRef, useState } from "react";
import { type ApiError, asApiError, send, useGet } from "@/api";
import type { Provable } from "@/api/types/effect";
import type { Initiative } from "@/api/types/initiative";
import type { MetricItem } from "@/api/types/metric";
import type { Doc, KindInfo, RecordOne } from "@/api/types/register";
import {
  Failed,
  Loaded,
  Loading,
  NoPermission,
  PageTitle,
  Section,
  useDraft,
  usePageName,
  useSearchState,
} from "@/kit";
import { FieldForm } from "@/kit/field/FieldForm";
import { time } from "@/kit/format";
import { useInitiative } from "@/page/initiative/data";
import { metricScale } from "@/page/metric/scale";
import { unitOf } from "@/page/metric/target";
import { useKind, useRefresh } from "@/page/register/data";
import { Refused, useFirstProblem } from "@/page/register/RecordForm";
import { m } from "@/paraglide/messages";
import { useSession } from "@/shell/session";
import classes from "./effect.module.css";
import { ProvabilityPart } from "./ProvabilityPart";
import { planState } from "./state";
import { useProvability } from "./useProvability";

/** Drafts an effect plan, with the answer to "can we prove it?" beside the form while it is written. */
export default function PlanPage(): ReactElement {
  usePageName(m.effect_new_title());
  const [{ initiative }] = useSearchState(planState);
  const { kind, error, retry } = useKind("effect_plan");
  const query = useInitiative(initiative);
  const metrics = useGet("/metrics", {}, { retry: false });
  if (error && !kind) return <Failed error={error} onRetry={retry} />;
  if (kind === null || (kind && !kind.may.includes("create")))
    return <NoPermission page title={m.effect_new_refused()} text={m.effect_new_refused_text()} />;
  if (!kind || metrics.isLoading) return <Loading height={640} />;
  return (
    <Loaded query={query} height={640} page>
      {(one) => <NewPlan kind={kind} initiative={one} metrics={metrics.data?.items ?? []} />}
    </Loaded>
  );
}

/** What the page knows already, and what only few plans need: it stands in the register. */
const leftOut = ["initiative", "filters", "scale", "currency", "benefit_unit", "follows", "negative_process"];

interface Props {
  kind: KindInfo;
  initiative: Initiative;
  metrics: MetricItem[];
}

function NewPlan({ kind, initiative, metrics }: Props): ReactElement {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { session } = useSession();
  const { draft, keep, discard } = useDraft<Doc>(`record-${session?.user?.id ?? ""}-effect_plan-${initiative.id}`);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstProblem(form, problem);
  const value: Doc = draft?.value ?? proposal(initiative, metrics);
  const fields = kind.fields.filter((field) => !field.computed && !field.managed && !leftOut.includes(field.name));
  const change = (name: string, next: unknown): void => {
    setProblem(null);
    keep({ ...value, [name]: next }, 0);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await send<RecordOne>("post", "/records/{kind}", { path: { kind: kind.name }, body: value });
      discard();
      await refresh();
      await navigate({ to: "/wirkung/$plan", params: { plan: made.id } });
    } catch (failed) {
      setProblem(asApiError(failed));
      setBusy(false);
    }
  };
  return (
    <>
      <PageTitle ruled sub={m.effect_new_sub({ initiative: initiative.value.title })}>
        {m.effect_new_question()}
      </PageTitle>
      <div className={classes.planGrid}>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <FieldForm fields={fields} value={value} problems={problem?.fields} onChange={change} />
          {problem ? <Refused problem={problem} /> : null}
          <div className={classes.buttons}>
            <Button type="submit" loading={busy}>
              {m.effect_new_save()}
            </Button>
            <span className={classes.quiet}>
              {draft ? m.effect_draft_kept({ at: time(draft.at) }) : m.effect_new_note()}
            </span>
          </div>
        </form>
        <Preview value={value} required={fields.filter((field) => field.required).map((field) => field.name)} />
      </div>
    </>
  );
}

/** What the initiative says already: metric, process, its start and a unit that people read. */
function proposal(one: Initiative, metrics: MetricItem[]): Doc {
  const processes = one.value.processes ?? [];
  const metric = metrics.find(
    (item) =>
      one.value.metrics?.includes(item.name) &&
      (item.process === "" || processes.length === 0 || processes.includes(item.process)),
  );
  const out: Doc = {
    title: m.effect_new_name({ initiative: one.value.title }).slice(0, 200),
    initiative: one.id,
    metric: metric?.name ?? one.value.metrics?.[0],
    process: metric?.process || undefined,
    grain: "month",
    periods_after: 12,
    first_affected: firstMonth(one.value.go_live),
    model: "trend",
    benefit_class: "avoided_cost",
    primary: true,
    owner: one.value.owner,
  };
  if (metric) out.unit = unitOf(metric.unit, metricScale(metric.unit, metric.currency, metric.latest?.value ?? null));
  return out;
}

/** The first day of the first whole month from a day on. */
function firstMonth(day: string | undefined): string | undefined {
  if (!day) return undefined;
  if (day.endsWith("-01")) return day;
  const next = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 10);
}

/** Asks the server half a second after the last change, as soon as a metric is named. */
function Preview({ value, required }: { value: Doc; required: string[] }): ReactElement {
  const [settled] = useDebouncedValue(value, 500);
  const wanted = settled.benefit_class === "other" ? required : [...required, "value_per_unit"];
  const unfinished = wanted.some((name) => (settled[name] ?? "") === "");
  const query = useQuery<Provable, ApiError>({
    queryKey: ["/effect_plans/preview", settled],
    queryFn: () => send<Provable>("post", "/effect_plans/preview", { body: settled }),
    enabled: Boolean(settled.metric) && !unfinished,
    retry: false,
  });
  const rough = useProvability(unfinished ? String(settled.metric ?? "") : "", String(settled.process ?? ""), {
    grain: String(settled.grain ?? ""),
  });
  const answer = unfinished ? rough.data : query.data;
  const failed = unfinished ? rough.error : query.error;
  return (
    <aside className={classes.preview} aria-live="polite">
      <Section title={m.effect_provable_title()} first>
        {unfinished ? <p className={classes.quiet}>{m.effect_provable_incomplete()}</p> : null}
        {failed ? (
          <p className={classes.quiet}>{[failed.message, failed.hint].filter(Boolean).join(" ")}</p>
        ) : answer ? (
          <ProvabilityPart answer={answer} />
        ) : (
          <p className={classes.quiet}>{settled.metric ? m.effect_provable_computing() : m.effect_provable_choose()}</p>
        )}
      </Section>
    </aside>
  );
}
