import { Button, Tooltip } from "@mantine/core";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { send } from "@/api";
import { StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./DemoBanner.module.css";
import { useRights, useSession } from "./session";

const ConfirmDialog = lazy(() => import("@/kit/ConfirmDialog").then((module) => ({ default: module.ConfirmDialog })));

/** Says that the data is simulated, and offers to begin with one's own. */
export function DemoBanner(): ReactElement | null {
  const { session } = useSession();
  const { may } = useRights();
  const [asking, setAsking] = useState(false);
  if (!session?.instance.demo) return null;
  return (
    <aside className={`${classes.banner} lo-no-print`} aria-label={m.shell_demo()}>
      <StatusMark status="note" quiet />
      <span className={classes.text}>{m.shell_demo_text()}</span>
      {may("instance.manage") ? (
        <Button variant="subtle" size="xs" onClick={() => setAsking(true)}>
          {m.shell_demo_restart()}
        </Button>
      ) : (
        <Tooltip label={m.shell_demo_restart_who()}>
          <Button
            variant="subtle"
            size="xs"
            data-disabled
            aria-disabled="true"
            onClick={(event) => event.preventDefault()}
          >
            {m.shell_demo_restart()}
          </Button>
        </Tooltip>
      )}
      {asking ? (
        <Suspense fallback={null}>
          <ConfirmDialog
            opened
            title={m.shell_demo_restart_title()}
            confirm={m.shell_demo_restart()}
            destructive
            onClose={() => setAsking(false)}
            onConfirm={async () => {
              await send("post", "/instance/restart_empty");
              window.location.assign("/");
            }}
          >
            <p>{m.shell_demo_restart_text()}</p>
          </ConfirmDialog>
        </Suspense>
      ) : null}
    </aside>
  );
}
