/** A stable name in snake_case of what a person wrote: "Auftrag bis Zahlung" → auftrag_bis_zahlung. */
export function metricName(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60)
    .replace(/_+$/, "");
  return /^[a-z]/.test(plain) ? plain : `m_${plain || "lead_time"}`;
}
