/** What a text is, and what its call must give: a missing text or value is an error of the types. */

import type { en } from "./en.js";

/** A form for each plural category of the language, as Intl.PluralRules names them. */
type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export type Message = string | Plural;

export type MessageKey = keyof typeof en;

/** A whole language. */
export type Messages = Readonly<Record<MessageKey, Message>>;

type Forms<Of> = Of extends string ? Of : Of extends { readonly other: infer Other } ? Other : never;

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** What may stand in a text: a number and a moment are written as the locale has it. */
export type Value = string | number | Date;

type Values<Name extends string> = { readonly [Each in Name]: Each extends "count" ? number : Value };

/** The values of a text's placeholders, if it has any. */
export type ValuesOf<Key extends MessageKey> = [Placeholders<Forms<(typeof en)[Key]>>] extends [never]
  ? []
  : [Values<Placeholders<Forms<(typeof en)[Key]>>>];
