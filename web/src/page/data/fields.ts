import { m } from "@/paraglide/messages";

// The fact tables and their fields, in the order in which a person looks for them. The server knows the same list and
// decides; this one gives the choices of the wizard.

export const fixedTables = ["events", "orders", "tickets"] as const;

/** The name of a table for people. */
export function tableTitle(table: string): string {
  switch (table) {
    case "events":
      return m.data_table_events();
    case "orders":
      return m.data_table_orders();
    case "tickets":
      return m.data_table_tickets();
    default:
      return table;
  }
}

/** Kept under its own name, or not loaded. */
export const keep = "";
export const skip = "-";

interface Field {
  name: string;
  label: () => string;
  required?: boolean;
}

const events: Field[] = [
  { name: "case_id", label: m.data_field_case_id, required: true },
  { name: "activity", label: m.data_field_activity, required: true },
  { name: "time", label: m.data_field_time, required: true },
  { name: "start_time", label: m.data_field_start_time },
  { name: "lifecycle", label: m.data_field_lifecycle },
  { name: "resource", label: m.data_field_resource },
  { name: "role", label: m.data_field_role },
  { name: "automatic", label: m.data_field_automatic },
  { name: "cost", label: m.data_field_cost },
  { name: "sequence", label: m.data_field_sequence },
];

const orders: Field[] = [
  { name: "order_id", label: m.data_field_order_id, required: true },
  { name: "time", label: m.data_field_time, required: true },
  { name: "net", label: m.data_field_net },
  { name: "quantity", label: m.data_field_quantity },
  { name: "unit_price", label: m.data_field_unit_price },
  { name: "line", label: m.data_field_line },
  { name: "customer_id", label: m.data_field_customer_id },
  { name: "channel", label: m.data_field_channel },
  { name: "product_id", label: m.data_field_product_id },
  { name: "product_group", label: m.data_field_product_group },
  { name: "currency", label: m.data_field_currency },
];

const tickets: Field[] = [
  { name: "ticket_id", label: m.data_field_ticket_id, required: true },
  { name: "opened_at", label: m.data_field_opened_at, required: true },
  { name: "updated_at", label: m.data_field_updated_at },
  { name: "first_response_at", label: m.data_field_first_response_at },
  { name: "resolved_at", label: m.data_field_resolved_at },
  { name: "closed_at", label: m.data_field_closed_at },
  { name: "reopened", label: m.data_field_reopened },
  { name: "channel", label: m.data_field_channel },
  { name: "category", label: m.data_field_category },
  { name: "priority", label: m.data_field_priority },
  { name: "team", label: m.data_field_team },
  { name: "customer_id", label: m.data_field_customer_id },
];

/** The fields of a table; a free table has none. */
export function fieldsOf(table: string): Field[] {
  return table === "events" ? events : table === "orders" ? orders : table === "tickets" ? tickets : [];
}

/** The label of a field, its own name when it is a further column. */
export function fieldLabel(table: string, field: string): string {
  if (field === "_load") return m.data_load_number();
  if (field === "_row") return m.data_line();
  return (
    fieldsOf(table)
      .find((one) => one.name === field)
      ?.label() ?? field
  );
}

export interface Requirement {
  found: number;
  needed: number;
  missing: string[];
}

/** Which of the fields that must be mapped are. Orders need the net amount, or quantity and unit price. */
export function requirement(table: string, mapped: readonly string[]): Requirement {
  const have = new Set(mapped);
  const needed = fieldsOf(table).filter((field) => field.required);
  const missing = needed.filter((field) => !have.has(field.name)).map((field) => field.label());
  let count = needed.length;
  if (table === "orders") {
    count++;
    if (!have.has("net") && !(have.has("quantity") && have.has("unit_price"))) missing.push(m.data_field_net_or());
  }
  return { found: count - missing.length, needed: count, missing };
}
