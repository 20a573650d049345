import type { PriceChanges } from '@runnel/models/model-prices'
import { z } from 'zod'

/** One environment variable: its name, what it may hold, and a sentence for the documentation. */
export interface Setting<Value = unknown> {
  readonly variable: string
  readonly schema: z.ZodType<Value, string | undefined>
  readonly about: string
  /** What is allowed, in words. */
  readonly allowed: string
  readonly fallback: string
  /** The value is never printed. */
  readonly secret?: boolean
}

const TRUE = ['true', '1', 'yes', 'on']
const FALSE = ['false', '0', 'no', 'off']

const booleanText = z
  .string()
  .refine((text) => [...TRUE, ...FALSE].includes(text.toLowerCase()))
  .transform((text) => TRUE.includes(text.toLowerCase()))

/** True or false, in any of the words people use. */
export const flag = (variable: string, fallback: boolean, about: string): Setting<boolean> => ({
  variable,
  about,
  schema: booleanText.optional().transform((value) => value ?? fallback),
  allowed: 'true or false',
  fallback: String(fallback),
})

/** The same, and undefined where nothing is said. */
export const optionalFlag = (variable: string, about: string): Setting<boolean | undefined> => ({
  variable,
  about,
  schema: booleanText.optional(),
  allowed: 'true or false',
  fallback: '',
})

/** Any text. */
export const text = (variable: string, fallback: string, about: string): Setting<string> => ({
  variable,
  about,
  schema: z.string().default(fallback),
  allowed: 'any text',
  fallback,
})

/** Any text, and undefined where nothing is said. */
export const optionalText = (variable: string, about: string, secret = false): Setting<string | undefined> => ({
  variable,
  about,
  schema: z.string().optional(),
  allowed: 'any text',
  fallback: '',
  ...(secret && { secret }),
})

/** A whole number within bounds. */
export const whole = (
  variable: string,
  fallback: number,
  about: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { readonly min?: number; readonly max?: number } = {},
): Setting<number> => ({
  variable,
  about,
  schema: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max)
    .optional()
    .transform((value) => value ?? fallback),
  allowed: max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`,
  fallback: String(fallback),
})

/** A whole number, which may be below zero; undefined where nothing is said. */
export const optionalWhole = (variable: string, about: string): Setting<number | undefined> => ({
  variable,
  about,
  schema: z
    .string()
    .regex(/^-?\d{1,7}$/)
    .transform(Number)
    .optional(),
  allowed: 'a whole number of at most 7 digits',
  fallback: '',
})

/** One of several words, in any case. */
export const choice = <const Options extends readonly string[]>(
  variable: string,
  options: Options,
  fallback: Options[number],
  about: string,
): Setting<Options[number]> => ({
  variable,
  about,
  schema: z
    .string()
    .transform((word) => options.find((option) => option.toLowerCase() === word.toLowerCase()))
    .refine((option) => option !== undefined)
    .optional()
    .transform((option) => option ?? fallback),
  allowed: options.join(', '),
  fallback,
})

/** Names with commas between them. */
export const list = (variable: string, fallback: readonly string[], about: string): Setting<readonly string[]> => ({
  variable,
  about,
  schema: z
    .string()
    .optional()
    .transform((value) => (value === undefined ? fallback : splitList(value))),
  allowed: 'names separated by commas',
  fallback: fallback.join(','),
})

/** Prices of models in US dollars a million tokens, for what is read and what is written. */
export const prices = (variable: string, about: string): Setting<PriceChanges> => ({
  variable,
  about,
  schema: z
    .string()
    .optional()
    .transform((value) => splitList(value ?? '').map((entry) => PRICE.exec(entry)))
    .refine((entries) => entries.every((entry) => entry !== null))
    .transform(
      (entries) =>
        new Map(entries.map((entry) => [entry?.[1] ?? '', { input: Number(entry?.[2]), output: Number(entry?.[3]) }])),
    ),
  allowed: 'entries `provider:model=input/output` separated by commas; the model may be *',
  fallback: '',
})

const PRICE = /^([^:]+:.+?)\s*=\s*(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/

/** The parts of a text between commas; blank ones are none. */
export const splitList = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
