import { Button } from "@mantine/core";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Empty, Failed } from "@/kit";
import { parseSearch, stringifySearch } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { Shell } from "./Shell";

/** Loads the styles of forms and dialogs beside a page. */
function page<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [module] = await Promise.all([load(), import("@/kit/theme/controls")]);
    return module;
  };
}

function NotFound(): ReactElement {
  return <Empty page icon="search" title={m.shell_not_found()} text={m.shell_not_found_text()} />;
}

/** A page that failed while drawing; the rest of the app stays. */
function PageError({ error, reset }: { error: unknown; reset: () => void }): ReactElement {
  return (
    <Failed
      error={error}
      action={
        <Button variant="default" onClick={reset}>
          {m.kit_retry()}
        </Button>
      }
    />
  );
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Shell });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/anmelden",
  component: lazyRouteComponent(page(() => import("@/page/auth/SignInPage"))),
});

const oneTime = createRoute({
  getParentRoute: () => root,
  path: "/einmal/$token",
  component: lazyRouteComponent(page(() => import("@/page/auth/OneTimePage"))),
});

const pages = [
  createRoute({
    getParentRoute: () => frame,
    path: "/",
    component: lazyRouteComponent(() => import("@/page/start")),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/prozesse",
    component: lazyRouteComponent(page(() => import("@/page/process/ProcessListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/prozesse/$process",
    component: lazyRouteComponent(page(() => import("@/page/process/ProcessPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/kennzahlen",
    component: lazyRouteComponent(page(() => import("@/page/metric/MetricListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/kennzahlen/$name",
    component: lazyRouteComponent(page(() => import("@/page/metric/MetricPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/daten",
    component: lazyRouteComponent(page(() => import("@/page/data/DataPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/daten/ladungen",
    component: lazyRouteComponent(page(() => import("@/page/data/DataPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/daten/einlesen",
    component: lazyRouteComponent(page(() => import("@/page/data/wizard/WizardPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/daten/$table/$process",
    component: lazyRouteComponent(page(() => import("@/page/data/DatasetPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/befunde",
    component: lazyRouteComponent(page(() => import("@/page/finding/FindingListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/befunde/$id",
    component: lazyRouteComponent(page(() => import("@/page/finding/FindingPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/abschluesse",
    component: lazyRouteComponent(page(() => import("@/page/closing/ClosingListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/abschluesse/$id",
    component: lazyRouteComponent(page(() => import("@/page/closing/ClosingPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/beitrag",
    component: lazyRouteComponent(page(() => import("@/page/ledger/LedgerPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/nachweis",
    component: lazyRouteComponent(page(() => import("@/page/certificate/CertificatePage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/wirkung",
    component: lazyRouteComponent(page(() => import("@/page/effect/EffectListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/wirkung/neu",
    component: lazyRouteComponent(page(() => import("@/page/effect/PlanPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/wirkung/$plan",
    component: lazyRouteComponent(page(() => import("@/page/effect/EffectPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/vorhaben",
    component: lazyRouteComponent(page(() => import("@/page/initiative/InitiativeListPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/vorhaben/rang",
    component: lazyRouteComponent(page(() => import("@/page/initiative/PriorityPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/vorhaben/$id",
    component: lazyRouteComponent(page(() => import("@/page/initiative/InitiativePage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/fahrplan",
    component: lazyRouteComponent(page(() => import("@/page/roadmap/RoadmapPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/fahrplan/vorschlag",
    component: lazyRouteComponent(page(() => import("@/page/roadmap/ProposalPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/register",
    component: lazyRouteComponent(page(() => import("@/page/register/RegisterOverviewPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/register/$kind",
    component: lazyRouteComponent(page(() => import("@/page/register/RegisterPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/register/$kind/new",
    component: lazyRouteComponent(page(() => import("@/page/register/NewRecordPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/register/$kind/$id",
    component: lazyRouteComponent(page(() => import("@/page/register/RecordPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/hinweise",
    component: lazyRouteComponent(page(() => import("@/page/notice/NoticePage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/business_case/$id",
    component: lazyRouteComponent(page(() => import("@/page/businesscase/BusinessCasePage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/einstellungen",
    component: lazyRouteComponent(page(() => import("@/page/setting/SettingPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/einstellungen/$part",
    component: lazyRouteComponent(page(() => import("@/page/setting/SettingPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/konten",
    component: lazyRouteComponent(page(() => import("@/page/account/AccountPage"))),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: "/bausteine",
    component: lazyRouteComponent(page(() => import("@/page/gallery/GalleryPage"))),
  }),
  createRoute({ getParentRoute: () => frame, path: "$", component: NotFound }),
];

/** The router of the app; tests give it a history of their own. */
export function newRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren([frame.addChildren(pages), signIn, oneTime]),
    history,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: PageError,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}
