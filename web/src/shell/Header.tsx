import { ActionIcon, Button, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { Fragment, type ReactElement, useState } from "react";
import { send } from "@/api";
import { asApiError } from "@/api/error";
import { AppLink, Icon } from "@/kit";
import { initials } from "@/kit/initials";
import { m } from "@/paraglide/messages";
import { Bell } from "./Bell";
import { DataAge } from "./DataAge";
import classes from "./Header.module.css";
import { useLanguage } from "./language";
import { type Crumb, registerPages } from "./pages";
import { SwitchPerson } from "./SwitchPerson";
import { refreshSession, useRights, useSession } from "./session";
import { useRegisters } from "./useRegisters";

/** The head of every page: where you are, how old the data is, search, language, scheme, the person. */
export function Header({ crumbs, onSearch }: { crumbs: Crumb[]; onSearch: () => void }): ReactElement {
  return (
    <header className={`${classes.header} lo-no-print`}>
      <PhoneStart crumbs={crumbs} />
      <nav aria-label={m.shell_crumbs()} className={classes.crumbs}>
        <ol>
          {crumbs.map((crumb, index) => {
            const last = index === crumbs.length - 1;
            return (
              <Fragment key={crumb.label}>
                <li aria-current={last ? "page" : undefined} data-last={last || undefined}>
                  {crumb.href && !last ? <AppLink href={crumb.href}>{crumb.label}</AppLink> : crumb.label}
                </li>
                {last ? null : <li aria-hidden="true">/</li>}
              </Fragment>
            );
          })}
        </ol>
      </nav>
      <div className={classes.tools}>
        <span className={classes.age}>
          <DataAge />
        </span>
        <button type="button" className={classes.search} onClick={onSearch}>
          <Icon name="search" />
          <span className={classes.searchText}>{m.shell_search()}</span>
          <kbd>{m.shell_key_search()}</kbd>
        </button>
        <span className={classes.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </span>
        <Bell />
        <UserMenu />
      </div>
    </header>
  );
}

/** Keeps a choice with the account, so that it holds in other browsers too. */
function useSavePreference(): (preference: { lang?: "de" | "en"; scheme?: "light" | "dark" }) => void {
  const { session } = useSession();
  const { locale } = useLanguage();
  const scheme = useComputedColorScheme("light");
  return (preference) => {
    if (!session?.user) return;
    // What could not be kept still holds in this browser.
    void send("put", "/session/preferences", { body: { lang: locale, scheme, ...preference } }).catch(() => {});
  };
}

function LanguageSwitch(): ReactElement {
  const { locale, change } = useLanguage();
  const next = locale === "de" ? "en" : "de";
  const save = useSavePreference();
  return (
    <Tooltip label={m.shell_language()}>
      <ActionIcon
        aria-label={`${locale.toUpperCase()}, ${m.shell_language()}`}
        className={classes.language}
        onClick={() => {
          change(next);
          save({ lang: next });
        }}
      >
        {locale.toUpperCase()}
      </ActionIcon>
    </Tooltip>
  );
}

function SchemeSwitch(): ReactElement {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const label = scheme === "dark" ? m.shell_light() : m.shell_dark();
  const save = useSavePreference();
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        onClick={() => {
          const next = scheme === "dark" ? "light" : "dark";
          setColorScheme(next);
          save({ scheme: next });
        }}
      >
        <Icon name={scheme === "dark" ? "sun" : "moon"} />
      </ActionIcon>
    </Tooltip>
  );
}

function UserMenu(): ReactElement | null {
  const { session } = useSession();
  const { may } = useRights();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { locale, change } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const [problem, setProblem] = useState("");
  const user = session?.user;
  if (!user) return null;
  const leave = async (everywhere: boolean): Promise<void> => {
    try {
      if (everywhere) await send("post", "/session/revoke_all");
      else await send("delete", "/session");
      await navigate({ to: "/anmelden" });
      await refreshSession(client);
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <Menu width={232}>
      <Menu.Target>
        <button
          type="button"
          className={classes.avatar}
          aria-label={`${initials(user.name || user.email)}, ${m.shell_user_menu({ name: user.name || user.email })}`}
        >
          {initials(user.name || user.email)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.who}>{user.name}</span>
          <span className={classes.mail}>{user.email}</span>
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

/** On phones the head begins with the menu of pages, or on a page of its own with the way back. */
function PhoneStart({ crumbs }: { crumbs: Crumb[] }): ReactElement {
  const router = useRouter();
  const path = useLocation({ select: (location) => location.pathname });
  const { route } = useRegisters();
  const parent = crumbs.at(-2)?.href;
  const [open, setOpen] = useState(false);
  if (parent && path !== parent) {
    return (
      <Button
        className={classes.phoneStart}
        variant="transparent"
        aria-label={m.shell_back()}
        onClick={() => router.history.push(parent)}
      >
        <Icon name="back" size={20} />
      </Button>
    );
  }
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={240}>
      <Menu.Target>
        <Button className={classes.phoneStart} variant="transparent" aria-label={m.shell_menu()}>
          <Icon name="menu" size={20} />
        </Button>
      </Menu.Target>
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
