import { type Config, loadConfig, readEnvironment } from '@runnel/server/config'
import { settings } from '@runnel/server/settings'
import { type GivenOptions, runOptions } from './run-options.ts'

/**
 * The settings of a command: an option wins over the file of `--env-file`, that over the environment.
 * @throws ConfigError
 */
export function configOf(given: GivenOptions): Config {
  const { envFile } = given
  return loadConfig({
    ...readEnvironment(typeof envFile === 'string' ? envFile : undefined),
    ...Object.fromEntries(
      Object.entries(runOptions).flatMap(([name, { setting }]) =>
        given[name] === undefined ? [] : [[settings[setting].variable, String(given[name])]],
      ),
    ),
  })
}
