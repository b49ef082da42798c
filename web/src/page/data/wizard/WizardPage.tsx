import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { send, useGet } from "@/api";
import { asApiError } from "@/api/error";
import type { Analysis, DryRun, LoadResult, Plan, Upload } from "@/api/types/data";
import { type Job, jobActive } from "@/api/types/job";
import {
  ConfirmDialog,
  Failed,
  JobProgress,
  Loading,
  NoPermission,
  PageTitle,
  useJob,
  usePageName,
  useSearchState,
} from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import { CheckStep } from "./CheckStep";
import { FileStep } from "./FileStep";
import { LoadedResult } from "./LoadStep";
import { MapStep, planProblem } from "./MapStep";
import { Steps } from "./Steps";
import { type Reading, rowsToLoad, usePlan, type WizardStep, wizardCodec } from "./state";

/** Reading in a file: file, mapping, check, load. The address holds where you are, so nothing is lost by leaving. */
export default function WizardPage(): ReactElement {
  const { may } = useRights();
  usePageName(m.data_read_in());
  if (!may("facts.write")) return <NoPermission page title={m.data_no_write()} text={m.data_no_write_text()} />;
  return <Wizard />;
}

function Wizard(): ReactElement {
  const [url, setUrl] = useSearchState(wizardCodec);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const reading: Reading = useMemo(
    () => ({ sheet: url.sheet, header_row: url.header_row, delimiter: url.delimiter, encoding: url.encoding }),
    [url.sheet, url.header_row, url.delimiter, url.encoding],
  );
  const analysisArgs = useMemo(
    () => ({ path: { id: url.upload }, query: { ...reading, table: url.table } }),
    [url.upload, reading, url.table],
  );
  const analysis = useGet("/uploads/{id}/analysis", analysisArgs, {
    enabled: url.upload !== "" && !(url.step === "file" && url.job !== ""),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: undefined,
  });
  const { plan, change, forget } = usePlan(analysis.data);

  const start = useCallback(
    async (path: string, body: unknown, step: WizardStep): Promise<void> => {
      setProblem(null);
      try {
        const job = await send<Job>("post", path, { path: { id: url.upload }, body });
        setUrl({ step, job: job.id });
      } catch (error) {
        setProblem(error);
        if (step === "check") setUrl({ step: "map", job: "" });
      }
    },
    [setUrl, url.upload],
  );

  // The first look at an upload under a reading goes through the whole file once, as a job.
  const look = useCallback(
    async (upload: string, next: Reading): Promise<void> => {
      setProblem(null);
      try {
        const job = await send<Job>("post", "/uploads/{id}/analysis", {
          path: { id: upload },
          body: readingBody(next),
        });
        setUrl({ upload, ...next, step: "file", job: job.id }, { replace: true });
      } catch (error) {
        setProblem(error);
        setUrl({ upload, ...next, step: "file", job: "" }, { replace: true });
      }
    },
    [setUrl],
  );
  const missing = analysis.error?.code === "analysis_missing";
  const asked = useRef("");
  useEffect(() => {
    const key = JSON.stringify(analysisArgs);
    if (!missing || asked.current === key) return;
    asked.current = key;
    void look(url.upload, reading);
  }, [missing, analysisArgs, reading, look, url.upload]);

  const check = (next: Plan): void => {
    change(next);
    void start("/uploads/{id}/dry_run", next, "check");
  };

  const title = useTitle(url.step, url.job, analysis.data);
  const blocked = plan ? planProblem(plan) : "";

  const abandon = async (): Promise<void> => {
    if (url.upload) {
      await send("delete", "/uploads/{id}", { path: { id: url.upload } }).catch(() => {});
      forget();
    }
    await navigate({ to: "/daten" });
  };

  useEffect(() => {
    // What had the focus is gone with the step before; the mapping chooses its own place.
    if (url.step === "check" || url.step === "load") document.getElementById("inhalt")?.focus({ preventScroll: true });
  }, [url.step]);

  return (
    <>
      <p className="lo-sr" role="status">
        {title.text}
      </p>
      <PageTitle
        sub={title.sub}
        actions={
          <WizardButtons
            step={url.step}
            job={url.job}
            plan={plan}
            blocked={blocked}
            onAbort={() => (url.upload ? setLeaving(true) : void navigate({ to: "/daten" }))}
            onBack={() => setUrl({ step: "map", job: "" })}
            onCheck={() => plan && check(plan)}
            onLoad={() => plan && void start("/uploads/{id}/load", plan, "load")}
          />
        }
      >
        {title.text}
      </PageTitle>
      <Steps step={url.step} onStep={url.step === "load" ? undefined : (step) => setUrl({ step, job: "" })} />
      {problem ? <Failed error={problem} /> : null}
      <Body
        url={url}
        analysis={analysis.data}
        analysisError={missing ? null : analysis.error}
        plan={plan}
        onUploaded={(upload: Upload) => void look(upload.id, reading)}
        onAnalysed={() => setUrl({ step: "map", job: "" }, { replace: true })}
        onReread={(next) => void look(url.upload, next)}
        onTable={(table) => setUrl({ table })}
        onMapping={() => setUrl({ step: "map", job: "" })}
        onPlan={change}
        onCheck={check}
        onJob={(job) => setUrl({ job }, { replace: true })}
        onRestart={() => setUrl(wizardCodec.read({}))}
        onLoaded={() => {
          forget();
          void client.invalidateQueries({ predicate: (query) => !String(query.queryKey[0]).startsWith("/uploads") });
        }}
        onAnotherTry={() => {
          asked.current = "";
          setUrl({ job: "" });
          void analysis.refetch();
        }}
      />
      <ConfirmDialog
        opened={leaving}
        title={m.data_abort_title()}
        confirm={m.data_abort_confirm()}
        destructive
        onClose={() => setLeaving(false)}
        onConfirm={abandon}
      >
        <p>{m.data_abort_text()}</p>
      </ConfirmDialog>
    </>
  );
}

/** How the file shall be read, as the server wants it. */
function readingBody(reading: Reading): Record<string, string | number> {
  const body: Record<string, string | number> = {};
  if (reading.sheet) body.sheet = reading.sheet;
  if (reading.header_row) body.header_row = Number(reading.header_row);
  if (reading.delimiter) body.delimiter = reading.delimiter;
  if (reading.encoding) body.encoding = reading.encoding;
  return body;
}

/** The answer of the step: a question, or the verdict as soon as it is there. */
function useTitle(step: WizardStep, jobId: string, analysis: Analysis | undefined): { text: string; sub?: string } {
  const { job } = useJob(step === "check" || step === "load" ? jobId : null);
  if (step === "map")
    return { text: m.data_map_title(), sub: analysis?.remembered ? m.data_remembered_text() : undefined };
  if (step === "check") {
    const result = job?.state === "done" ? (job.output as DryRun) : undefined;
    return result ? { text: result.sentence } : { text: m.data_check_title() };
  }
  if (step === "load") {
    const result = job?.state === "done" ? (job.output as LoadResult) : undefined;
    if (!result) return { text: m.data_load_title() };
    return result.rows_loaded === 0 && result.rows_refused === 0
      ? { text: m.data_loaded_nothing(), sub: m.data_loaded_nothing_text() }
      : { text: m.data_loaded_title({ n: int(result.rows_loaded) }) };
  }
  return { text: jobId ? m.data_looking() : m.data_file_title() };
}

function WizardButtons({
  step,
  job,
  plan,
  blocked,
  onAbort,
  onBack,
  onCheck,
  onLoad,
}: {
  step: WizardStep;
  job: string;
  plan: Plan | null;
  blocked: string;
  onAbort: () => void;
  onBack: () => void;
  onCheck: () => void;
  onLoad: () => void;
}): ReactElement | null {
  const dryRun = useJob(step === "check" ? job : null).job;
  if (step === "load") return null;
  const result = dryRun?.state === "done" ? (dryRun.output as DryRun) : undefined;
  const ready =
    result?.verdict === "usable" || (result?.verdict === "usable_with_refusals" && plan?.allow_refused !== "0");
  return (
    <>
      <Button variant="default" onClick={onAbort}>
        {m.kit_cancel()}
      </Button>
      {step === "check" ? (
        <>
          <Button variant="default" onClick={onBack}>
            {m.data_back()}
          </Button>
          <Button disabled={!ready} onClick={onLoad} title={ready ? undefined : m.data_not_ready()}>
            {result && plan && ready ? m.data_load_rows({ n: int(rowsToLoad(result, plan)) }) : m.data_load()}
          </Button>
        </>
      ) : null}
      {step === "map" ? (
        <Button
          disabled={!plan || blocked !== ""}
          title={blocked || undefined}
          onClick={onCheck}
          rightSection={<kbd>{m.data_key_ctrl_enter()}</kbd>}
        >
          {m.data_to_check()}
        </Button>
      ) : null}
    </>
  );
}

interface BodyProps {
  url: { upload: string; step: WizardStep; job: string };
  analysis: Analysis | undefined;
  analysisError: unknown;
  plan: Plan | null;
  onUploaded: (upload: Upload) => void;
  onAnalysed: () => void;
  onReread: (reading: Reading) => void;
  onTable: (table: string) => void;
  onMapping: () => void;
  onPlan: (plan: Plan) => void;
  onCheck: (plan: Plan) => void;
  onJob: (job: string) => void;
  onRestart: () => void;
  onLoaded: () => void;
  onAnotherTry: () => void;
}

function Body(props: BodyProps): ReactElement | null {
  const { url, analysis, plan } = props;
  if (url.upload === "") return <FileStep onUploaded={props.onUploaded} />;
  if (url.step === "file") return <Looking {...props} />;
  if (props.analysisError && url.step !== "load") {
    const gone = asApiError(props.analysisError).status === 404;
    return (
      <Failed
        error={props.analysisError}
        onRetry={gone ? undefined : props.onAnotherTry}
        action={<Button onClick={props.onRestart}>{m.data_choose_again()}</Button>}
      />
    );
  }
  if (url.step === "load") return <Load {...props} />;
  if (!analysis || !plan) return <Loading height={480} text={m.data_looking()} />;
  if (url.step === "check" && url.job !== "") return <Checked {...props} plan={plan} />;
  return (
    <MapStep
      analysis={analysis}
      plan={plan}
      onPlan={props.onPlan}
      onReread={props.onReread}
      onTable={props.onTable}
      onNext={() => {
        if (planProblem(plan) === "") props.onCheck(plan);
      }}
    />
  );
}

/** The file is read once as a whole; then the mapping opens, or the check at once when the source is known. */
function Looking(props: BodyProps): ReactElement {
  const { url, analysis, plan, onCheck, onAnalysed } = props;
  const went = useRef(false);
  useEffect(() => {
    if (!analysis || !plan || went.current || url.job !== "") return;
    went.current = true;
    if (analysis.remembered && planProblem(plan) === "") onCheck(plan);
    else onAnalysed();
  }, [analysis, plan, url.job, onCheck, onAnalysed]);
  if (url.job === "") {
    return props.analysisError ? (
      <Failed error={props.analysisError} action={<Button onClick={props.onRestart}>{m.data_choose_again()}</Button>} />
    ) : (
      <Loading height={240} text={m.data_looking()} />
    );
  }
  return (
    <JobProgress id={url.job} onDone={() => props.onJob("")} onCancelled={props.onRestart} onRepeat={props.onJob} />
  );
}

function Checked(props: BodyProps & { plan: Plan }): ReactElement {
  const { job } = useJob(props.url.job);
  if (job?.state === "done")
    return (
      <CheckStep result={job.output as DryRun} plan={props.plan} onPlan={props.onCheck} onMapping={props.onMapping} />
    );
  return <JobProgress id={props.url.job} onRepeat={props.onJob} />;
}

function Load(props: BodyProps): ReactElement {
  const { job } = useJob(props.url.job);
  const done = job?.state === "done";
  const told = useRef(false);
  const { onLoaded } = props;
  useEffect(() => {
    if (!done || told.current) return;
    told.current = true;
    onLoaded();
  }, [done, onLoaded]);
  if (done) return <LoadedResult result={job.output as LoadResult} onAgain={props.onRestart} />;
  return (
    <>
      <JobProgress id={props.url.job} onRepeat={props.onJob} />
      {job && jobActive(job) ? <p>{m.data_may_leave()}</p> : null}
    </>
  );
}
