/** A date field's value (YYYY-MM-DD) for a day in the reader's time zone. */
export function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** RFC 3339, UTC, whole seconds, as the API takes it. */
export function timestampOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The first second of a day in the reader's time zone. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

/** The last second of a day in the reader's time zone. */
export function endOf(day: string): Date {
  return new Date(`${day}T23:59:59`);
}

export function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * 86_400_000);
}
