import { isolated } from "../format/visible.js";
import { en } from "./en.js";
import type { Message, MessageKey, Messages, Value, ValuesOf } from "./messages.js";

/** The scripts that are written from right to left, by their ISO 15924 codes. */
const RIGHT_TO_LEFT: ReadonlySet<string | undefined> = new Set(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

/** By their seconds, the longest first. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export type Direction = "ltr" | "rtl";

/** Texts, numbers and dates of one locale. Another locale is another object. */
export class Localization {
  readonly direction: Direction;
  private readonly plurals: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;
  private readonly minutes: Intl.DateTimeFormat;
  private readonly seconds: Intl.DateTimeFormat;
  private readonly relative: Intl.RelativeTimeFormat;

  /** `locale` is a BCP 47 tag; `messages` are in its language. */
  constructor(
    readonly locale: string,
    private readonly messages: Messages,
  ) {
    this.direction = RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script) ? "rtl" : "ltr";
    this.plurals = new Intl.PluralRules(locale);
    this.numbers = new Intl.NumberFormat(locale);
    this.minutes = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    this.seconds = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
    this.relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  }

  /** The text of this key. Values that somebody else chose are shown for what they are, and turn nothing around. */
  readonly t = <Key extends MessageKey>(key: Key, ...[values]: ValuesOf<Key>): string => {
    const given: Readonly<Record<string, Value>> = values ?? {};
    return this.form(this.messages[key], given["count"]).replace(/\{(\w+)\}/g, (placeholder, what: string) => {
      const value = given[what];
      return value === undefined ? placeholder : this.written(value);
    });
  };

  /** Whether there is such a text: a page that is older than the service meets words that it does not know. */
  has(key: string): key is MessageKey {
    return Object.hasOwn(this.messages, key);
  }

  readonly dateAndTime = (timestamp: string | Date): string => this.minutes.format(new Date(timestamp));

  readonly dateAndSecond = (timestamp: string): string => this.seconds.format(new Date(timestamp));

  /** How far a time is from now, before or after: “2 hours ago”, “in 3 days”. */
  readonly ago = (timestamp: string, now = Date.now()): string => {
    const seconds = (Date.parse(timestamp) - now) / 1_000;
    const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ["minute", 60];
    return this.relative.format(Math.round(seconds / size), unit);
  };

  private form(message: Message, count: Value | undefined): string {
    if (typeof message === "string") return message;
    return (typeof count === "number" ? message[this.plurals.select(count)] : undefined) ?? message.other;
  }

  private written(value: Value): string {
    if (typeof value === "number") return this.numbers.format(value);
    return value instanceof Date ? this.dateAndTime(value) : isolated(value, this.direction);
  }
}

export const english = new Localization("en", en);
