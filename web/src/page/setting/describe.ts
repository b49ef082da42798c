import type { Settings } from "@/api/types/setting";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";

export type SettingField = keyof Settings;

export const settingFields: SettingField[] = [
  "company_name",
  "zone",
  "currency",
  "fiscal_start",
  "digital_channels",
  "automatic_activities",
  "end_activities",
  "sections",
  "purposes",
  "closing_department",
  "closing_days",
];

export function fieldTitle(field: SettingField): string {
  switch (field) {
    case "company_name":
      return m.settings_company_name();
    case "zone":
      return m.settings_zone();
    case "currency":
      return m.settings_currency();
    case "fiscal_start":
      return m.settings_fiscal_start();
    case "digital_channels":
      return m.settings_digital_channels();
    case "automatic_activities":
      return m.settings_automatic();
    case "end_activities":
      return m.settings_ends();
    case "sections":
      return m.settings_sections();
    case "purposes":
      return m.settings_purposes();
    case "closing_department":
      return m.settings_closing_department();
    case "closing_days":
      return m.settings_closing_days();
  }
}

/** The name of a month, 1 to 12. */
export function monthName(month: number): string {
  const names = [
    m.settings_month_1,
    m.settings_month_2,
    m.settings_month_3,
    m.settings_month_4,
    m.settings_month_5,
    m.settings_month_6,
    m.settings_month_7,
    m.settings_month_8,
    m.settings_month_9,
    m.settings_month_10,
    m.settings_month_11,
    m.settings_month_12,
  ];
  return names[month - 1]?.() ?? String(month);
}

/** The value of a setting as one text, for history and conflicts. */
export function settingText(settings: Settings, field: SettingField): string {
  switch (field) {
    case "fiscal_start":
      return monthName(settings.fiscal_start);
    case "digital_channels":
      return settings.digital_channels.join(", ") || m.settings_none();
    case "automatic_activities":
      return (
        settings.automatic_activities.map((one) => `${one.process}: ${one.activity}`).join("; ") || m.settings_none()
      );
    case "end_activities":
      return (
        settings.end_activities.map((one) => `${one.process}: ${one.activities.join(", ")}`).join("; ") ||
        m.settings_none()
      );
    case "sections":
      return (
        settings.sections.map((one) => `${one.process}, ${one.section}: ${one.activities.join(", ")}`).join("; ") ||
        m.settings_none()
      );
    case "purposes":
      return settings.purposes.map((one) => `${one.source}: ${one.purpose}`).join("; ") || m.settings_none();
    case "closing_department":
      return settings.closing_department ? m.settings_yes() : m.settings_no();
    case "closing_days":
      return int(settings.closing_days || 10);
    default:
      return settings[field] || m.settings_none();
  }
}

/** What holds before anything is set; the first version is shown against it. */
export const defaults: Settings = {
  company_name: "",
  zone: "Europe/Berlin",
  currency: "EUR",
  fiscal_start: 1,
  digital_channels: [],
  automatic_activities: [],
  end_activities: [],
  sections: [],
  purposes: [],
};

/** The fields in which two settings differ. */
export function differences(a: Settings, b: Settings): SettingField[] {
  return settingFields.filter((field) => settingText(a, field) !== settingText(b, field));
}
