import { Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { Fragment, type ReactElement, useState } from "react";
import { send } from "@/api";
import { asApiError } from "@/api/error";
import { Icon } from "@/kit";
import { dropDrafts } from "@/kit/useDraft";
import { m } from "@/paraglide/messages";
import classes from "./Header.module.css";
import { useLanguage } from "./language";
import { registerPages } from "./pages";
import { SwitchPerson } from "./SwitchPerson";
import { refreshSession, useRights, useSession } from "./session";
import { useRegisters } from "./useRegisters";

/** A menu of the head and the button that opens it. */
export interface MenuProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  children: ReactElement;
}

/** What the person can do: settings, accounts, language and scheme on phones, signing out. */
export function UserMenu({ opened, onChange, children }: MenuProps): ReactElement {
  const { session } = useSession();
  const { may } = useRights();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { locale, change } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const [problem, setProblem] = useState("");
  const leave = async (everywhere: boolean): Promise<void> => {
    try {
      if (everywhere) await send("post", "/session/revoke_all");
      else await send("delete", "/session");
      dropDrafts();
      await navigate({ to: "/anmelden" });
      await refreshSession(client);
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <Menu opened={opened} onChange={onChange} width={232}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.who}>{session?.user?.name}</span>
          <span className={classes.mail}>{session?.user?.email}</span>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="settings" />} onClick={() => void navigate({ to: "/einstellungen" })}>
          {m.shell_settings()}
        </Menu.Item>
        {may("account.manage") ? (
          <Menu.Item leftSection={<Icon name="user" />} onClick={() => void navigate({ to: "/konten" })}>
            {m.shell_accounts()}
          </Menu.Item>
        ) : null}
        <Organisation />
        <Menu.Item className={classes.phoneOnly} onClick={() => change(locale === "de" ? "en" : "de")}>
          {m.shell_language()}
        </Menu.Item>
        <Menu.Item className={classes.phoneOnly} onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}>
          {scheme === "dark" ? m.shell_light() : m.shell_dark()}
        </Menu.Item>
        <SwitchPerson onProblem={setProblem} />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void leave(false)}>
          {m.shell_sign_out()}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void leave(true)}>
          {m.shell_sign_out_everywhere()}
        </Menu.Item>
        {problem ? (
          <Menu.Label role="alert" className={classes.problem}>
            {problem}
          </Menu.Label>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The registers of the organisation, which stand in no step. */
function Organisation(): ReactElement | null {
  const { kinds } = useRegisters();
  const router = useRouter();
  const pages = registerPages(kinds, "organisation");
  if (pages.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{m.shell_organisation()}</Menu.Label>
      {pages.map((page) => (
        <Menu.Item key={page.href} onClick={() => router.history.push(page.href)}>
          {page.label()}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

/** The pages, on phones. */
export function PhoneMenu({ opened, onChange, children }: MenuProps): ReactElement {
  const router = useRouter();
  const { route } = useRegisters();
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" width={240}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => router.history.push("/")}>{m.shell_start()}</Menu.Item>
        {route.map((step) => (
          <Fragment key={step.id}>
            <Menu.Label>{step.label()}</Menu.Label>
            {step.pages.map((page) => (
              <Menu.Item key={page.href} onClick={() => router.history.push(page.href)}>
                {page.label()}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
