import { useHotkeys } from "@mantine/hooks";
import { Outlet, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useEffect, useRef, useState } from "react";
import { AppLink, Failed, Loading, NoPermission } from "@/kit";
import { dateTime } from "@/kit/format";
import { useCurrentPageName } from "@/kit/page";
import { m } from "@/paraglide/messages";
import { useDataState } from "./DataAge";
import { DemoBanner } from "./DemoBanner";
import { Header } from "./Header";
import { crumbsOf, entryOf } from "./pages";
import { PhoneBar, Rail } from "./Rail";
import classes from "./Shell.module.css";
import { useRights, useSession, useWindowTitle } from "./session";
import { useKeptFocus } from "./useKeptFocus";
import { useRegisters } from "./useRegisters";

const Palette = lazy(() => import("./Palette"));

/** The frame of every page that needs a signed-in person. */
export function Shell(): ReactElement {
  const { session, error, retry } = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const signedOut = session !== undefined && session.user === null;
  useEffect(() => {
    // Once per sign-out: the address must not be read again while the way to the sign-in page is still loading.
    if (!signedOut) return;
    const { href } = router.state.location;
    if (href.startsWith("/anmelden")) return;
    void navigate({ to: "/anmelden", search: { weiter: href === "/" ? undefined : href } as never, replace: true });
  }, [signedOut, navigate, router]);
  if (error && !session) {
    return (
      <main className={classes.alone}>
        <Failed error={error} onRetry={retry} />
      </main>
    );
  }
  if (!session?.user) return <div className={classes.alone} aria-busy="true" />;
  return <Frame />;
}

function Frame(): ReactElement {
  const path = useLocation({ select: (location) => location.pathname });
  const name = useCurrentPageName();
  const { kinds } = useRegisters();
  const crumbs = crumbsOf(path, name, kinds);
  const [searching, setSearching] = useState(false);
  const [loaded, setLoaded] = useState(false);
  const { facts } = useRights();
  const main = useRef<HTMLElement>(null);
  const firstPath = useRef(path);
  const title = crumbs.at(-1)?.label ?? "";
  useWindowTitle(title);
  const search = (): void => {
    setLoaded(true);
    setSearching(true);
  };
  useHotkeys([["mod+K", search]], []);
  useEffect(() => {
    // A new page begins at its top, for the eyes and for the keyboard.
    if (firstPath.current === path) return;
    firstPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  useKeptFocus(main);
  usePaperColours();
  return (
    <div className={classes.shell}>
      <a href="#inhalt" className={classes.skip}>
        {m.shell_skip()}
      </a>
      <Rail />
      <div className={classes.column}>
        <Header crumbs={crumbs} onSearch={search} />
        <DemoBanner />
        <PrintHead title={title} />
        <main id="inhalt" ref={main} tabIndex={-1} className={classes.main}>
          <Suspense fallback={<Loading height={480} />}>
            {facts || !needsFacts(path) ? <Outlet /> : <NoFacts />}
          </Suspense>
        </main>
      </div>
      <PhoneBar />
      {loaded ? (
        <Suspense fallback={null}>
          <Palette opened={searching} onClose={() => setSearching(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Whether a page shows facts; registers, accounts, settings and the kit do not, the start page leaves them out. */
function needsFacts(path: string): boolean {
  return entryOf(path).step !== undefined;
}

/** For those who keep the instance but see no facts: who does, and what they can do here. */
function NoFacts(): ReactElement {
  const { may } = useRights();
  return (
    <>
      <NoPermission page title={m.shell_no_facts()} text={m.shell_no_facts_text()} />
      <p className={classes.elsewhere}>
        {may("account.manage") ? <AppLink href="/konten">{m.shell_accounts()}</AppLink> : null}
        <AppLink href="/einstellungen">{m.shell_settings()}</AppLink>
      </p>
    </>
  );
}

/** Paper is printed light whatever the screen shows. */
function usePaperColours(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    const begin = (): void => {
      before = root.getAttribute("data-mantine-color-scheme");
      root.setAttribute("data-mantine-color-scheme", "light");
    };
    const end = (): void => {
      if (before) root.setAttribute("data-mantine-color-scheme", before);
    };
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
}

/** What stands at the head of a printed page: company, page, date, state of the data. */
function PrintHead({ title }: { title: string }): ReactElement {
  const { session } = useSession();
  const state = useDataState();
  return (
    <div className={`${classes.print} lo-print-only`}>
      <strong>{session?.instance.name || "Lotse"}</strong> · {title} · {m.shell_printed({ at: dateTime(new Date()) })}
      {state ? ` · ${m.shell_data_state({ at: dateTime(state) })}` : ""}
      {session?.instance.demo ? ` · ${m.shell_demo_note()}` : ""}
    </div>
  );
}
