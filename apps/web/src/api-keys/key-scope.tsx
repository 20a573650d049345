import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { flowHeadersQuery } from '../api/flows.ts'
import { projectsQuery } from '../api/projects.ts'
import { MultiSelect } from '../ui/multi-select.tsx'
import { Select } from '../ui/select.tsx'
import { type KeyDraft, SCOPES } from './key-draft.ts'

export interface KeyScopeProps {
  readonly draft: KeyDraft
  readonly onChange: (change: Partial<KeyDraft>) => void
}

interface Named {
  readonly id: string
  readonly name: string
}

/** Which flows a key opens: all, some, or those of some projects. */
export function KeyScope({ draft, onChange }: KeyScopeProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const { data: flows = [] } = useQuery({ ...flowHeadersQuery(), enabled: draft.scope === 'flows' })
  const { data: projects = [] } = useQuery({ ...projectsQuery, enabled: draft.scope === 'projects' })
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">{t('scope.label')}</span>
      <Select
        label={t('scope.label')}
        value={draft.scope}
        options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
        onChange={(scope) => onChange({ scope })}
        testId="key-scope"
      />
      {draft.scope === 'flows' ? (
        <SeveralOf
          label={t('problem.chooseFlows')}
          items={flows.filter((flow) => !flow.is_component)}
          ids={draft.flowIds}
          onChange={(flowIds) => onChange({ flowIds })}
        />
      ) : null}
      {draft.scope === 'projects' ? (
        <SeveralOf
          label={t('problem.chooseProjects')}
          items={projects.flatMap(({ id, name }) => (id ? [{ id, name }] : []))}
          ids={draft.projectIds}
          onChange={(projectIds) => onChange({ projectIds })}
        />
      ) : null}
    </div>
  )
}

interface SeveralOfProps {
  readonly label: string
  readonly items: readonly Named[]
  readonly ids: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}

function SeveralOf({ label, items, ids, onChange }: SeveralOfProps): ReactNode {
  const names = new Map<string, string>()
  const counts = Map.groupBy(items, ({ name }) => name)
  // Things of the same name are told apart by the beginning of their ids.
  for (const { id, name } of items)
    names.set((counts.get(name)?.length ?? 0) > 1 ? `${name} (${id.slice(0, 8)})` : name, id)
  const chosen = [...names].filter(([, id]) => ids.includes(id)).map(([name]) => name)
  return (
    <MultiSelect
      label={label}
      placeholder={label}
      options={[...names.keys()]}
      value={chosen}
      onChange={(wanted) => onChange(wanted.flatMap((name) => names.get(name) ?? []))}
    />
  )
}
