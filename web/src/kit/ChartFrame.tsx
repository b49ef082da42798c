import { ActionIcon, Tooltip } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { m } from "@/paraglide/messages";
import classes from "./ChartFrame.module.css";
import { Icon, type IconName } from "./Icon";

/**
 * The frame of every chart: title with the unit in words, one caption line that reads the last complete value, the icons
 * table, picture and file, the plot, and the source line. table holds every plotted number and replaces the plot when
 * chosen; png gives the picture; csv is the download of the numbers.
 */
export function ChartFrame({
  title,
  caption,
  source,
  explain,
  legend,
  table,
  onPng,
  onCsv,
  children,
  height,
}: {
  title: ReactNode;
  caption?: ReactNode;
  source?: ReactNode;
  explain?: ReactNode;
  legend?: ReactNode;
  table?: ReactNode;
  onPng?: () => void;
  onCsv?: () => void;
  children: ReactNode;
  height?: number;
}): ReactElement {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={classes.frame}>
      <figcaption className={classes.head}>
        <div className={classes.words}>
          <h3 className={classes.title}>{title}</h3>
          {caption ? <p className={classes.caption}>{caption}</p> : null}
        </div>
        <div className={`${classes.icons} lo-no-print`}>
          {table ? (
            <IconButton
              name={asTable ? "bars" : "table"}
              label={asTable ? m.kit_show_chart() : m.kit_show_table()}
              pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            />
          ) : null}
          {onPng ? <IconButton name="image" label={m.kit_download_png()} onClick={onPng} /> : null}
          {onCsv ? <IconButton name="download" label={m.kit_download_csv()} onClick={onCsv} /> : null}
        </div>
      </figcaption>
      <div className={classes.plot} style={{ minHeight: asTable ? undefined : height }}>
        {asTable && table ? table : children}
      </div>
      {legend && !asTable ? <div className={classes.legend}>{legend}</div> : null}
      {source || explain ? (
        <p className={classes.source}>
          {source}
          {source && explain ? " · " : null}
          {explain}
        </p>
      ) : null}
    </figure>
  );
}

/** A button that is only an icon; its label is its name and its tooltip. */
export function IconButton({
  name,
  label,
  onClick,
  pressed,
  disabled,
}: {
  name: IconName;
  label: string;
  onClick?: () => void;
  pressed?: boolean;
  disabled?: boolean;
}): ReactElement {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={pressed} onClick={onClick} disabled={disabled}>
        <Icon name={name} />
      </ActionIcon>
    </Tooltip>
  );
}
