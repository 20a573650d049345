import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { variablesQuery } from '../../api/variables.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/input.tsx'
import { OptionPicker } from '../../ui/option-picker.tsx'
import { variablesOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'

/** Gives global variables other values in this session; what is stored stays. */
export function SessionVariables(): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const given = usePlaygroundState((state) => variablesOf(state, state.current))
  const { data: known = [] } = useQuery(variablesQuery)
  const anchor = useRef<HTMLButtonElement>(null)
  const [isChoosing, setChoosing] = useState(false)
  const isSecret = (name: string): boolean => known.find((one) => one.name === name)?.type === 'Credential'
  const remove = (name: string): void => {
    const { [name]: _, ...others } = given
    playground.setVariables(others)
  }
  const open = known.filter(({ name }) => !Object.hasOwn(given, name))
  return (
    <section className="flex flex-col gap-3 border-border border-t pt-4" aria-label={t('values.variables')}>
      <div>
        <h3 className="font-medium text-sm">{t('values.variables')}</h3>
        <p className="text-text-muted text-xs">{t('values.variablesText')}</p>
      </div>
      {Object.entries(given).map(([name, value]) => (
        <div key={name} className="flex items-center gap-2" data-testid={`session-variable-${name}`}>
          <span className="w-2/5 shrink-0 truncate font-mono text-sm" title={name}>
            {name}
          </span>
          <TextInput
            type={isSecret(name) ? 'password' : 'text'}
            autoComplete="off"
            aria-label={name}
            value={value}
            onChange={({ target }) => playground.setVariables({ ...given, [name]: target.value })}
          />
          <IconButton size="sm" label={t('values.remove', { name })} onClick={() => remove(name)}>
            <X size={13} />
          </IconButton>
        </div>
      ))}
      <Button
        ref={anchor}
        className="self-start"
        disabled={open.length === 0}
        onClick={() => setChoosing(!isChoosing)}
        data-testid="add-session-variable"
      >
        <Plus size={14} />
        {t('values.addVariable')}
      </Button>
      {isChoosing ? (
        <OptionPicker
          anchor={anchor}
          onClose={() => setChoosing(false)}
          label={t('values.addVariable')}
          options={open.map(({ name }) => ({ value: name, label: name }))}
          chosen={new Set()}
          onChoose={(name) => {
            playground.setVariables({ ...given, [name]: '' })
            setChoosing(false)
          }}
          searchLabel={t('values.searchVariables')}
          emptyText={t('values.noVariables')}
        />
      ) : null}
    </section>
  )
}
