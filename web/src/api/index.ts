// The door to the server: read with useGet or get, change with useSend or send, errors are ApiError.

export type { Args, Method, QueryValue, SendArgs } from "./client";
export { address, apiRoot, fetchBlob, get, getBlob, send, sendBytes, setCsrf, whenSignedOut } from "./client";
export { ApiError, asApiError } from "./error";
export { newQueryClient, queryKey, useGet, useSend } from "./query";
export type { Gets } from "./routes";
export type { Cell, FieldProblem, List, Place, Problem, Remark, RowPage } from "./types/base";
export type { Job, JobState } from "./types/job";
export { jobActive } from "./types/job";
export type { Instance, Permission, Role, Session, User } from "./types/session";
