import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api";
import type { MetricDetail } from "@/api/types/metric_detail";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";

/** Who answers for the metric; can be named in place. */
export function Owner({ d }: { d: MetricDetail }) {
  const { may } = useRights();
  const [text, setText] = useState<string | null>(null);
  const send = useSend("put", "/metrics/{name}/owner", ["/metrics", "/metrics/{name}"]);
  const name = d.owner || m.metric_owner_none();
  if (!may("records.write")) return <>{name}</>;
  if (text === null) {
    return (
      <>
        {name}{" "}
        <Button variant="subtle" size="xs" onClick={() => setText(d.owner)}>
          {m.metric_owner_change()}
        </Button>
      </>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send
          .mutateAsync({ path: { name: d.name }, body: { owner: text } })
          .then(() => setText(null))
          .catch(() => undefined);
      }}
    >
      <TextInput
        aria-label={m.metric_owner()}
        value={text}
        maxLength={200}
        error={send.error?.message}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === "Escape") setText(null);
        }}
        data-autofocus
      />
      <Button type="submit" variant="subtle" size="xs" loading={send.isPending}>
        {m.metric_owner_save()}
      </Button>
    </form>
  );
}
