import { useMediaQuery } from "@mantine/hooks";

/** True below 768 px, where the map becomes a list of steps. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
}
