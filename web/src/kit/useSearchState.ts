import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type Codec, parseSearch, stringifySearch } from "./url";

/**
 * The state of a page that stands in its address. set merges a patch; the change is a step of the browser history
 * unless replace is asked for (sliders, typing).
 */
export function useSearchState<T extends object>(
  codec: Codec<T>,
): [T, (patch: Partial<T>, options?: { replace?: boolean }) => void] {
  const text = useLocation({ select: (location) => location.searchStr });
  const navigate = useNavigate();
  const value = useMemo(() => codec.read(parseSearch(text)), [codec, text]);
  const set = useCallback(
    (patch: Partial<T>, options: { replace?: boolean } = {}) => {
      // What the codec does not know (another page part's state) stays in the address.
      const raw = parseSearch(window.location.search);
      const known = Object.keys(codec.read({}));
      const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !known.includes(name)));
      const next = codec.write({ ...codec.read(raw), ...patch });
      void navigate({
        to: ".",
        search: { ...rest, ...next } as never,
        replace: options.replace ?? false,
        resetScroll: false,
      });
    },
    [codec, navigate],
  );
  return [value, set];
}

/** The search part of a link to a page whose state has a codec. */
export function searchFor<T extends object>(codec: Codec<T>, value: Partial<T>): string {
  return stringifySearch(codec.write({ ...codec.read({}), ...value }));
}
