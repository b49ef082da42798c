import { PasswordInput } from "@mantine/core";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { m } from "@/paraglide/messages";
import classes from "./AuthParts.module.css";

/** The button of a form on the rail: light on dark. */
export function DoorButton({ children, busy }: { children: ReactNode; busy: boolean }): ReactElement {
  return (
    <button type="submit" className={classes.button} disabled={busy} aria-busy={busy}>
      {children}
    </button>
  );
}

/** What went wrong, on the rail. */
export function DoorProblem({ children }: { children: ReactNode }): ReactElement | null {
  if (!children) return null;
  return (
    <p className={classes.problem} role="alert">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="m6 .2 5.8 5.8L6 11.8.2 6Z" fill="currentColor" />
      </svg>
      <span>{children}</span>
    </p>
  );
}

/** A password field whose eye speaks the language of the app. */
export function PasswordField(props: ComponentProps<typeof PasswordInput>): ReactElement {
  return (
    <PasswordInput
      classNames={{ error: classes.fieldError }}
      visibilityToggleButtonProps={{ "aria-label": m.auth_show_password(), tabIndex: 0 }}
      {...props}
    />
  );
}

export const minPassword = 10;

/** How good a password is, 0 to 4: by length and by the kinds of characters. The server decides by length alone. */
export function passwordStrength(password: string): number {
  if (password.length < minPassword) return password.length === 0 ? 0 : 1;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const distinct = new Set(password).size;
  if (distinct < 5) return 1;
  const points = (password.length >= 14 ? 1 : 0) + (password.length >= 18 ? 1 : 0) + (kinds >= 3 ? 1 : 0);
  return Math.min(4, 2 + points);
}

function strengthWord(strength: number): string {
  if (strength <= 1) return m.auth_strength_short({ n: String(minPassword) });
  if (strength === 2) return m.auth_strength_fair();
  if (strength === 3) return m.auth_strength_good();
  return m.auth_strength_strong();
}

/** Four bars and a word: "gut, 14 Zeichen". */
export function PasswordStrength({ password }: { password: string }): ReactElement {
  const strength = passwordStrength(password);
  return (
    <div className={classes.strength}>
      <span className={classes.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} data-on={strength >= bar || undefined} data-weak={strength <= 1 || undefined} />
        ))}
      </span>
      <span role="status">
        {password === ""
          ? m.auth_strength_hint({ n: String(minPassword) })
          : m.auth_strength({ word: strengthWord(strength), n: String([...password].length) })}
      </span>
    </div>
  );
}
