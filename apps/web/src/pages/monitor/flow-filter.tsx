import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flowHeadersQuery } from '../../api/flows.ts'
import { Select } from '../../ui/select.tsx'

/** Stands for all flows; no flow has such an id. */
const ALL = 'all'

export interface FlowFilterProps {
  /** Empty for all flows. */
  readonly value: string
  readonly onChange: (flowId: string) => void
  /** One of them must be chosen. */
  readonly required?: boolean
}

/** Which flow a list is about. */
export function FlowFilter({ value, onChange, required }: FlowFilterProps): ReactNode {
  const { t } = useTranslation('monitor')
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  const named = flows.filter((flow) => !flow.is_component).map(({ id, name }) => ({ value: id, label: name }))
  // A flow that was deleted keeps its name in the address only.
  const gone = value !== '' && !named.some((option) => option.value === value) ? [{ value, label: value }] : []
  return (
    <Select
      label={t('flow')}
      placeholder={t('chooseFlow')}
      value={value === '' ? (required ? undefined : ALL) : value}
      options={[...(required ? [] : [{ value: ALL, label: t('allFlows') }]), ...gone, ...named]}
      onChange={(chosen) => onChange(chosen === ALL ? '' : chosen)}
      className="max-w-64"
    />
  )
}

/** The names of flows by id. */
export function useFlowNames(): ReadonlyMap<string, string> {
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  return new Map(flows.map(({ id, name }) => [id, name]))
}
