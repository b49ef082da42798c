import { Button, Checkbox, CopyButton, Modal, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send, useGet, useSend } from "@/api";
import { type ApiError, asApiError } from "@/api/error";
import type { Account, IssuedLink, Role } from "@/api/types/session";
import { type Column, ConfirmDialog, DataTable, Icon, Loaded, NoPermission, PageTitle, Tag } from "@/kit";
import { dateTime } from "@/kit/format";
import { roleName, roles, roleText } from "@/kit/role";
import { m } from "@/paraglide/messages";
import { useRights, useSession } from "@/shell/session";
import classes from "./AccountPage.module.css";

/** Who can sign in: invite, roles, lock, reset link. Only for the administration. */
export default function AccountPage(): ReactElement {
  const { may } = useRights();
  if (!may("account.manage")) {
    return <NoPermission page title={m.auth_accounts_forbidden()} text={m.auth_accounts_forbidden_text()} />;
  }
  return <Accounts />;
}

function Accounts(): ReactElement {
  const { session } = useSession();
  const query = useGet("/accounts");
  const change = useSend<Account>("patch", "/accounts/{id}", ["/accounts"]);
  const [inviting, setInviting] = useState(false);
  const [moving, setMoving] = useState<Account | null>(null);
  const [editing, setEditing] = useState<Account | null>(null);
  const [locking, setLocking] = useState<Account | null>(null);
  const [issued, setIssued] = useState<{ link: IssuedLink; text: string } | null>(null);
  const [problem, setProblem] = useState("");

  const reset = async (account: Account): Promise<void> => {
    setProblem("");
    try {
      const link = await send<IssuedLink>("post", "/accounts/{id}/reset", { path: { id: account.id } });
      setIssued({ link, text: m.auth_link_reset_for({ name: account.name || account.email }) });
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };

  const columns: Column<Account>[] = [
    { id: "name", title: m.auth_name(), value: (a) => a.name || a.email, tone: "name" },
    { id: "email", title: m.auth_email(), value: (a) => a.email, tone: "quiet" },
    { id: "roles", title: m.auth_roles(), value: (a) => (a.roles ?? []).map(roleName).join(", ") },
    {
      id: "state",
      title: m.auth_state(),
      value: (a) => (a.disabled ? m.auth_locked() : m.auth_active()),
      cell: (a) => (a.disabled ? <Tag tone="none">{m.auth_locked()}</Tag> : <span>{m.auth_active()}</span>),
    },
    { id: "seen", title: m.auth_last_seen(), type: "instant", value: (a) => a.last_seen_at ?? null },
    {
      id: "act",
      title: m.auth_actions(),
      value: () => null,
      sortable: false,
      cell: (a) => (
        <span className={classes.actions}>
          <Button variant="subtle" size="xs" onClick={() => setEditing(a)}>
            {m.auth_change_roles()}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => setMoving(a)}>
            {m.auth_change_email()}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => void reset(a)}>
            {m.auth_reset_link()}
          </Button>
          {a.id === session?.user?.id ? null : (
            <Button variant="subtle" size="xs" data-tone={a.disabled ? undefined : "bad"} onClick={() => setLocking(a)}>
              {a.disabled ? m.auth_unlock() : m.auth_lock()}
            </Button>
          )}
        </span>
      ),
    },
  ];

  return (
    <>
      <PageTitle
        sub={m.auth_accounts_sub()}
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => setInviting(true)}>
            {m.auth_invite()}
          </Button>
        }
      >
        {m.auth_accounts_title({ n: query.data?.items.filter((account) => !account.disabled).length ?? 0 })}
      </PageTitle>
      {problem ? <p role="alert">{problem}</p> : null}
      <Loaded query={query} height={200}>
        {(list) => (
          <DataTable
            name={m.auth_accounts()}
            columns={columns}
            rows={list.items}
            rowKey={(account) => account.id}
            sort={{ id: "name", desc: false }}
          />
        )}
      </Loaded>
      <InviteDialog
        opened={inviting}
        onClose={() => setInviting(false)}
        onIssued={(link, email) => {
          setInviting(false);
          setIssued({ link, text: m.auth_link_invite_for({ email }) });
        }}
      />
      {editing ? (
        <RolesDialog
          account={editing}
          onClose={() => setEditing(null)}
          onSave={(chosen) => change.mutateAsync({ path: { id: editing.id }, body: { roles: chosen } })}
        />
      ) : null}
      {moving ? (
        <EmailDialog
          account={moving}
          onClose={() => setMoving(null)}
          onSave={(email) => change.mutateAsync({ path: { id: moving.id }, body: { email } })}
        />
      ) : null}
      <ConfirmDialog
        opened={locking !== null}
        title={locking?.disabled ? m.auth_unlock_title() : m.auth_lock_title()}
        confirm={locking?.disabled ? m.auth_unlock() : m.auth_lock()}
        destructive={!locking?.disabled}
        onClose={() => setLocking(null)}
        onConfirm={async () => {
          if (locking) await change.mutateAsync({ path: { id: locking.id }, body: { disabled: !locking.disabled } });
        }}
      >
        <p>{locking?.disabled ? m.auth_unlock_text() : m.auth_lock_text()}</p>
      </ConfirmDialog>
      <LinkDialog issued={issued} onClose={() => setIssued(null)} />
    </>
  );
}

function RoleChoice({ value, onChange }: { value: Role[]; onChange: (roles: Role[]) => void }): ReactElement {
  return (
    <fieldset className={classes.roles}>
      <legend>{m.auth_roles()}</legend>
      {roles.map((role) => (
        <Checkbox
          key={role}
          label={roleName(role)}
          description={roleText(role)}
          checked={value.includes(role)}
          onChange={(event) => onChange(event.target.checked ? [...value, role] : value.filter((one) => one !== role))}
        />
      ))}
    </fieldset>
  );
}

function RolesDialog({
  account,
  onClose,
  onSave,
}: {
  account: Account;
  onClose: () => void;
  onSave: (roles: Role[]) => Promise<unknown>;
}): ReactElement {
  const [chosen, setChosen] = useState<Role[]>(account.roles ?? []);
  return (
    <ConfirmDialog
      opened
      title={m.auth_roles_of({ name: account.name || account.email })}
      confirm={m.auth_save()}
      disabled={chosen.length === 0}
      onClose={onClose}
      onConfirm={() => onSave(chosen)}
    >
      <RoleChoice value={chosen} onChange={setChosen} />
    </ConfirmDialog>
  );
}

/** Another address for the same person: what is theirs stays theirs. */
function EmailDialog({
  account,
  onClose,
  onSave,
}: {
  account: Account;
  onClose: () => void;
  onSave: (email: string) => Promise<unknown>;
}): ReactElement {
  const [email, setEmail] = useState(account.email);
  return (
    <ConfirmDialog
      opened
      title={m.auth_email_of({ name: account.name || account.email })}
      confirm={m.auth_save()}
      disabled={email.trim() === "" || email.trim() === account.email}
      onClose={onClose}
      onConfirm={() => onSave(email.trim())}
    >
      <TextInput
        label={m.auth_email()}
        type="email"
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <p>{m.auth_email_text()}</p>
    </ConfirmDialog>
  );
}

function InviteDialog({
  opened,
  onClose,
  onIssued,
}: {
  opened: boolean;
  onClose: () => void;
  onIssued: (link: IssuedLink, email: string) => void;
}): ReactElement {
  const invite = useSend<IssuedLink>("post", "/accounts/invitations", ["/accounts"]);
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<Role[]>(["viewer"]);
  const problem = invite.error as ApiError | null;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={m.auth_invite_title()}
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate(
            { body: { email: email.trim(), roles: chosen } },
            {
              onSuccess: (link) => {
                onIssued(link, email.trim());
                setEmail("");
              },
            },
          );
        }}
      >
        <TextInput
          label={m.auth_email()}
          type="email"
          data-autofocus
          value={email}
          error={problem ? (problem.field("email") ?? problem.message) : undefined}
          onChange={(event) => setEmail(event.target.value)}
        />
        <RoleChoice value={chosen} onChange={setChosen} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {m.kit_cancel()}
          </Button>
          <Button type="submit" disabled={email.trim() === "" || chosen.length === 0 || invite.isPending}>
            {m.auth_invite_make()}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The link to hand over; it is shown this once. */
function LinkDialog({
  issued,
  onClose,
}: {
  issued: { link: IssuedLink; text: string } | null;
  onClose: () => void;
}): ReactElement {
  return (
    <Modal
      opened={issued !== null}
      onClose={onClose}
      title={m.auth_link_title()}
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      {issued ? (
        <div className={classes.form}>
          <p>{issued.text}</p>
          <TextInput
            label={m.auth_link()}
            readOnly
            value={issued.link.link}
            onFocus={(event) => event.target.select()}
          />
          <p className={classes.note}>{m.auth_link_until({ at: dateTime(issued.link.expires_at) })}</p>
          <div className={classes.buttons}>
            <CopyButton value={issued.link.link}>
              {({ copied, copy }) => (
                <Button onClick={copy} data-autofocus>
                  {copied ? m.auth_copied() : m.auth_copy()}
                </Button>
              )}
            </CopyButton>
            <Button variant="default" onClick={onClose}>
              {m.kit_close()}
            </Button>
          </div>
        </div>
      ) : null}
    </Modal>
  );
}
