/** The states of a work item in the order of the board. */
export const states = ["open", "doing", "waiting", "done"] as const;

/** The state beside one, undefined at the end of the board. */
export function neighbour(state: string, step: 1 | -1): string | undefined {
  return states[(states as readonly string[]).indexOf(state) + step];
}
