export type Role = "admin" | "officer" | "viewer";

export type Permission =
  | "account.manage"
  | "instance.manage"
  | "facts.read"
  | "facts.write"
  | "settings.read"
  | "settings.write"
  | "records.write"
  | "self";

export interface User {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  permissions: Permission[];
  lang: "de" | "en";
  scheme: "light" | "dark" | "auto";
}

export interface Instance {
  name: string;
  demo: boolean;
  empty: boolean;
  version: string;
  zone: string;
  currency: string;
  lang?: string;
}

export interface Session {
  user: User | null;
  csrf: string;
  instance: Instance;
}

export interface OneTime {
  purpose: "first" | "invite" | "reset";
  email: string;
  roles: Role[] | null;
  expires_at: string;
}

export interface Account {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  disabled: boolean;
  created_at?: string;
  last_seen_at?: string | null;
}

export interface IssuedLink {
  link: string;
  expires_at: string;
}

export interface SearchHit {
  kind: string;
  title: string;
  detail: string;
  link: string;
}
