import type { components } from "../schema";

type S = components["schemas"];

export type ChainAnswer = S["ChainAnswer"];
export type ChainNode = S["ChainNode"];
