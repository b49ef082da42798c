import type { Overview } from "@/api/types/overview";
import { AppLink, Icon, Section } from "@/kit";
import { m } from "@/paraglide/messages";
import styles from "./start.module.css";

/** What a person who reads no figures can do in Lotse, each with its way there. */
export function Here({ steps }: { steps: Overview["here"] }) {
  return (
    <Section title={m.start_here()}>
      <ul className={styles.here}>
        {steps.map((step) => {
          const [head, ...rest] = step.text.split(": ");
          return (
            <li key={step.code}>
              <AppLink href={step.link}>
                <Icon name="arrowRight" />
                <span>
                  <strong>{head}</strong>
                  {rest.length > 0 ? <small>{rest.join(": ")}</small> : null}
                </span>
              </AppLink>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
