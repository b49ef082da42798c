import type { ReactElement } from "react";

const shapes = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6Z",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9",
  compass: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.5L9.6 8 8 11.5 6.4 8Z",
  bars: "M3 13V9m3.3 4V6m3.4 7V8M13 13V3M1.8 14.5h12.4",
  fork: "M8 14V8.5L3.5 3M8 8.5 12.5 3",
  menu: "M2.5 4h11m-11 4h11m-11 4h11",
  close: "m4 4 8 8m0-8-8 8",
  back: "M10 3 5 8l5 5",
  right: "m6 3 5 5-5 5",
  down: "m3.5 6 4.5 4.5L12.5 6",
  up: "m3.5 10 4.5-4.5L12.5 10",
  arrowRight: "M2.5 8h11m-4-4 4 4-4 4",
  arrowUp: "M8 13.5v-11m-4.5 4.5L8 2.5 12.5 7",
  arrowDown: "M8 2.5v11m4.5-4.5L8 13.5 3.5 9",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  check: "m3 8.5 3.5 3.5L13 4.5",
  table: "M2 3h12v10H2ZM2 6.5h12M6 6.5V13",
  download: "M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  print: "M4.5 6V2h7v4M4.5 11.5H2.5V6h11v5.5h-2m-7-2h7V14h-7Z",
  seal: "M8 9.5a3.8 3.8 0 1 0 0-7.5 3.8 3.8 0 0 0 0 7.5ZM5.6 8.8 4.8 14 8 12.3l3.2 1.7-.8-5.2M6.4 5.8 7.6 7l2.2-2.4",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9v3.3l2 1.2",
  file: "M4 2h5l3 3v9H4Zm5 0v3h3",
  lock: "M3.5 7.5h9V14h-9ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  columns: "M2.5 3h11v10h-11Zm3.7 0v10m3.6-10v10",
  group: "M2.5 3.5h7m-4 4.5h8m-8 4.5h8",
  filter: "M2 4h12M4.5 8h7M6.8 12h2.4",
  undo: "M5.5 3 2.5 6l3 3M2.8 6H10a3.5 3.5 0 0 1 0 7H6",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5 5 13.5h6l.5-9",
  edit: "M3 13l.6-2.8L10.8 3 13 5.2 5.8 12.4Z",
  link: "M6.7 9.3a2.4 2.4 0 0 0 3.4 0l2.2-2.2a2.4 2.4 0 0 0-3.4-3.4l-.6.6m1 2.4a2.4 2.4 0 0 0-3.4 0L3.7 8.9a2.4 2.4 0 0 0 3.4 3.4l.6-.6",
  user: "M8 8.2a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.8 14a5.2 5.2 0 0 1 10.4 0",
  settings:
    "M2.5 4.5h6m3 0h2m-11 7h2m3 0h6M10 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Zm-4 7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z",
  signOut: "M9.5 2.5h-6v11h6M6.5 8h7.5m-3-3 3 3-3 3",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6m0 4v3.5H10m-4 0H2.5V10",
  image: "M2 3h12v10H2Zm0 8 3.5-3.5 3 3L11 8l3 3M10.5 6h.01",
  bell: "M3.5 11.5V11c.8-.8 1-1.6 1-4a3.5 3.5 0 0 1 7 0c0 2.4.2 3.2 1 4v.5ZM6.5 13.5a1.6 1.6 0 0 0 3 0",
  help: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.4A1.8 1.8 0 1 1 8 8.4v.6m0 2h.01",
} as const;

export type IconName = keyof typeof shapes;

/** A line icon of 16 px; it says nothing by itself, the word or the label stands beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}

/** The pilot flag, the mark of Lotse. */
export function Flag({ size = 20 }: { size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M0 0h10v20H0z" fill="#fff" />
      <path d="M10 0h10v20H10z" fill="var(--lo-rail-signal)" />
      <path d="M.75.75h18.5v18.5H.75z" fill="none" stroke="#fff" strokeWidth="1.5" />
    </svg>
  );
}
