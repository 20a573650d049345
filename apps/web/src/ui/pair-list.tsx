import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addLine } from './add-line.ts'
import { Button, IconButton } from './button.tsx'
import { TextInput } from './input.tsx'

/** A name and its value. */
export type Pair = readonly [name: string, value: string]

export interface PairListProps {
  readonly label: string
  readonly pairs: readonly Pair[]
  readonly onChange: (pairs: readonly Pair[]) => void
}

/** Names and values, line by line: headers, environment variables, what is kept with a text. */
export function PairList({ label, pairs, onChange }: PairListProps): ReactNode {
  const { t } = useTranslation('common')
  const change = (at: number, pair: Pair): void => onChange(pairs.map((one, index) => (index === at ? pair : one)))
  return (
    <fieldset data-lines className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div key={index} data-line className="flex gap-1.5">
          <TextInput
            aria-label={t('pair.name', { label, number: index + 1 })}
            placeholder={t('pair.namePlaceholder')}
            value={name}
            spellCheck={false}
            onChange={(event) => change(index, [event.target.value, value])}
          />
          <TextInput
            aria-label={t('pair.value', { label, number: index + 1 })}
            placeholder={t('pair.valuePlaceholder')}
            value={value}
            spellCheck={false}
            onChange={(event) => change(index, [name, event.target.value])}
          />
          <IconButton label={t('pair.remove')} onClick={() => onChange(pairs.filter((_, at) => at !== index))}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        onClick={({ currentTarget }) => addLine(currentTarget, () => onChange([...pairs, ['', '']]))}
      >
        <Plus size={12} />
        {t('pair.add')}
      </Button>
    </fieldset>
  )
}
