import type { Finding } from "@/api/types/finding";
import { Empty, Failed, Loading } from "@/kit";
import { FindingTable } from "@/page/finding/FindingTable";
import { m } from "@/paraglide/messages";
import styles from "./process.module.css";

/** The findings of this process. */
export function FindingsTab({ findings, error }: { findings: Finding[] | undefined; error: unknown }) {
  if (!findings) return error ? <Failed error={error} /> : <Loading height={320} />;
  if (findings.length === 0) return <Empty title={m.process_no_findings()} text={m.process_no_findings_text()} />;
  return (
    <div className={styles.findings}>
      <FindingTable findings={findings} name={m.process_tab_findings()} process={false} />
    </div>
  );
}
