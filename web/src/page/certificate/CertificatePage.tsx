import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { type ApiError, asApiError, sendBytes } from "@/api";
import type { Verified } from "@/api/types/certificate";
import type { Closing } from "@/api/types/effect";
import { AppLink, DropZone, Facts, Failed, Loading, PageTitle, Section, StatusMark, usePageName } from "@/kit";
import { date, personName } from "@/kit/format";
import { closingHref, closingValue } from "@/page/closing/words";
import { m } from "@/paraglide/messages";
import classes from "./certificate.module.css";
import { hashOf, judged, judgedWord, MOST } from "./judge";

interface Asked {
  /** Name of the file, or the hash. */
  name: string;
  busy: boolean;
  answer?: Verified;
  error?: ApiError;
  again: () => void;
}

/** Verifies a certificate by its file or by its hash: whether it is genuine, whether it still holds, and why. */
export default function CertificatePage(): ReactElement {
  usePageName(m.proof_verify_title());
  const [asked, setAsked] = useState<Asked | null>(null);
  const [hash, setHash] = useState("");
  const [problem, setProblem] = useState("");
  const ask = async (name: string, body: Blob | string): Promise<void> => {
    const again = (): void => void ask(name, body);
    setProblem("");
    setAsked({ name, busy: true, again });
    try {
      const answer = await sendBytes<Verified>("/certificates/verify", body);
      setAsked({ name, busy: false, answer, again });
    } catch (error) {
      setAsked({ name, busy: false, error: asApiError(error), again });
    }
  };
  const byFile = (file: File): void => {
    if (file.size > MOST) setProblem(m.proof_verify_too_large());
    else void ask(file.name, file);
  };
  const byHash = (event: FormEvent): void => {
    event.preventDefault();
    const clean = hashOf(hash);
    if (clean) void ask(`${clean.slice(0, 8)} …`, clean);
    else setProblem(m.proof_verify_hash_wrong());
  };
  return (
    <>
      <PageTitle ruled sub={m.proof_verify_sub()}>
        {m.proof_verify_question()}
      </PageTitle>
      <div className={classes.page}>
        <div aria-live="polite">{asked ? <Outcome asked={asked} /> : null}</div>
        <DropZone
          onFile={byFile}
          title={m.proof_verify_drop()}
          button={m.proof_verify_choose()}
          accept=".pdf,application/pdf"
          note={m.proof_verify_note()}
        />
        <form className={classes.hash} noValidate onSubmit={byHash}>
          <TextInput
            label={m.proof_verify_hash()}
            description={m.proof_verify_hash_help()}
            value={hash}
            error={problem || undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setHash(event.currentTarget.value);
              setProblem("");
            }}
          />
          <Button type="submit" disabled={hash.trim() === ""}>
            {m.proof_verify_run()}
          </Button>
        </form>
      </div>
    </>
  );
}

function Outcome({ asked }: { asked: Asked }): ReactElement {
  if (asked.busy) return <Loading height={96} text={m.proof_verify_running()} />;
  if (asked.error) return <Failed error={asked.error} onRetry={asked.again} />;
  const answer = asked.answer as Verified;
  const state = judged(answer);
  return (
    <section className={classes.outcome} data-state={state.mark} aria-label={m.proof_verify_title()}>
      <p className={classes.verdict}>
        <StatusMark status={state.mark} word={judgedWord(state)} />
        <span className={classes.name}>{m.proof_verify_file({ name: asked.name })}</span>
      </p>
      <h2 className={classes.sentence}>{answer.text}</h2>
      {answer.why ? <p>{answer.why}</p> : null}
      {answer.closing ? <Behind closing={answer.closing} /> : null}
    </section>
  );
}

/** The closing that the certificate names. */
function Behind({ closing }: { closing: Closing }): ReactElement {
  const signed = closing.steps.findLast((step) => step.step === "sign");
  return (
    <Section
      title={m.proof_verify_closing()}
      actions={<AppLink href={closingHref(closing.id)}>{m.proof_verify_open()}</AppLink>}
    >
      <p>{closing.title}</p>
      <Facts
        columns
        items={[
          { label: m.proof_verify_period(), value: closing.label },
          { label: m.proof_verify_value(), value: closingValue(closing, closing.value) },
          {
            label: m.proof_verify_signed(),
            value: signed
              ? m.proof_verify_signed_by({ day: date(signed.at), name: signed.name || personName(signed.by) })
              : "–",
          },
          { label: m.proof_verify_hash_kept(), value: <code className={classes.code}>{closing.hash}</code> },
        ]}
      />
    </Section>
  );
}
