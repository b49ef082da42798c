import { Button } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { type ApiError, asApiError } from "@/api/error";
import { m } from "@/paraglide/messages";
import { Icon, type IconName } from "./Icon";
import classes from "./States.module.css";
import { StatusMark } from "./StatusMark";

/** Nothing here yet: what belongs here, and one next step. */
export function Empty({
  title,
  text,
  action,
  icon = "file",
  page = false,
}: {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  icon?: IconName;
  /** The state is the whole page: its title is the page's. */
  page?: boolean;
}): ReactElement {
  const Heading = page ? "h1" : "h2";
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon name={icon} size={20} />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {text ? <p className={classes.text}>{text}</p> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}

/**
 * Still coming: bars in the final shape, after a second what is being counted, and the way to stop it. height is the
 * height of what comes, so that nothing shifts.
 */
export function Loading({
  height = 240,
  text,
  onCancel,
}: {
  height?: number;
  text?: string;
  onCancel?: () => void;
}): ReactElement {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 1000);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className={classes.loading} style={{ minHeight: height }} aria-busy="true">
      <span className={classes.bar} style={{ width: "60%" }} />
      <span className={classes.bar} style={{ width: "36%" }} />
      <span className={classes.block} />
      <p className={classes.wait} role="status">
        {late ? (text ?? m.kit_loading()) : ""}
      </p>
      {late && onCancel ? (
        <Button variant="default" size="xs" onClick={onCancel} className={classes.self}>
          {m.kit_cancel()}
        </Button>
      ) : null}
    </div>
  );
}

/** Something failed: what happened, where, what to do. Nothing is lost unless the text says so. */
export function Failed({
  error,
  onRetry,
  action,
  page = false,
}: {
  error: unknown;
  onRetry?: () => void;
  action?: ReactNode;
  /** The state is the whole page: its title is the page's. */
  page?: boolean;
}): ReactElement {
  const problem = asApiError(error);
  if (problem.status === 403) return <NoPermission error={problem} page={page} />;
  const Heading = page ? "h1" : "h2";
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon}>
        <StatusMark status="missed" quiet size={18} word={m.kit_error()} />
      </span>
      <Heading className={classes.title}>{problem.message}</Heading>
      <p className={classes.text}>{[placeText(problem), problem.hint].filter(Boolean).join(" ")}</p>
      {problem.fields.length > 0 ? (
        <ul className={classes.fields}>
          {problem.fields.map((field) => (
            <li key={field.field + field.text}>{field.text}</li>
          ))}
        </ul>
      ) : null}
      {problem.reference ? (
        <p className={classes.reference}>{m.kit_reference({ reference: problem.reference })}</p>
      ) : null}
      {onRetry || action ? (
        <div className={classes.action}>
          {action}
          {onRetry ? (
            <Button variant="default" onClick={onRetry}>
              {m.kit_retry()}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** Who may see it and whom to ask. */
export function NoPermission({
  error,
  title,
  text,
  page = false,
}: {
  error?: ApiError;
  title?: string;
  text?: string;
  /** The state is the whole page: its title is the page's. */
  page?: boolean;
}): ReactElement {
  const Heading = page ? "h1" : "h2";
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon name="lock" size={20} />
      </span>
      <Heading className={classes.title}>{title ?? m.kit_no_permission()}</Heading>
      <p className={classes.text}>
        {text ?? ([error?.message, error?.hint].filter(Boolean).join(" ") || m.kit_no_permission_text())}
      </p>
    </div>
  );
}

/** "Datei x, Zeile 70.412, Spalte y" as the error names it. */
export function placeText(problem: ApiError): string {
  const { file, line, column } = problem.place;
  const parts = [
    file || undefined,
    line ? m.kit_line({ n: String(line) }) : undefined,
    column ? m.kit_column({ name: column }) : undefined,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(", ")}.` : "";
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** The four states of a read in one: skeleton, error, no permission, or the children with the data. */
export function Loaded<T>({
  query,
  height,
  loadingText,
  page,
  children,
}: {
  query: QueryLike<T>;
  /** What is read is the whole page. */
  page?: boolean;
  height?: number;
  loadingText?: string;
  children: (data: T) => ReactNode;
}): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} page={page} />;
  return <Loading height={height} text={loadingText} />;
}
