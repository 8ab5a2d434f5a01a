/** Codes of the payment methods that a customer's record refuses, from their JSON list. */
export function refusedMethods(json: string | null): readonly string[] {
  if (json === null) return [];
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter((code) => typeof code === 'string') : [];
}
