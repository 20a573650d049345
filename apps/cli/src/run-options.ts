import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { SettingName } from '@runnel/server/settings'

/** A command-line option that stands for a setting of the server. */
interface SettingOption {
  readonly setting: SettingName
  /** What follows the option; without it the option is a switch, `--name` and `--no-name`. */
  readonly takes?: string
}

/** Where a server's data are: what every command that opens them needs. */
export const dataOptions = {
  configDir: { setting: 'dataDir', takes: 'folder' },
  dataDir: { setting: 'dataDir', takes: 'folder' },
  logLevel: { setting: 'logLevel', takes: 'level' },
} as const satisfies Readonly<Record<string, SettingOption>>

/** The options of `runnel run`, by their names in camel case. */
export const runOptions: Readonly<Record<string, SettingOption>> = {
  host: { setting: 'host', takes: 'address' },
  port: { setting: 'port', takes: 'number' },
  ...dataOptions,
  backendOnly: { setting: 'backendOnly' },
  maxFileSizeUpload: { setting: 'maxFileSizeUpload', takes: 'megabytes' },
  autoSaving: { setting: 'autoSaving' },
  autoSavingInterval: { setting: 'autoSavingInterval', takes: 'ms' },
  healthCheckMaxRetries: { setting: 'healthCheckMaxRetries', takes: 'number' },
  webhookPollingInterval: { setting: 'webhookPollingInterval', takes: 'ms' },
}

/** What was given on the command line, by option name in camel case. */
export type GivenOptions = Readonly<Record<string, string | boolean | undefined>>

/** `maxFileSizeUpload` as it is typed: `max-file-size-upload`. */
export const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Reads `run …`; undefined for another command, a call for help or a mistake, which the program explains. */
export function parseRunOptions([command, ...args]: readonly string[]): GivenOptions | undefined {
  if (command !== 'run') return undefined
  const names = new Map(['envFile', ...Object.keys(runOptions)].map((name) => [flagOf(name), name]))
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    [...names].map(([flag, name]) => [
      flag,
      { type: runOptions[name] && !runOptions[name].takes ? 'boolean' : 'string' },
    ]),
  )
  try {
    const { values } = parseArgs({ args, options, allowNegative: true })
    // No option is declared as a list, so every value is a text or a switch.
    const given = values as Readonly<Record<string, string | boolean | undefined>>
    return Object.fromEntries(Object.entries(given).map(([flag, value]) => [names.get(flag) ?? flag, value]))
  } catch {
    return undefined
  }
}
