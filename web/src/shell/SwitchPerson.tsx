import { Menu } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { send, useGet } from "@/api";
import { asApiError } from "@/api/error";
import type { Side } from "@/api/types/notice";
import { roleName } from "@/kit/role";
import { m } from "@/paraglide/messages";
import classes from "./Header.module.css";
import { refreshSession, useSession } from "./session";

/** In the demo: the same page as another person of the company sees it. */
export function SwitchPerson({ onProblem }: { onProblem: (text: string) => void }): ReactElement | null {
  const { session } = useSession();
  const demo = session?.instance.demo ?? false;
  const query = useGet("/session/sides", {}, { enabled: demo, staleTime: Number.POSITIVE_INFINITY, retry: false });
  const client = useQueryClient();
  const navigate = useNavigate();
  const sides = query.data?.items ?? [];
  if (!demo || sides.length === 0) return null;
  const become = async (side: Side): Promise<void> => {
    try {
      await send("post", "/session/switch", { body: { email: side.email } });
      await refreshSession(client);
      await navigate({ to: "/" });
    } catch (error) {
      onProblem(asApiError(error).message);
    }
  };
  return (
    <>
      <Menu.Divider className={classes.phoneOnly} />
      <Menu.Label>{m.notice_switch()}</Menu.Label>
      {sides.map((side) => (
        <Menu.Item key={side.email} disabled={side.email === session?.user?.email} onClick={() => void become(side)}>
          {m.notice_switch_to({ name: side.name, roles: side.roles.map(roleName).join(", ") })}
        </Menu.Item>
      ))}
    </>
  );
}
