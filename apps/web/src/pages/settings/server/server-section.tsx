import { readHealthCheck } from '@runnel/protocol/server-info'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { configQuery, versionQuery } from '../../../api/server-info.ts'
import { sessionQuery } from '../../../api/session.ts'
import { durationText } from '../../../ui/duration.ts'
import { ListStates } from '../../../ui/list-states.tsx'
import { Section } from '../../../ui/section.tsx'
import { type Fact, Facts, Health } from './facts.tsx'
import { InstanceDetails } from './instance-details.tsx'
import { UpdateState } from './update-state.tsx'

const healthCheckQuery = {
  queryKey: ['health-check'],
  retry: false,
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.call(readHealthCheck, { signal }),
}

/** Which server this is, how it does, and the settings it goes by. */
export function ServerSection(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const query = useQuery(configQuery)
  const { data: version } = useQuery(versionQuery)
  const { data: health, error: trouble } = useQuery(healthCheckQuery)
  const { data: config } = query
  const { data: session } = useQuery(sessionQuery)
  const isSuperuser = session?.user?.is_superuser === true
  const after = (seconds: number): string => durationText(seconds * 1000, i18n.language)
  const onOff = (isOn: boolean): string => (isOn ? t('server.on') : t('server.off'))
  const facts: Fact[] = [
    ['Runnel', version?.product_version],
    [t('server.updates'), <UpdateState key="updates" mayAsk={isSuperuser} />],
    [t('server.speaks'), version && `Langflow ${version.version}`],
    [t('server.process'), <Health key="process" problem={trouble ? t('server.trouble') : undefined} />],
    [
      t('server.store'),
      <Health key="store" problem={health ? (health.db === 'ok' ? undefined : health.db) : trouble?.message} />,
    ],
  ]
  if (config?.insecure_auto_login) {
    facts.push([t('server.reach'), <Health key="reach" problem={t('server.reachesAll')} />])
  }
  const settings: readonly Fact[] = config
    ? [
        [t('server.autoSaving'), config.auto_saving ? after(config.auto_saving_interval / 1000) : t('server.off')],
        [t('server.uploads'), `${config.max_file_size_upload.toLocaleString(i18n.language)} MB`],
        [t('server.delivery'), config.event_delivery],
        [t('server.webhookKey'), onOff(config.webhook_auth_enable)],
        [t('server.voice'), onOff(config.voice_mode_available)],
        [t('server.telemetry'), t('server.never')],
        [t('server.shareEnds'), after(config.public_flow_expiration)],
        [t('server.shareCleaned'), after(config.public_flow_cleanup_interval)],
        [t('server.healthTries'), config.health_check_max_retries.toLocaleString(i18n.language)],
        [t('server.webhookLook'), after(config.webhook_polling_interval / 1000)],
        [t('server.timeout'), config.frontend_timeout === 0 ? t('server.none') : after(config.frontend_timeout)],
        [t('server.code'), onOff(config.allow_custom_components === true)],
        [t('server.project'), config.default_folder_name],
        [t('server.shownText'), config.serialization_max_text_length.toLocaleString(i18n.language)],
        [t('server.shownItems'), config.serialization_max_items_length.toLocaleString(i18n.language)],
      ]
    : []
  return (
    <Section title={t('server.title')} description={t('server.text')}>
      <ListStates query={query} isEmpty={false} title="" />
      <Facts entries={facts} />
      <h3 className="mt-6 mb-2 font-medium">{t('server.settings')}</h3>
      <Facts entries={settings} />
      {isSuperuser ? <InstanceDetails /> : null}
    </Section>
  )
}
