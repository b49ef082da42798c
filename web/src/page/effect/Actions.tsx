import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { address, asApiError, send } from "@/api";
import type { EffectOne } from "@/api/types/effect";
import { ClosingButtons } from "@/page/closing/ClosingButtons";
import { useKind, useRefresh } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { PlanButtons } from "./PlanButtons";

/** What can be done with an effect now: propose its closing, take the next step of it, take the certificate along. */
export function EffectActions({ one }: { one: EffectOne }): ReactElement {
  const closing = one.closing_view;
  const signed = closing?.status === "signed";
  const open = closing && (closing.status === "proposed" || closing.status === "confirmed");
  return (
    <>
      {signed ? (
        <Button component="a" href={address("/effects/{plan}/certificate", { path: { plan: one.plan } })} download>
          {m.effect_certificate()}
        </Button>
      ) : null}
      {closing && (open || signed) ? <ClosingButtons closing={closing} /> : null}
      {one.state !== "signed" && one.state !== "superseded" ? <PlanButtons plan={one.plan} /> : null}
      {!open && !signed && one.state === "signed" ? <Propose one={one} /> : null}
    </>
  );
}

function Propose({ one }: { one: EffectOne }): ReactElement | null {
  const { kind } = useKind("effect_plan");
  const refresh = useRefresh();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  if (!kind?.may?.includes("create")) return null;
  const propose = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      await send("post", "/closings", { body: { plan: one.plan } });
      await refresh();
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant={one.complete ? "filled" : "default"}
        loading={busy}
        disabled={one.measured <= 0}
        title={one.measured <= 0 ? m.effect_propose_early() : undefined}
        onClick={() => void propose()}
      >
        {m.effect_propose()}
      </Button>
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
    </>
  );
}
