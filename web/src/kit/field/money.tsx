import { Select } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import { m } from "@/paraglide/messages";
import { currencySign, num } from "../format";
import type { FieldType, InputProps, Problems } from "./field";
import classes from "./field.module.css";
import { numberFilter, numbersText } from "./filters";
import { NumberBox } from "./NumberBox";
import { Group } from "./shell";

interface Money {
  amount: string;
  currency: string;
}

const usual = ["EUR", "CHF", "USD", "GBP", "SEK", "DKK", "NOK", "PLN", "CZK", "HUF"];
const form = /^-?\d{1,13}(\.\d{1,2})?$/;

function read(value: unknown): Money | undefined {
  return value && typeof value === "object" ? (value as Money) : undefined;
}

/** The amount in the decimal text of the server; what is no amount stays as it was typed. */
function amountOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number") return String(value);
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 ? value.toFixed(2) : String(value);
}

function Input({ field, value, onChange, problems, plain, autoFocus }: InputProps) {
  const own = useGet("/session", {}, { staleTime: Number.POSITIVE_INFINITY }).data?.instance.currency || "EUR";
  const money = read(value);
  const [chosen, setChosen] = useState(money?.currency ?? own);
  const currency = money?.currency ?? chosen;
  const amount = money === undefined ? undefined : form.test(money.amount) ? Number(money.amount) : money.amount;
  return (
    <Group field={field} plain={plain} problems={problems}>
      <div className={classes.money}>
        <NumberBox
          aria-label={m.register_amount()}
          error={problems?.[".amount"]}
          autoFocus={autoFocus}
          value={amount}
          onChange={(next) => {
            const text = amountOf(next);
            onChange(text === undefined ? undefined : { amount: text, currency });
          }}
        />
        <Select
          aria-label={m.register_currency()}
          error={problems?.[".currency"]}
          data={[...new Set([own, ...usual, currency])]}
          value={currency}
          onChange={(next) => {
            setChosen(next ?? own);
            if (money) onChange({ ...money, currency: next ?? own });
          }}
        />
      </div>
    </Group>
  );
}

function textOf(value: unknown): string {
  const money = read(value);
  if (!money) return "";
  const amount = Number(money.amount);
  return `${num(amount, money.amount.endsWith(".00") ? 0 : 2)}\u00A0${currencySign(money.currency)}`;
}

/** An amount with its currency, kept to the cent. */
export const money: FieldType = {
  column: "money",
  half: true,
  inline: true,
  sum: true,
  text: (_, value) => textOf(value),
  file: (_, value) => (read(value) ? Number(read(value)?.amount) : null),
  Input,
  check: (_, value): Problems => {
    const amount = read(value)?.amount;
    return amount === undefined || form.test(amount) ? {} : { ".amount": m.register_no_amount() };
  },
  Filter: numberFilter(() => ""),
  filterText: (_, values) => numbersText(values, ""),
};
