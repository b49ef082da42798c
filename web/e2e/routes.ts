import type { Page } from "playwright-core";

/** Every route of the web app as a person with data sees it, with a name for its picture. */
export const routes: [name: string, path: string][] = [
  ["lage", "/"],
  ["prozesse", "/prozesse"],
  ["prozess-karte", "/prozesse/Auftrag bis Zahlung"],
  ["prozess-varianten", "/prozesse/Auftrag bis Zahlung?tab=variants"],
  ["prozess-vorgaenge", "/prozesse/Auftrag bis Zahlung?tab=cases"],
  ["prozess-zeiten", "/prozesse/Auftrag bis Zahlung?tab=times"],
  ["prozess-befunde", "/prozesse/Auftrag bis Zahlung?tab=findings"],
  ["kennzahlen", "/kennzahlen"],
  ["kennzahl", "/kennzahlen/revenue"],
  ["kennzahl-prozess", "/kennzahlen/case_duration_median?process=Auftrag bis Zahlung"],
  ["daten", "/daten"],
  ["einlesen", "/daten/einlesen"],
  ["datenbestand", "/daten/orders/-"],
  ["befunde", "/befunde"],
  ["register", "/register"],
  ["register-vorhaben", "/register/initiative"],
  ["register-gruppiert", "/register/initiative?group=stage"],
  ["register-neu", "/register/initiative/new"],
  ["register-leer", "/register/site"],
  ["register-kein", "/register/gibtsnicht"],
  ["fahrplan", "/fahrplan"],
  ["fahrplan-vorschlag", "/fahrplan/vorschlag"],
  ["vorhaben", "/vorhaben"],
  ["vorhaben-tafel", "/vorhaben?view=board&show=all"],
  ["vorhaben-rang", "/vorhaben/rang"],
  ["vorhaben-seite", "/vorhaben/{initiative:title:eq:Selbstbedienungsportal für Werften}"],
  ["vorhaben-tor", "/vorhaben/{initiative:title:eq:Nachbestellung im Abo}"],
  ["business-case", "/business_case/{business_case:title:eq:E-Rechnung für alle Kunden}"],
  ["business-case-vorgelegt", "/business_case/{business_case:title:eq:Nachbestellung im Abo}"],
  ["wirkung", "/wirkung"],
  ["wirkung-seite", "/wirkung/{effect_plan:title:eq:Mehr Warengruppen je Bestellung durch Empfehlungen}"],
  ["wirkung-kein-hinweis", "/wirkung/{effect_plan:title:eq:Schnellere Lösung durch die Chat-Auskunft}"],
  ["wirkung-vorgelegt", "/wirkung/{effect_plan:title:eq:Weniger Handschritte durch die E-Rechnung}"],
  ["wirkung-neu", "/wirkung/neu?initiative={initiative:title:eq:Produktdaten in einer Quelle}"],
  ["abschluesse", "/abschluesse"],
  ["abschluss", "/abschluesse/{closing:metric:eq:revenue}"],
  ["abschluss-wartet", "/abschluesse/{closing:status:eq:confirmed}"],
  ["beitrag", "/beitrag"],
  ["sitzung", "/register/meeting/{meeting:title:eq:Lenkungskreis, nächste Sitzung}"],
  ["einstellungen", "/einstellungen"],
  ["einstellungen-prozesse", "/einstellungen/prozesse"],
  ["einstellungen-annahmen", "/einstellungen/annahmen"],
  ["einstellungen-verlauf", "/einstellungen/verlauf"],
  ["einstellungen-konto", "/einstellungen/konto"],
  ["konten", "/konten"],
  ["bausteine", "/bausteine"],
];

/** A route whose {kind:filter} stands for the id of the first such record, as the person who is signed in reads it. */
export async function addressOf(page: Page, path: string): Promise<string> {
  const asked = path.match(/\{([a-z_]+):(.+)\}/);
  if (!asked) return path;
  const id = await page.evaluate(
    async ([kind, filter]) => {
      const list = await (
        await fetch(`/api/v1/records/${kind}?limit=1&filter=${encodeURIComponent(filter ?? "")}`)
      ).json();
      return list.items[0]?.id as string | undefined;
    },
    [asked[1], asked[2]],
  );
  if (!id) throw new Error(`there is no record for ${path}`);
  return path.replace(asked[0], id);
}
