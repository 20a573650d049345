import { readHealthCheck } from '@runnel/protocol/server-info'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { configQuery, versionQuery } from '../../api/server-info.ts'
import { durationText } from '../../ui/duration.ts'
import { ListStates } from '../../ui/list-states.tsx'
import { Section } from '../../ui/section.tsx'

const healthCheckQuery = {
  queryKey: ['health-check'],
  retry: false,
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.call(readHealthCheck, { signal }),
}

/** Which server this is, how it does, and the settings it goes by (M-41). */
export function ServerSection(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const query = useQuery(configQuery)
  const { data: version } = useQuery(versionQuery)
  const { data: health, error: trouble } = useQuery(healthCheckQuery)
  const { data: config } = query
  const after = (seconds: number): string => durationText(seconds * 1000, i18n.language)
  const onOff = (isOn: boolean): string => (isOn ? t('server.on') : t('server.off'))
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Runnel', version?.product_version],
    [t('server.speaks'), version && `Langflow ${version.version}`],
    [t('server.process'), <Health key="process" problem={trouble ? t('server.trouble') : undefined} />],
    [
      t('server.store'),
      <Health key="store" problem={health ? (health.db === 'ok' ? undefined : health.db) : trouble?.message} />,
    ],
  ]
  const settings: readonly (readonly [string, ReactNode])[] = config
    ? [
        [t('server.autoSaving'), config.auto_saving ? after(config.auto_saving_interval / 1000) : t('server.off')],
        [t('server.uploads'), `${config.max_file_size_upload.toLocaleString(i18n.language)} MB`],
        [t('server.delivery'), config.event_delivery],
        [t('server.webhookKey'), onOff(config.webhook_auth_enable)],
        [t('server.shareEnds'), after(config.public_flow_expiration)],
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
    </Section>
  )
}

const Facts = ({ entries }: { readonly entries: readonly (readonly [string, ReactNode])[] }): ReactNode => (
  <dl className="divide-y divide-border rounded-lg border border-border text-sm empty:hidden">
    {entries.map(([name, value]) => (
      <div key={name} className="grid gap-x-4 px-4 py-2 sm:grid-cols-2">
        <dt className="text-text-muted">{name}</dt>
        <dd>{value ?? '–'}</dd>
      </div>
    ))}
  </dl>
)

function Health({ problem }: { readonly problem: string | undefined }): ReactNode {
  const { t } = useTranslation('settings')
  return problem === undefined ? (
    <span className="inline-flex items-center gap-1.5 text-success">
      <CircleCheck size={14} />
      {t('server.well')}
    </span>
  ) : (
    <span className="inline-flex items-center gap-1.5 text-danger">
      <CircleAlert size={14} />
      {problem}
    </span>
  )
}
