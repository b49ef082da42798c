import type { components } from "../schema";

type S = components["schemas"];

export type Role = "leader" | "officer" | "controller" | "contributor" | "member" | "viewer" | "admin";

export type Permission =
  | "account.manage"
  | "instance.manage"
  | "facts.read"
  | "facts.write"
  | "settings.read"
  | "settings.write"
  | "records.write"
  | "register.read"
  | "register.write"
  | "register.decide"
  | "self";

export type Session = S["AuthStatus"];
export type User = S["AuthUser"];
export type Instance = S["AuthInstance"];
export type OneTime = S["AuthOneTime"];
export type Account = Omit<S["AuthAccount"], "roles"> & { roles: Role[] };
export type IssuedLink = S["AuthLink"];
export type BecameDemo = Omit<S["InstanceBecameDemo"], "accounts"> & { accounts: S["InstanceDemoAccount"][] };
export type SearchHit = S["OverviewHit"];
