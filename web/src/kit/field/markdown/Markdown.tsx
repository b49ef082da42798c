import type { ReactElement, ReactNode } from "react";
import { AppLink } from "../../AppLink";
import classes from "./markdown.module.css";
import { type Block, type Inline, parseBlocks } from "./parse";

/** A text in Markdown, drawn with elements of the page; HTML in it stays text. */
export default function Markdown({ text }: { text: string }): ReactElement {
  return <div className={classes.text}>{blocks(parseBlocks(text))}</div>;
}

function blocks(list: Block[]): ReactNode {
  return list.map((block, index) => {
    const key = `${index}-${block.kind}`;
    switch (block.kind) {
      case "heading":
        // The headings of the page are its own; those of a text are only set apart.
        return (
          <p key={key} className={classes.heading}>
            {inlines(block.children)}
          </p>
        );
      case "paragraph":
        return <p key={key}>{inlines(block.children)}</p>;
      case "quote":
        return <blockquote key={key}>{blocks(block.children)}</blockquote>;
      case "code":
        return (
          <pre key={key}>
            <code>{block.text}</code>
          </pre>
        );
      case "rule":
        return <hr key={key} />;
      default: {
        const List = block.ordered ? "ol" : "ul";
        return (
          <List key={key}>
            {block.items.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the text is drawn as a whole
              <li key={i}>
                {one.length === 1 && one[0]?.kind === "paragraph" ? inlines(one[0].children) : blocks(one)}
              </li>
            ))}
          </List>
        );
      }
    }
  });
}

function inlines(list: Inline[]): ReactNode {
  return list.map((one, index) => {
    const key = `${index}-${one.kind}`;
    switch (one.kind) {
      case "text":
        return one.text;
      case "break":
        return <br key={key} />;
      case "code":
        return <code key={key}>{one.text}</code>;
      case "strong":
        return <strong key={key}>{inlines(one.children)}</strong>;
      case "em":
        return <em key={key}>{inlines(one.children)}</em>;
      default:
        return one.href.startsWith("/") ? (
          <AppLink key={key} href={one.href}>
            {inlines(one.children)}
          </AppLink>
        ) : (
          <a key={key} href={one.href} target="_blank" rel="noopener noreferrer">
            {inlines(one.children)}
          </a>
        );
    }
  });
}
