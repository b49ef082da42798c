import { Button, CopyButton, Modal } from "@mantine/core";
import { type ReactElement, useRef, useState } from "react";
import { send } from "@/api";
import { jobActive } from "@/api/types/job";
import type { BecameDemo } from "@/api/types/session";
import { ConfirmDialog, JobProgress, useJob } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./practise.module.css";

/** Asks back, then shows how the demo company comes to be and, this once, who can sign in to it. */
export function PractiseDialog({ onClose }: { onClose: () => void }): ReactElement {
  const [became, setBecame] = useState<BecameDemo | null>(null);
  const made = useRef(false); // from then on the question closes itself, what follows must stay
  if (became) return <Making became={became} />;
  return (
    <ConfirmDialog
      opened
      title={m.start_practise()}
      confirm={m.start_practise_go()}
      onClose={() => {
        if (!made.current) onClose();
      }}
      onConfirm={async () => {
        const answer = await send<BecameDemo>("post", "/instance/become_demo");
        made.current = true;
        setBecame(answer);
      }}
    >
      <p>{m.start_practise_ask()}</p>
      <p>{m.start_practise_back()}</p>
    </ConfirmDialog>
  );
}

/** The page is read anew at the end, because everything on it was of the empty instance. */
function open(): void {
  window.location.assign("/");
}

function Making({ became }: { became: BecameDemo }): ReactElement {
  const [id, setId] = useState(became.job.id);
  const { job } = useJob(id);
  const ended = job !== undefined && !jobActive(job);
  const lines = became.accounts.map((a) => [a.name, a.email, a.password].join("\t")).join("\n");
  return (
    <Modal
      opened
      onClose={open}
      title={m.start_practise_making()}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
    >
      <div className={classes.body}>
        <JobProgress id={id} onRepeat={setId} />
        {ended && job.state !== "done" ? <p>{m.start_practise_stopped()}</p> : null}
        {became.accounts.length > 0 ? <Accounts accounts={became.accounts} /> : null}
        <div className={classes.actions}>
          {became.accounts.length > 0 ? (
            <CopyButton value={lines}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? m.auth_copied() : m.start_practise_copy()}
                </Button>
              )}
            </CopyButton>
          ) : null}
          <Button onClick={open} disabled={!ended}>
            {m.start_practise_open()}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Accounts({ accounts }: Pick<BecameDemo, "accounts">): ReactElement {
  return (
    <table className={classes.accounts}>
      <caption>{m.start_practise_accounts()}</caption>
      <thead>
        <tr>
          <th scope="col">{m.auth_name()}</th>
          <th scope="col">{m.auth_email()}</th>
          <th scope="col">{m.auth_password()}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.email}>
            <td>{account.name}</td>
            <td>{account.email}</td>
            <td>
              <code>{account.password}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
