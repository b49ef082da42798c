import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import { AppLink, Icon } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./Bell.module.css";

/** How often the bell asks whether something has come, in milliseconds. */
const askEvery = 60_000;

/** The way to the notices, with how many wait to be read. */
export function Bell(): ReactElement {
  const query = useGet("/notices/count", {}, { refetchInterval: askEvery, staleTime: 0, retry: false });
  const unread = query.data?.unread ?? 0;
  const label = unread > 0 ? m.notice_bell_count({ n: unread, count: int(unread) }) : m.notice_bell();
  return (
    <Tooltip label={label}>
      <AppLink href="/hinweise" className={classes.bell} aria-label={label}>
        <Icon name="bell" />
        {unread > 0 ? (
          <span className={classes.count} aria-hidden="true">
            {unread > 99 ? "99+" : int(unread)}
          </span>
        ) : null}
      </AppLink>
    </Tooltip>
  );
}
