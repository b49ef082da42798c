import { ActionIcon, Button, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useLocation, useRouter } from "@tanstack/react-router";
import { Fragment, type ReactElement } from "react";
import { send } from "@/api";
import { AppLink, Icon } from "@/kit";
import { initials } from "@/kit/initials";
import { m } from "@/paraglide/messages";
import { Bell } from "./Bell";
import { DataAge } from "./DataAge";
import classes from "./Header.module.css";
import { LateMenu } from "./LateMenu";
import { useLanguage } from "./language";
import type { Crumb } from "./pages";
import { useSession } from "./session";

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
  const user = useSession().session?.user;
  if (!user) return null;
  const name = user.name || user.email;
  return (
    <LateMenu of="UserMenu">
      {(props) => (
        <button
          type="button"
          className={classes.avatar}
          aria-label={`${initials(name)}, ${m.shell_user_menu({ name })}`}
          {...props}
        >
          {initials(name)}
        </button>
      )}
    </LateMenu>
  );
}

/** On phones the head begins with the menu of pages, or on a page of its own with the way back. */
function PhoneStart({ crumbs }: { crumbs: Crumb[] }): ReactElement {
  const router = useRouter();
  const path = useLocation({ select: (location) => location.pathname });
  const parent = crumbs.at(-2)?.href;
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
    <LateMenu of="PhoneMenu">
      {(props) => (
        <Button className={classes.phoneStart} variant="transparent" aria-label={m.shell_menu()} {...props}>
          <Icon name="menu" size={20} />
        </Button>
      )}
    </LateMenu>
  );
}
