import type { components } from "../schema";
import type { Role } from "./session";

type S = components["schemas"];

export type Notice = S["NoticeItem"];
export type NoticeList = Omit<S["NoticeList"], "items"> & { items: Notice[] };
export type NoticeCount = S["NoticeCount"];
export type CalendarFeed = S["FeedSettings"];

/** A person of the demo company whose side one can try. */
export type Side = Omit<S["AuthSide"], "roles"> & { roles: Role[] };
