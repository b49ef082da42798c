import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { send } from "@/api";
import type { Initiative } from "@/api/types/initiative";
import { AppLink, StatusMark } from "@/kit";
import { useAct } from "@/kit/useAct";
import { m } from "@/paraglide/messages";
import { initiativeHref, useMadeOf, useMayBegin, useReread, useWords } from "./data";
import classes from "./initiative.module.css";

/** The initiatives made of a finding, and the click that makes one. */
export function MakeInitiative({
  finding,
  primary = false,
}: {
  finding: string;
  primary?: boolean;
}): ReactElement | null {
  const navigate = useNavigate();
  const made = useMadeOf(finding);
  const may = useMayBegin();
  const words = useWords("stage");
  const reread = useReread();
  const act = useAct();
  const list = made.data ?? [];
  const make = async (): Promise<void> => {
    const one = await send<Initiative>("post", "/initiatives/from_finding", { body: { finding } });
    await reread();
    await navigate({ to: initiativeHref(one.id) });
  };
  if (!may && list.length === 0) return null;
  return (
    <div className={classes.made}>
      {list.map((one) => (
        <p key={one.id}>
          <AppLink href={initiativeHref(one.id)}>{one.value.title}</AppLink>{" "}
          <span className={classes.quiet}>{words(one.value.stage)}</span>
        </p>
      ))}
      {may && (
        <Button
          className="lo-no-print"
          variant={primary && list.length === 0 ? "filled" : "default"}
          loading={act.busy}
          onClick={() => void act.run(make)}
        >
          {list.length > 0 ? m.initiative_make_more() : m.initiative_make()}
        </Button>
      )}
      {act.problem && (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet />
          {act.problem}
        </p>
      )}
    </div>
  );
}
