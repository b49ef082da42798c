import { Button } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api";
import type { Finding, FindingDetail } from "@/api/types/finding";
import { Section, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import styles from "./finding.module.css";

/** Keep, dismiss with a reason, take back, and a note. Only who may write sees the form. */
export function Decision({ finding }: { finding: FindingDetail }) {
  const { may } = useRights();
  const [reason, setReason] = useState("");
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const send = useSend<Finding>("patch", "/findings/{id}", ["/findings", "/findings/{id}", "/overview"]);
  const patch = (body: Partial<Pick<Finding, "state" | "reason" | "note">>) =>
    send
      .mutateAsync({ path: { id: finding.id }, body: { ...body, version: finding.version } })
      .then(() => {
        setAsking(false);
        setNote(null);
      })
      .catch(() => undefined);
  if (!may("records.write")) return finding.note ? <Section title={m.finding_note()}>{finding.note}</Section> : null;
  return (
    <Section title={m.finding_decision()}>
      <div className={`${styles.form} lo-no-print`}>
        {finding.state === "dismissed" ? (
          <>
            <p>{m.finding_dismissed_because({ reason: finding.reason })}</p>
            <Button variant="default" onClick={() => void patch({ state: "open" })} loading={send.isPending}>
              {m.finding_reopen()}
            </Button>
          </>
        ) : asking ? (
          <>
            <label className={styles.label}>
              {m.finding_reason()}
              <textarea
                className={styles.textarea}
                value={reason}
                maxLength={2000}
                onChange={(e) => setReason(e.currentTarget.value)}
              />
            </label>
            <Button
              disabled={!reason.trim()}
              loading={send.isPending}
              onClick={() => void patch({ state: "dismissed", reason })}
            >
              {m.finding_dismiss()}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {m.kit_cancel()}
            </Button>
          </>
        ) : (
          <>
            {finding.state === "new" && (
              <Button onClick={() => void patch({ state: "open" })} loading={send.isPending}>
                {m.finding_accept()}
              </Button>
            )}
            <Button variant="default" onClick={() => setAsking(true)}>
              {m.finding_dismiss_ask()}
            </Button>
          </>
        )}
        <label className={styles.label}>
          {m.finding_note()}
          <textarea
            className={styles.textarea}
            value={note ?? finding.note}
            maxLength={2000}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
        </label>
        {note !== null && note !== finding.note && (
          <Button variant="default" onClick={() => void patch({ note })} loading={send.isPending}>
            {m.finding_note_save()}
          </Button>
        )}
        {send.error && (
          <p className={styles.problem} role="alert">
            <StatusMark status="missed" quiet />
            {[send.error.message, ...send.error.fields.map((f) => f.text), send.error.hint].filter(Boolean).join(" ")}
          </p>
        )}
      </div>
      {finding.note && <p className="lo-print-only">{finding.note}</p>}
    </Section>
  );
}
