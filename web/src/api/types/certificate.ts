import type { components } from "../schema";

export type Verified = components["schemas"]["ReportVerified"];
