import { arch, platform } from 'node:os'
import { checkComponents, checkForUpdate, readInstance, readUpdate, type UpdateRead } from '@runnel/protocol/instance'
import type { FastifyInstance } from 'fastify'
import { isoMicroseconds } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import { readerLanguage } from '../http/reader-language.ts'
import type { Services } from '../services.ts'
import { PRODUCT_VERSION } from '../version.ts'
import { checkAllComponents } from './component-check.ts'
import { effectiveSettings } from './effective-settings.ts'
import { instanceHealth } from './instance-health.ts'
import type { UpdateState } from './update-check.ts'

/** The installation as its operators see it: how it does, what it goes by, what does not load, what is newer. */
export function instanceRoutes(app: FastifyInstance, services: Services): void {
  const { config, now, updates } = services
  const startedAt = isoMicroseconds(now())

  implement(app, readInstance, async ({ request }) => ({
    started_at: startedAt,
    node: process.version,
    platform: `${platform()} ${arch()}`,
    health: await instanceHealth(services),
    settings: [...(await effectiveSettings(config, readerLanguage(request)))],
  }))

  implement(app, checkComponents, async ({ signal }) => {
    const { isCut, ...report } = await checkAllComponents(services, signal)
    return { ...report, is_cut: isCut }
  })

  implement(app, readUpdate, async () => updateRead(await updates.read()))
  implement(app, checkForUpdate, async () => updateRead(await updates.ask()))
}

const updateRead = ({ status, latest, checkedAt }: UpdateState): UpdateRead => ({
  status,
  version: PRODUCT_VERSION,
  latest: latest ?? null,
  checked_at: checkedAt === undefined ? null : isoMicroseconds(checkedAt),
})
