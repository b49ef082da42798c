import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactElement, Ref } from "react";

interface AppLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
  ref?: Ref<HTMLAnchorElement>;
}

/**
 * A link by address. Addresses inside the app (they begin with /, but not with /api) change the page without loading it
 * anew; a click with a modifier key, another target or a download stays with the browser.
 */
export function AppLink({ href, onClick, ...rest }: AppLinkProps): ReactElement {
  const router = useRouter({ warn: false });
  const inside = href.startsWith("/") && !href.startsWith("/api/") && !rest.target && rest.download === undefined;
  return (
    <a
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (!inside || !router || event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.history.push(href);
      }}
      {...rest}
    />
  );
}
