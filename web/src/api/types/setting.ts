export interface ProcessActivity {
  process: string;
  activity: string;
}

export interface Settings {
  company_name: string;
  zone: string;
  currency: string;
  fiscal_start: number;
  digital_channels: string[] | null;
  automatic_activities: ProcessActivity[] | null;
  end_activities: { process: string; activities: string[] | null }[] | null;
  sections: { process: string; section: string; activities: string[] | null }[] | null;
  purposes: { source: string; purpose: string }[] | null;
}

export interface SettingsAnswer {
  value: Settings;
  version: number;
  updated_at?: string | null;
  updated_by?: string;
}

export interface HistoryEntry<T> {
  version: number;
  action: string;
  at: string;
  by: string;
  value: T;
}

export interface HandlingTime {
  id?: string;
  process: string;
  activity: string;
  min_minutes: number;
  likely_minutes: number;
  max_minutes: number;
  source: string;
  date: string;
  version: number;
}

export interface Rate {
  id?: string;
  role: string;
  min: number;
  likely: number;
  max: number;
  currency: string;
  source: string;
  date: string;
  version: number;
}

export interface Assumptions {
  handling_times: HandlingTime[] | null;
  rates: Rate[] | null;
}
