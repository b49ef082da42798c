import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { address, useGet } from "@/api";
import type { EffectOne } from "@/api/types/effect";
import { date } from "@/kit/format";
import { ClosingButtons } from "@/page/closing/ClosingButtons";
import { ProposeDialog } from "@/page/closing/ProposeDialog";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
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

/** Proposing asks for a note, and for who confirms where the company lets the department do so. */
function Propose({ one }: { one: EffectOne }): ReactElement | null {
  const { kind } = useKind("effect_plan");
  const list = useGet("/closings", { query: { plan: one.plan } });
  const [asking, setAsking] = useState(false);
  if (!kind?.may?.includes("create") || !list.data) return null;
  return (
    <>
      <Button
        variant={one.complete ? "filled" : "default"}
        disabled={one.measured <= 0}
        title={one.measured <= 0 ? m.effect_propose_early() : undefined}
        onClick={() => setAsking(true)}
      >
        {m.effect_propose()}
      </Button>
      {asking ? (
        <ProposeDialog
          due={{
            plan: one.plan,
            metric: one.metric,
            process: one.process,
            grain: one.grain,
            from: one.first_affected,
            title: one.title,
            label: m.effect_window_from({ day: date(one.first_affected) }),
          }}
          department={list.data.department}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
