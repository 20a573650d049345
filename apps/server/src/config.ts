import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Setting } from './setting-kinds.ts'
import { type SettingValues, settings } from './settings.ts'

/** From which importance on lines are logged. */
export type LogLevel = SettingValues['logLevel']

/** What the server was told by its environment; rooms get the few values they need from it. */
export interface Config extends Omit<SettingValues, 'dataDir'> {
  /** An absolute path. */
  readonly dataDir: string
  /** The port was asked for by name, so no other will do. */
  readonly portDemanded: boolean
  /** An environment variable a flow may fall back to; undefined when it is unset or empty. */
  readonly environment: (name: string) => string | undefined
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment holds a value that cannot be used. The message names the variable, the value and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * The environment of this process; the entries of `file`, lines of `NAME=value`, win over it.
 * @throws ConfigError when the file cannot be read
 */
export function readEnvironment(file?: string): Environment {
  if (file === undefined) return process.env
  try {
    return { ...process.env, ...parseEnv(readFileSync(file, 'utf8')) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(`Cannot read the settings file ${file}: ${why}.`, { cause })
  }
}

/** Reads the environment. An empty variable counts as unset. @throws ConfigError */
export function loadConfig(env: Environment = readEnvironment()): Config {
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, readSetting(setting, env[setting.variable] || undefined)]),
    // Each entry was parsed by the schema its type comes from.
  ) as unknown as SettingValues
  return {
    ...values,
    dataDir: resolve(values.dataDir ?? join(homedir(), '.runnel')),
    portDemanded: Boolean(env[settings.port.variable]),
    environment: (name) => (isOwnSetting(name) ? undefined : env[name] || undefined),
  }
}

function readSetting({ variable, schema, allowed, secret }: Setting, raw: string | undefined): unknown {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const shown = secret ? 'the given value' : JSON.stringify(raw)
  throw new ConfigError(`${variable} cannot be ${shown}. Allowed: ${allowed}.`)
}

const OWN = new Set(Object.values(settings).map(({ variable }) => variable))

/** Flows never see the server's own settings, secrets among them. */
const isOwnSetting = (name: string): boolean =>
  OWN.has(name) || name.startsWith('LANGFLOW_') || name.startsWith('RUNNEL_')
