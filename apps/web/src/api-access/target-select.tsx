import type { PublishedVersion } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/select.tsx'

/** What is called: the flow as it is saved, the newest published version, or a version by its number. */
export type Target = 'draft' | 'latest' | `v${number}`

/** The number of the version a target names; undefined for the newest and for the draft. */
export const versionOf = (target: Target): number | undefined =>
  target.startsWith('v') ? Number(target.slice(1)) : undefined

export interface TargetSelectProps {
  readonly value: Target
  /** Of the published flow, newest first. */
  readonly versions: readonly PublishedVersion[]
  readonly onChange: (target: Target) => void
}

/** Chooses what the code calls. */
export function TargetSelect({ value, versions, onChange }: TargetSelectProps): ReactNode {
  const { t } = useTranslation('api-access')
  return (
    <Select<Target>
      label={t('target.label')}
      value={value}
      testId="api-target"
      options={[
        { value: 'latest', label: t('target.latest', { version: versions[0]?.version }) },
        ...versions.map(({ version }) => ({ value: `v${version}` as const, label: t('target.version', { version }) })),
        { value: 'draft', label: t('target.draft') },
      ]}
      onChange={onChange}
    />
  )
}
