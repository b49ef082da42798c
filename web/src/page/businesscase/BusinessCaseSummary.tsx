import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { asApiError, send, useGet } from "@/api";
import type { RecordOne } from "@/api/types/register";
import { AppLink, Loaded, Section } from "@/kit";
import { StateTag } from "@/page/register/Approval";
import { useKind, useRefresh } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { Bindings } from "./Bindings";
import classes from "./businesscase.module.css";
import { ClassList } from "./ClassList";
import { Figures } from "./Figures";
import { NpvChart } from "./NpvChart";
import { Tornado } from "./Tornado";
import { headline } from "./words";

/** The business case of an initiative on its page: the newest one, or the way to begin one. */
export function BusinessCaseSummary({ initiative }: { initiative: string }): ReactElement | null {
  const { kind } = useKind("business_case");
  const query = useGet(
    "/records/{kind}",
    {
      path: { kind: "business_case" },
      query: { filter: [`initiative:eq:${initiative}`], sort: "-updated_at", limit: 1 },
    },
    { enabled: Boolean(kind) },
  );
  if (!kind) return null; // who may not read business cases sees no empty place
  return (
    <Loaded query={query} height={320}>
      {(list) => {
        const one = list.items?.[0];
        return one ? (
          <Known record={one} />
        ) : (
          <Begin initiative={initiative} may={kind.may?.includes("create") ?? false} />
        );
      }}
    </Loaded>
  );
}

function Known({ record }: { record: Pick<RecordOne, "id" | "version" | "state" | "may"> }): ReactElement {
  const query = useGet("/business_cases/{id}/assessment", {
    path: { id: record.id },
    query: { version: record.version },
  });
  return (
    <Section
      title={m.businesscase_summary_title()}
      sub={<StateTag record={record as { state: string; may: string[] }} />}
      actions={<AppLink href={`/business_case/${record.id}`}>{m.businesscase_open()}</AppLink>}
    >
      <Loaded query={query} height={320}>
        {(a) => (
          <>
            <p>{headline(a)}</p>
            <Figures a={a} />
            <NpvChart a={a} source={m.businesscase_summary_title()} />
            <Tornado a={a} source={m.businesscase_summary_title()} />
            <Section title={m.businesscase_classes()}>
              <ClassList a={a} />
            </Section>
            <Bindings id={record.id} version={record.version} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Begin({ initiative, may }: { initiative: string; may: boolean }): ReactElement {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [problem, setProblem] = useState("");
  const begin = async (): Promise<void> => {
    try {
      const made = await send<RecordOne>("post", "/business_cases/begin", { body: { initiative } });
      await refresh();
      await navigate({ to: "/business_case/$id", params: { id: made.id } });
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    }
  };
  return (
    <Section title={m.businesscase_summary_title()}>
      <p className={classes.quiet}>{m.businesscase_summary_none()}</p>
      {may ? (
        <Button variant="default" onClick={() => void begin()}>
          {m.businesscase_begin()}
        </Button>
      ) : null}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
    </Section>
  );
}
