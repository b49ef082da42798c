import type { ReactElement } from "react";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";

/** The words of the page that people do not use every day, each in one plain sentence. */
export function Terms(): ReactElement {
  const words = [
    [m.effect_term_expected(), m.effect_term_expected_text()],
    [m.effect_term_interval(), m.effect_term_interval_text()],
    [m.effect_term_smallest(), m.effect_term_smallest_text()],
    [m.effect_term_placebo(), m.effect_term_placebo_text()],
    [m.effect_term_p(), m.effect_term_p_text()],
    [m.effect_term_rho(), m.effect_term_rho_text()],
    [m.effect_term_class(), m.effect_term_class_text()],
  ];
  return (
    <details className={classes.terms}>
      <summary>{m.effect_terms_title()}</summary>
      <dl>
        {words.map(([word, text]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
