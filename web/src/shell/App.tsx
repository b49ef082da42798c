import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactElement, useEffect, useMemo } from "react";
import { newQueryClient, whenSignedOut } from "@/api";
import { cssVariablesResolver, theme } from "@/kit/theme/theme";
import { LanguageProvider } from "./language";
import { newRouter } from "./router";
import { useSignedOut } from "./session";

const schemeManager = localStorageColorSchemeManager({ key: "lotse-scheme" });

/** The whole app: theme, cache, language, router. nonce is the one of this answer's security policy. */
export function App({ nonce }: { nonce: string }): ReactElement {
  const client = useMemo(newQueryClient, []);
  const router = useMemo(() => newRouter(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <SignedOutWatch />
        <LanguageProvider>{(locale) => <RouterProvider key={locale} router={router} />}</LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function SignedOutWatch(): null {
  const signedOut = useSignedOut();
  useEffect(() => whenSignedOut(signedOut));
  return null;
}
