import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { addLine } from '../../ui/add-line.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/input.tsx'
import { NodeButton } from '../node/node-button.tsx'
import { type DictionaryRow, problemsOf } from './dictionary-rows.ts'
import { useDraft } from './use-draft.ts'

export interface KeyValueRowsProps {
  /** Above the rows; none when the field names them already. */
  readonly label?: string
  readonly rows: readonly DictionaryRow[]
  readonly onChange: (rows: readonly DictionaryRow[]) => void
  readonly isDisabled?: boolean
  readonly testId: string
}

/** Keys with their values, row by row. A key that is missing or there twice is said to be. */
export function KeyValueRows({ label, rows, onChange, isDisabled = false, testId }: KeyValueRowsProps): ReactNode {
  const { t } = useTranslation('fields')
  const shown: readonly DictionaryRow[] = rows.length === 0 ? [['', '']] : rows
  const problems = problemsOf(shown)
  return (
    <div data-lines className="flex flex-col gap-1">
      {label ? <span className="font-medium text-sm">{label}</span> : null}
      {shown.map(([key, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else that stays while its key is typed
        <div key={index} data-line>
          <div className="flex items-center gap-1">
            <Cell
              value={key}
              onChange={(next) => onChange(shown.with(index, [next, value]))}
              label={t('dictionary.key', { number: index + 1 })}
              placeholder={t('dictionary.keyShort')}
              isDisabled={isDisabled}
              isWrong={problems[index] !== undefined}
              testId={`keypair${index}_${testId}`}
            />
            <Cell
              value={value}
              onChange={(next) => onChange(shown.with(index, [key, next]))}
              label={t('dictionary.value', { number: index + 1 })}
              placeholder={t('dictionary.valueShort')}
              isDisabled={isDisabled}
              isWrong={false}
              testId={`keypair${index + 100}_${testId}`}
            />
            <NodeButton
              label={t('remove')}
              disabled={isDisabled || (shown.length === 1 && key === '' && value === '')}
              onClick={() => onChange(shown.toSpliced(index, 1))}
            >
              <X size={13} />
            </NodeButton>
          </div>
          {problems[index] ? (
            <span role="alert" className="text-danger text-xs">
              {t(`dictionary.${problems[index]}`)}
            </span>
          ) : null}
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={isDisabled || shown.some(([key]) => key === '')}
        onClick={({ currentTarget }) => addLine(currentTarget, () => onChange([...shown, ['', '']]))}
        data-testid={`plusbtn0_${testId}`}
      >
        <Plus size={12} />
        {t('dictionary.add')}
      </Button>
    </div>
  )
}

function Cell({
  value,
  onChange,
  label,
  placeholder,
  isDisabled,
  isWrong,
  testId,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly placeholder: string
  readonly isDisabled: boolean
  readonly isWrong: boolean
  readonly testId: string
}): ReactNode {
  const draft = useDraft(value, onChange)
  return (
    <TextInput
      {...draft}
      aria-label={label}
      aria-invalid={isWrong}
      placeholder={placeholder}
      disabled={isDisabled}
      data-testid={testId}
    />
  )
}
