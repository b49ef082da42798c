import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { getLocale, setLocale } from "@/paraglide/runtime";

export type Locale = "de" | "en";

interface Language {
  locale: Locale;
  change: (locale: Locale) => void;
}

const LanguageContext = createContext<Language>({ locale: "de", change: () => {} });

/** Holds the language; a change draws everything below anew without loading the page. */
export function LanguageProvider({ children }: { children: (locale: Locale) => ReactNode }): ReactElement {
  const [locale, setState] = useState<Locale>(() => {
    const now = getLocale();
    document.documentElement.lang = now;
    return now;
  });
  const change = useCallback((next: Locale) => {
    void setLocale(next, { reload: false });
    document.documentElement.lang = next;
    setState(next);
  }, []);
  const value = useMemo(() => ({ locale, change }), [locale, change]);
  return <LanguageContext value={value}>{children(locale)}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
