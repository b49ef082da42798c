import type { components } from "../schema";

type S = components["schemas"];

export type KindInfo = S["RegisterKindInfo"];
export type FieldInfo = S["RegisterFieldInfo"];
export type KindList = S["RegisterKindList"];
export type RecordItem = S["RegisterItem"];
export type RecordOne = S["RegisterOne"];
export type RecordList = S["RegisterList"];
export type RecordName = S["RegisterName"];
export type GroupItem = S["RegisterGroupItem"];
export type GroupList = S["RegisterGroupList"];
export type BulkDone = S["RegisterBulkDone"];
export type Step = S["RegisterStep"];
export type StepList = S["RegisterStepList"];
export type LinkItem = S["RegisterLinkItem"];
export type LinkList = S["RegisterLinkList"];
export type RecordHits = S["RegisterSearchList"];
export type ViewItem = S["RegisterViewItem"];
export type ViewList = S["RegisterViewList"];
export type CommentItem = S["RegisterCommentItem"];
export type CommentList = S["RegisterCommentList"];
export type FileItem = S["RegisterFileItem"];
export type FileList = S["RegisterFileList"];

/** The value of a record: its fields by name; what is unknown is left out. */
export type Doc = Record<string, unknown>;

/** What a meeting has before it. */
export type AgendaProposal = S["GovernanceAgendaProposal"];
